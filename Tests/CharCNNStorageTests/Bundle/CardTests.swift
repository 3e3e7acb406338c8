import CharCNNStorage
import Foundation
import TestSupport
import Testing

/// The model card may be edited, and nothing else.
@Suite struct CardTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("m")
    try ModelBundle.write(to: path, files: SampleBundle.files())
  }

  @Test func `a card that was edited by hand is told, and all else is sealed`() throws {
    #expect(try ModelBundle(contentsOf: path).isCardSealed)
    try folder.write("Mine.\n", to: "m/README.md")
    let edited = try ModelBundle(contentsOf: path)
    #expect(!edited.isCardSealed && edited.card == "Mine.\n")
    try folder.write("[]", to: "m/labels.json")
    expectError(.truncated) { _ = try ModelBundle(contentsOf: path) }
  }

  @Test func `a card that was deleted is told`() throws {
    try folder.delete("m/README.md")
    let bundle = try ModelBundle(contentsOf: path)
    #expect(!bundle.isCardSealed && bundle.card == nil && !bundle.fileNames.contains("README.md"))
    try ModelBundle.replaceCard(of: path, with: "New.\n")
    #expect(try ModelBundle(contentsOf: path).isCardSealed && folder.read("m/README.md") == Array("New.\n".utf8))
  }

  @Test func `replacing the card renews its seal and leaves all other files, also those of others, as they are`() throws
  {
    try folder.write("not of the bundle", to: "m/notes.txt")
    let before = try ["labels.json", "model.safetensors", "empty.txt", "notes.txt"].map { try folder.read("m/\($0)") }
    try ModelBundle.replaceCard(of: path, with: "Another card.\n")
    let bundle = try ModelBundle(contentsOf: path)
    #expect(bundle.isCardSealed && bundle.card == "Another card.\n")
    let after = try ["labels.json", "model.safetensors", "empty.txt", "notes.txt"].map { try folder.read("m/\($0)") }
    #expect(before == after)
    #expect(try folder.names("m").count == 6)
  }

  @Test func `an edited card is not lost unasked`() throws {
    try folder.write("Mine.\n", to: "m/README.md")
    expectError(.exists) { try ModelBundle.replaceCard(of: path, with: "Another.\n") }
    #expect(try folder.read("m/README.md") == Array("Mine.\n".utf8))
    try ModelBundle.replaceCard(of: path, with: "Mine.\n")
    #expect(try ModelBundle(contentsOf: path).isCardSealed)
    try folder.write("Mine again.\n", to: "m/README.md")
    try ModelBundle.replaceCard(of: path, with: "Another.\n", overwrite: true)
    #expect(try ModelBundle(contentsOf: path).card == "Another.\n")
  }
}
