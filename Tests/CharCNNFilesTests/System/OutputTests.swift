import CharCNNFiles
import Foundation
import TestSupport
import Testing

@Suite struct OutputTests {
  @Test func `a new file has the bytes and the permissions`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("f")
    try Output.create(path, [1, 2, 3], permissions: 0o600)
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == [1, 2, 3])
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func `a file that is there stays as it is`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", to: "f")
    #expect(throws: SystemError(EEXIST)) { try Output.create(path, [1]) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
  }

  @Test func `a file that is let go is gone`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("f")
    Output.discard(try Output.open(path, permissions: 0o666), path)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `what is no file is written to in place, and must be there`() throws {
    let folder = try TemporaryFolder()
    try Output.writeInPlace("/dev/null", [1])
    #expect(throws: SystemError(ENOENT)) { try Output.writeInPlace(folder.path("missing"), [1]) }
  }

  @Test func `a folder that cannot be opened is left alone`() throws {
    let folder = try TemporaryFolder()
    try Output.synchronizeFolder(folder.path)
    try Output.synchronizeFolder(folder.path("missing"))
  }
}
