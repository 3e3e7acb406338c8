import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct OverwritingTests {
  /// Expects that neither the check nor the writing accepts `name`, and that nothing in the folder changes.
  private func expectRefusal(
    _ folder: TemporaryFolder, _ name: String, overwrite: Bool, _ kind: StorageError.Kind = .exists,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    expectError(kind, sourceLocation: sourceLocation) {
      try ModelBundle.checkWritable(path: folder.path(name), overwrite: overwrite)
    }
    expectError(kind, sourceLocation: sourceLocation) {
      try ModelBundle.write(to: folder.path(name), files: SampleBundle.files(), overwrite: overwrite)
    }
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before,
      sourceLocation: sourceLocation)
  }

  @Test func nothingIsReplacedUnlessAsked() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("bundle"), files: SampleBundle.files())
    try folder.makeFolder("empty")
    try folder.write([1], to: "file")
    try FileManager.default.createSymbolicLink(atPath: folder.path("dangling"), withDestinationPath: "nowhere")
    for name in ["bundle", "bundle/", "empty", "file", "dangling"] {
      try expectRefusal(folder, name, overwrite: false)
    }
  }

  @Test func emptyFoldersAndBundlesAreReplacedWhenAsked() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("m")
    for note in ["first", "second"] {
      try ModelBundle.checkWritable(path: folder.path("m/"), overwrite: true)
      try ModelBundle.write(to: folder.path("m/"), files: SampleBundle.files(note: note), overwrite: true)
      #expect(try ModelBundle(contentsOf: folder.path("m")).data(named: "README.md") == Array(note.utf8))
      #expect(try folder.names() == ["m"])
    }
    try folder.write([], to: "m/.DS_Store")
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files(), overwrite: true)
    #expect(try folder.names() == ["m"])
  }

  @Test func whatIsNotABundleIsNeverReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "file")
    try folder.makeFolder("thesis")
    try folder.write([1], to: "thesis/chapter1.txt")
    // Other programs have a manifest.json, too.
    try folder.makeFolder("browser-extension")
    try folder.write(
      Array(#"{"manifest_version": 3, "name": "x", "version": "1"}"#.utf8), to: "browser-extension/manifest.json")
    try ModelBundle.write(to: folder.path("bundle"), files: SampleBundle.files())
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "bundle")
    for name in ["file", "thesis", "browser-extension", "link"] { try expectRefusal(folder, name, overwrite: true) }
  }

  @Test func filesSomebodyPutIntoABundleAreNotLost() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    try folder.write([1], to: "m/my notes.txt")
    try expectRefusal(folder, "m", overwrite: true)
    try folder.delete("m/my notes.txt")
    try folder.makeFolder("m/runs")
    try expectRefusal(folder, "m", overwrite: true)
    // A folder that has the name of a file of the bundle is not a part of it.
    try folder.delete("m/runs")
    try folder.delete("m/empty.txt")
    try folder.makeFolder("m/empty.txt")
    try folder.write([1], to: "m/empty.txt/precious")
    try expectRefusal(folder, "m", overwrite: true)
  }

  @Test func aBundleOfANewerVersionIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("m")
    try folder.write(Array(#"{"format": "charcnn", "version": 2}"#.utf8), to: "m/manifest.json")
    try expectRefusal(folder, "m", overwrite: true)
  }

  @Test func damagedBundlesAreReplaced() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    try folder.write([1], to: "m/model.safetensors")
    try folder.delete("m/README.md")
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files(), overwrite: true)
    #expect(try ModelBundle(contentsOf: folder.path("m")).safetensors().floats("w") == SampleBundle.weights)
  }

  @Test func impossiblePathsAreRefusedBeforeTheWork() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "file")
    try expectRefusal(folder, "no/such/folder", overwrite: false, .notWritable)
    try expectRefusal(folder, "file/m", overwrite: true, .notWritable)
    try expectRefusal(folder, "a\0b", overwrite: true, .invalidName)
    try expectRefusal(folder, "..", overwrite: true, .invalidName)
    try expectRefusal(folder, String(repeating: "n", count: 300), overwrite: false, .notWritable)
    expectError(.invalidName) { try ModelBundle.checkWritable(path: "", overwrite: true) }
    expectError(.invalidName) { try ModelBundle.checkWritable(path: "/", overwrite: true) }
  }
}
