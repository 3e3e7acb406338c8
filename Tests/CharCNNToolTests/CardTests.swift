import Foundation
import TestSupport
import Testing

/// Cards, provenance and differences of models.
@Suite struct CardTests {
  private let folder: TemporaryFolder
  private let model: String

  init() async throws {
    folder = try TemporaryFolder()
    model = folder.path("m.charcnn")
    let rows = (0..<60).map { "a ripe apple \($0),fruit\nan iron nail \($0),metal\n" }.joined()
    try folder.makeFolder("data")
    let data = try folder.write("text,label\n" + rows, to: "data/things.csv")
    let result = try await Executable.run([
      "train", data, "--output", model, "--model", "ngrams", "--name", "Things", "--note", "Made in a test.",
      "--licence",
      "CC0", "--threads", "1", "--json",
    ])
    try #require(result.status == 0, "\(result.error)")
  }

  @Test func `A model says how it was made, without folders and without what changes nothing`() async throws {
    let result = try await Executable.run(["inspect", model, "--json"])
    let bundle = try #require(try result.json()["bundle"] as? [String: Any])
    let provenance = try #require(bundle["provenance"] as? [String: Any])
    #expect(provenance["command"] as? [String] == ["train", "things.csv", "--model", "ngrams"])
    #expect(bundle["isCardEdited"] as? Bool == false)
    let text = try await Executable.run(["inspect", model]).output
    #expect(text.contains("licence") && text.contains("charcnn train things.csv --model ngrams"))
    #expect(!text.contains(folder.path("data")))
  }

  @Test func `A card is shown, edited and sealed`() async throws {
    let card = try await Executable.run(["card", model])
    #expect(card.status == 0 && card.output.hasPrefix("# Things\n") && card.output.contains("Made in a test."))
    let mine = try folder.write(card.output + "\nMore of it.\n", to: "card.md")
    let edited = try await Executable.run(["card", model, "--edit", mine])
    #expect(edited.status == 0, "\(edited.error)")
    #expect(try await Executable.run(["card", model]).output.hasSuffix("More of it.\n"))
    // By hand: told, and no reason not to open the model.
    try folder.write("# Mine\n", to: "m.charcnn/README.md")
    let inspected = try await Executable.run(["inspect", model])
    #expect(inspected.status == 0 && inspected.output.contains("edited by hand"))
    #expect(try await Executable.run(["predict", model, "a ripe apple"]).output.hasPrefix("fruit"))
    let refused = try await Executable.run(["card", model, "--edit", mine])
    #expect(refused.status == 73 && refused.error.contains("--overwrite"), "\(refused.error)")
    let sealed = try await Executable.run(["card", model, "--edit", folder.path("m.charcnn/README.md"), "--json"])
    #expect(try sealed.json()["isEdited"] as? Bool == false)
    #expect(try await Executable.run(["card", model, "--edit", folder.path("nothing")]).status == 66)
    let bytes = try folder.write([0xFF, 0xFE], to: "bytes.md")
    #expect(try await Executable.run(["card", model, "--edit", folder.path("bytes.md")]).status == 65, "\(bytes)")
  }

  @Test func `What differs between two models is told as text and as JSON`() async throws {
    let other = folder.path("other.charcnn")
    let trained = try await Executable.run([
      "train", folder.path("data/things.csv"), "--output", other, "--model", "ngrams", "--set", "ngrams=1,2", "--quiet",
    ])
    try #require(trained.status == 0, "\(trained.error)")
    let text = try await Executable.run(["diff", model, other])
    #expect(text.status == 0 && text.output.contains("ngrams.ngrams") && text.output.contains("weights"))
    let json = try await Executable.run(["diff", model, other, "--json"]).json()
    #expect(json["isIdentical"] as? Bool == false)
    let same = try await Executable.run(["diff", model, model])
    #expect(same.output == "both hold the same\n")
    #expect(try await Executable.run(["diff", model, folder.path("nothing")]).status == 66)
  }

  @Test func `A description that is too long is refused before anything is read`() async throws {
    let result = try await Executable.run([
      "train", folder.path("data/things.csv"), "--output", folder.path("n.charcnn"), "--note",
      String(repeating: "x", count: 1_001),
    ])
    #expect(result.status == 64 && result.error.contains("note must be shorter"), "\(result.error)")
  }
}
