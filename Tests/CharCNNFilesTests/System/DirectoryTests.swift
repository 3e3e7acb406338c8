import CharCNNFiles
import TestSupport
import Testing

@Suite struct DirectoryTests {
  @Test func `names are those of everything inside`() throws {
    let folder = try TemporaryFolder()
    #expect(try Directory.names(folder.path).isEmpty)
    for name in ["a", ".hidden", "..c", "é"] { try folder.write("", to: name) }
    let names = try Directory.names(folder.path).map { String(decoding: $0, as: UTF8.self) }
    #expect(Set(names) == ["a", ".hidden", "..c", "é"] && names.count == 4)
  }

  @Test func `a folder that is not there is the system's error`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SystemError(ENOENT)) { try Directory.names(folder.path("missing")) }
  }
}
