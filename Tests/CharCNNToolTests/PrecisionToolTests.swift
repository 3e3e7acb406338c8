import Foundation
import TestSupport
import Testing

/// `--precision`: what it takes, and what it says.
@Suite struct PrecisionToolTests {
  private let folder: TemporaryFolder
  private let texts: String

  init() throws {
    folder = try TemporaryFolder()
    let rows = (0..<120).map { $0 % 2 == 0 ? "apple and plum \($0),fruit" : "iron and zinc \($0),metal" }
    texts = try folder.write("text,label\n" + rows.joined(separator: "\n") + "\n", to: "t.csv")
  }

  private func train(_ name: String, _ options: String...) async throws -> Executable.Result {
    try await Executable.run(["train", texts, "--output", folder.path(name), "--threads", "1"] + options)
  }

  @Test func `n-grams have nothing to multiply, whatever the processor can do`() async throws {
    let automatic = try await train("a.charcnn", "--model", "ngrams", "--precision", "automatic")
    #expect(automatic.status == 0 && !automatic.error.contains("precision:"), "\(automatic.error)")
    let asked = try await train("b.charcnn", "--model", "ngrams", "--precision", "bf16")
    #expect(asked.status == 65 || asked.status == 64, "\(asked.status)")
    #expect(asked.errors.count == 1 && asked.error.contains("precision"), "\(asked.error)")
    let none = try await train("c.charcnn", "--precision", "double")
    #expect(none.status == 64 && none.error.contains("single"), "\(none.error)")
  }

  @Test func `automatic says what it takes, unless nothing is to be said`() async throws {
    let small = ["--epochs", "1", "--set", "filters=8", "embedding=4", "blocks=1"]
    let trained = try await Executable.run(
      ["train", texts, "--output", folder.path("m.charcnn"), "--precision", "automatic"] + small)
    #expect(trained.status == 0 && trained.error.contains("precision: "), "\(trained.error)")
    let model = folder.path("m.charcnn")
    let loud = try await Executable.run(["predict", model, "apple", "--precision", "automatic"])
    #expect(loud.status == 0 && loud.error.contains("precision: "), "\(loud.error)")
    for precision in ["automatic", "bf16"] {
      let quiet = try await Executable.run(["predict", model, "apple", "--precision", precision, "--quiet"])
      #expect(quiet.status == 0 && quiet.error.isEmpty, "\(quiet.error)")
      #expect(quiet.output == loud.output || precision == "bf16")
    }
    // A run is repeated in its own precision, and in another one where that is asked for.
    let half = try await Executable.run(
      ["train", texts, "--output", folder.path("half.charcnn"), "--precision", "bf16"] + small)
    #expect(half.status == 0, "\(half.error)")
    let again = try await Executable.run(
      ["train", "--config", folder.path("half.charcnn"), "--output", folder.path("again.charcnn")])
    #expect(again.status == 0, "\(again.error)")
    let (first, second) = ("half.charcnn/model.safetensors", "again.charcnn/model.safetensors")
    #expect(try folder.read(first) == folder.read(second))
    let other = try await Executable.run(
      [
        "train", "--config", folder.path("half.charcnn"), "--output", folder.path("other.charcnn"), "--precision",
        "single",
      ])
    #expect(other.status == 0, "\(other.error)")
    #expect(try folder.read(first) != folder.read("other.charcnn/model.safetensors"))
  }
}
