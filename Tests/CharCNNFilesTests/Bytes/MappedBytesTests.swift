import CharCNNFiles
import Foundation
import TestSupport
import Testing

@Suite struct MappedBytesTests {
  private func mapped(_ path: String) throws -> MappedBytes {
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    return try MappedBytes(mapping: descriptor)
  }

  @Test(arguments: [0, 1, 4_096, 200_000]) func `the bytes are those of the file`(count: Int) throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "x", count: count)
    let bytes = try mapped(folder.write(text, to: "f"))
    #expect(bytes.count == count)
    #expect(bytes.withBytes { Array($0) } == Array(text.utf8))
  }

  @Test func `released bytes come back`() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "abc", count: 100_000)
    let bytes = try mapped(folder.write(text, to: "f"))
    for offset in [0, 1, 70_000, 1_000_000] {
      bytes.release(upTo: offset)
      #expect(bytes.withBytes { Array($0) } == Array(text.utf8))
    }
  }

  @Test func `a mapping outlives the file's name`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", to: "f")
    let bytes = try mapped(path)
    try Data("new one".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    #expect(bytes.withBytes { Array($0) } == Array("old".utf8))
  }

  @Test func `a copy has the bytes of its own, and can be released in vain`() {
    let bytes = MappedBytes(copying: [UInt8](repeating: 7, count: 100_000))
    bytes.release(upTo: 100_000)
    #expect(bytes.withBytes { $0.allSatisfy { $0 == 7 } })
    #expect(MappedBytes(copying: []).count == 0)
  }

  @Test func `what cannot be mapped says why`() {
    #expect(throws: SystemError(EBADF)) { try MappedBytes(mapping: -1) }
    #expect(SystemError(ENOENT).reason == String(cString: strerror(ENOENT)))
  }
}
