import Foundation
import TestSupport
import Testing

/// `charcnn train --cascade` and what the other commands say of such a model.
struct CascadeTests {
  let folder: TemporaryFolder
  let data: String
  let held: String
  let output: String

  init() throws {
    folder = try TemporaryFolder()
    data = try folder.write(Samples.csv(200), to: "data.csv")
    // Few validation texts tell too little.
    held = try folder.write(Samples.csv(400), to: "held.csv")
    output = folder.path("m.charcnn")
  }

  @Test func `it is told, shown, measured and kept`() async throws {
    let trained = try await Executable.run(
      ["train", data, "--output", output, "--cascade", "--json", "--validation", held] + Samples.small + ["rate=0.01"])
    try #require(trained.status == 0, "\(trained.error)")
    let json = try trained.json()
    let cascade = try #require(json["cascade"] as? [String: Any], "\(trained.error)")
    #expect(Set(cascade.keys) == ["share", "accuracy", "accuracyWithout", "seconds", "secondsWithout"])
    #expect(json["accuracy"] as? Double == cascade["accuracy"] as? Double)
    let again = try await Executable.run(
      ["train", data, "--output", output, "--cascade", "--overwrite", "--validation", held] + Samples.small + [
        "rate=0.01"
      ])
    // How much faster it is depends on the machine, and on slow ones alone so few texts are enough to tell it.
    #expect(again.output.contains("network asked about"))
    let few = try await Executable.run(
      ["train", data, "--output", folder.path("few.charcnn"), "--cascade"] + Samples.small)
    #expect(few.status == 0 && few.error.contains("no cascade: 20 validation texts tell too little, 300 are needed"))
    let inspected = try await Executable.run(["inspect", output])
    #expect(inspected.output.contains("n-grams answer alone from a margin of"), "\(inspected.output)")
    let shown = try await Executable.run(["inspect", output, "--json"]).json()
    let bundle = try #require(shown["bundle"] as? [String: Any])
    #expect((bundle["cascade"] as? [String: Any])?["share"] as? Double == cascade["share"] as? Double)
    let measured = try await Executable.run(["evaluate", output, data, "--json"])
    #expect(try #require(measured.json()["ngramShare"] as? Double) > 0)
    #expect(try await Executable.run(["evaluate", output, data]).output.contains("by n-grams alone"))
    let small = folder.path("small.charcnn")
    #expect(try await Executable.run(["quantize", output, "--output", small]).status == 0)
    #expect(try await Executable.run(["inspect", small]).output.contains("n-grams answer alone"))
    let lent = folder.path("lent.charcnn")
    let tuned = try await Executable.run(
      ["train", data, "--from", output, "--output", lent, "--set", "epochs=1", "--json"])
    #expect(try tuned.status == 0 && tuned.json()["cascade"] == nil, "\(tuned.error)")
  }

  @Test func `what cannot have one is refused in a line`() async throws {
    for more in [["--model", "ngrams"], ["--model", "kim"], ["--set", "ngrams=none"], ["--set", "ngramBits=12"]] {
      let result = try await Executable.run(["train", data, "--output", output, "--cascade"] + more)
      #expect(result.status == 64 && result.errors.first?.contains("cascade ") == true, "\(result.error)")
    }
    let resumed = try await Executable.run(["train", "--resume", output, "--cascade"])
    #expect(resumed.status == 64 && resumed.error.contains("settings of the checkpoint"), "\(resumed.error)")
    #expect(!FileManager.default.fileExists(atPath: output))
  }
}
