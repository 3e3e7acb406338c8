import Foundation
import TestSupport
import Testing

@testable import CharCNNStorage

/// Models that go by a name.
@Suite struct ShippedModelsTests {
  @Test func `a name means the first model of this name, and a path wins`() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    for (folder, name) in [(first, "one"), (second, "one"), (second, "two")] {
      try FileManager.default.createDirectory(
        atPath: folder.path("\(name).charcnn"), withIntermediateDirectories: true)
    }
    _ = try second.write("no folder", to: "three.charcnn")
    let folders = [first.path("none"), first.path("."), second.path(".")]
    func place(_ word: String) -> String { ShippedModels.place(of: word, folders: folders) }
    #expect(place("one") == first.path(".") + "/one.charcnn")
    #expect(place("two") == second.path(".") + "/two.charcnn")
    // What has an ending is a path, that of another model least of all.
    for word in ["two.charcnn", "three", "four", "", "a/two", "./two", second.path("two.charcnn"), "/", ".", ".."] {
      #expect(place(word) == word)
    }
  }

  @Test func `a name that means nothing is told from a path that leads nowhere`() {
    let word = #expect(throws: StorageError.self) { try ModelBundle(contentsOf: "nolanguage") }
    #expect(word?.kind == .missing && word?.advice?.contains("CHARCNN_MODELS") == true)
    let path = #expect(throws: StorageError.self) { try ModelBundle(contentsOf: "none/nolanguage") }
    #expect(path?.kind == .missing && path?.advice?.contains("CHARCNN_MODELS") != true)
  }
}
