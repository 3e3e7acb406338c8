import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  @Test func writesAndReplaces() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write([1, 2], to: folder.path("f"))
    #expect(try folder.read("f") == [1, 2])
    expectError(.exists) { try AtomicFile.write([3], to: folder.path("f")) }
    #expect(try folder.read("f") == [1, 2])
    try AtomicFile.write([3], to: folder.path("f"), overwrite: true)
    #expect(try folder.read("f") == [3])
    #expect(try folder.names() == ["f"])
  }

  @Test func replacingKeepsThePermissions() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "f")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("f"))
    try AtomicFile.write([2], to: folder.path("f"), overwrite: true)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("f"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func linksStayAndTheirTargetIsReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("a")
    try folder.write([1], to: "a/target")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "a/target")
    expectError(.exists) { try AtomicFile.write([2], to: folder.path("link")) }
    try AtomicFile.write([2], to: folder.path("link"), overwrite: true)
    #expect(try folder.read("a/target") == [2])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "a/target")
    #expect(try folder.names() == ["a", "link"])
  }

  @Test func foldersAreNeverReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("f")
    expectError(.exists) { try AtomicFile.write([1], to: folder.path("f"), overwrite: true) }
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "f")
    expectError(.exists) { try AtomicFile.write([1], to: folder.path("link"), overwrite: true) }
    #expect(try folder.names() == ["f", "link"])
  }

  @Test func devicesAreWrittenToAndStay() throws {
    try AtomicFile.write([1, 2, 3], to: "/dev/null", overwrite: true)
    try AtomicFile.write([1, 2, 3], to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func aFullDeviceIsAnError() {
    expectError(.diskFull) { try AtomicFile.write([1], to: "/dev/full") }
  }

  @Test func placesThatDoNotExistAreErrors() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "f")
    expectError(.notWritable) { try AtomicFile.write([1], to: folder.path("no/f")) }
    expectError(.notWritable) { try AtomicFile.write([1], to: folder.path("f/g")) }
    expectError(.invalidName) { try AtomicFile.write([1], to: "") }
    expectError(.invalidName) { try AtomicFile.write([1], to: folder.path("f\0")) }
  }
}
