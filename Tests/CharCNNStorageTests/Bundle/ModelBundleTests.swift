import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct ModelBundleTests {
  @Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("m.charcnn")
    try ModelBundle.write(to: path, files: SampleBundle.files())
    let bundle = try ModelBundle(contentsOf: path)
    #expect(bundle.fileNames == ["README.md", "empty.txt", "labels.json", "model.safetensors"])
    #expect(try bundle.data(named: "README.md") == Array("A model.\n".utf8))
    #expect(try bundle.data(named: "empty.txt") == [])
    #expect(try bundle.decode([String].self, named: "labels.json") == ["de", "en", "中文"])
    #expect(try bundle.safetensors().withFloats("w", shape: [2, 2]) { Array($0) } == SampleBundle.weights)
    #expect(bundle.contains("labels.json"))
    #expect(!bundle.contains("manifest.json"))
    #expect(try folder.names() == ["m.charcnn"])
  }

  @Test func theSameFilesGiveTheSameBytesInAnyOrder() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("a"), files: SampleBundle.files())
    try ModelBundle.write(to: folder.path("b"), files: SampleBundle.files().reversed())
    for name in try folder.names("a") { #expect(try folder.read("a/\(name)") == folder.read("b/\(name)")) }
  }

  @Test func theManifestIsExactlyThis() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: [BundleFile("a.txt", text: "abc")])
    #expect(
      String(decoding: try folder.read("m/manifest.json"), as: UTF8.self) == """
        {
          "files" : {
            "a.txt" : {
              "sha256" : "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
              "size" : 3
            }
          },
          "format" : "charcnn",
          "version" : 1
        }

        """)
  }

  @Test func anOpenBundleOutlivesItsReplacementAndDeletion() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("m")
    try ModelBundle.write(to: path, files: SampleBundle.files())
    let old = try ModelBundle(contentsOf: path)
    try ModelBundle.write(to: path, files: SampleBundle.files(note: "Another.\n"), overwrite: true)
    #expect(try old.data(named: "README.md") == Array("A model.\n".utf8))
    #expect(try ModelBundle(contentsOf: path).data(named: "README.md") == Array("Another.\n".utf8))
    #expect(try folder.names() == ["m"])
  }

  @Test func filesThatAreNotListedAreIgnored() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    try folder.write([1, 2, 3], to: "m/notes.txt")
    let bundle = try ModelBundle(contentsOf: folder.path("m"))
    #expect(!bundle.contains("notes.txt"))
    expectError(.missing) { _ = try bundle.data(named: "notes.txt") }
  }

  @Test func linksToFilesAreFollowed() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    try FileManager.default.moveItem(atPath: folder.path("m/model.safetensors"), toPath: folder.path("blob"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("m/model.safetensors"), withDestinationPath: "../blob")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "m")
    #expect(try ModelBundle(contentsOf: folder.path("link")).safetensors().floats("w") == SampleBundle.weights)
    // Replacing the bundle deletes the link, not the file it points to.
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files(), overwrite: true)
    #expect(try folder.names() == ["blob", "link", "m"])
  }

  @Test func wrongJSONNamesFileAndPlace() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    let error = expectError(.invalidJSON) {
      _ = try ModelBundle(contentsOf: folder.path("m")).decode([Int].self, named: "labels.json")
    }
    #expect(error?.path == folder.path("m/labels.json"))
    #expect(error?.problem.contains("$[0]") == true)
  }

  @Test(arguments: [
    "", ".", "..", ".hidden", "a/b", "../a", "/a", "a\\b", "c:d", "a\0b", "a\nb", "manifest.json", "MANIFEST.json",
  ])
  func namesThatAreNoPlainNamesAreNotWritten(name: String) throws {
    let folder = try TemporaryFolder()
    expectError(.invalidName) { try ModelBundle.write(to: folder.path("m"), files: [BundleFile(name, text: "")]) }
    expectError(.invalidName) {
      try ModelBundle.write(to: folder.path("m"), files: [BundleFile("a", text: ""), BundleFile("A", text: "")])
    }
    #expect(try folder.names() == [])
  }
}
