import CharCNNFiles
import Foundation
import Testing

@Suite struct FilePathTests {
  @Test(arguments: ["/", "/a", "/a/b.csv", "a/b", "a", "/a b/ö"])
  func `parts of a path make the path again`(path: String) {
    #expect(FilePath.path(of: FilePath.parts(path)) == path)
  }

  @Test func `doubled and last slashes are no names`() {
    #expect(FilePath.parts("//a///b/") == ["/", "a", "b"])
    #expect(FilePath.parts("") == [])
  }

  /// A mark that combines with the slash before it makes one `Character` of both.
  @Test func `a name may begin with a combining mark`() {
    #expect(FilePath.parts("a/\u{301}b").count == 2)
  }

  @Test(arguments: [("/a/b", "/a"), ("/a", "/"), ("/", "/"), ("a", ""), ("a/b/c.txt", "a/b"), ("/a/b/", "/a")])
  func `the folder of a path`(path: String, folder: String) {
    #expect(FilePath.folder(of: path) == folder)
  }

  @Test(arguments: [
    ("a.CSV", "csv"), ("/x.y/a", ""), ("a.tar.gz", "gz"), (".hidden", ""), ("a.", ""), ("a.b/", "b"), ("", ""),
    ("/", ""),
  ])
  func `the extension of a path`(path: String, fileExtension: String) {
    #expect(FilePath.fileExtension(of: path) == fileExtension)
    #expect(URL(fileURLWithPath: path).pathExtension.lowercased() == fileExtension)
  }

  @Test func `what lies at a path`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = FilePath.join(folder, "file")
    let link = FilePath.join(folder + "/", "link")
    #expect(!FilePath.exists(file))
    try Data([1]).write(to: URL(fileURLWithPath: file))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder)
    #expect(FilePath.exists(file) && !FilePath.isFolder(file))
    #expect(FilePath.isFolder(folder) && FilePath.isFolder(link))
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere")
    #expect(!FilePath.exists(link) && !FilePath.isFolder(link))
  }

  @Test func `an absolute path says where a path leads from here`() {
    let here = FileManager.default.currentDirectoryPath
    #expect(FilePath.absolute("/a/./b/../c//d") == "/a/c/d")
    #expect(FilePath.absolute("a") == FilePath.join(here, "a"))
  }

  @Test func `a machine has cores and memory`() {
    #expect(Machine.cores >= 1)
    #expect(Machine.memory > 1 << 20)
  }
}
