import CharCNNFiles
import Foundation
import TestSupport
import Testing

@Suite struct RenamingTests {
  private func makeFolder(_ path: String, content: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try Data(content.utf8).write(to: URL(fileURLWithPath: path + "/f"))
  }

  private func content(_ path: String) throws -> String {
    try String(contentsOfFile: path + "/f", encoding: .utf8)
  }

  private func names(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func foldersChangeTheirNamesInSteps() throws {
    let folder = try TemporaryFolder()
    try makeFolder(folder.path("new"), content: "2")
    try makeFolder(folder.path("kept"), content: "1")
    #expect(Renaming.exchangeInSteps(folder.path("new"), folder.path("kept"), spare: folder.path("spare")) == 0)
    #expect(try content(folder.path("kept")) == "2")
    #expect(try content(folder.path("new")) == "1")
    #expect(try names(folder) == ["kept", "new"])
  }

  @Test func aStepThatFailsIsUndone() throws {
    let folder = try TemporaryFolder()
    try makeFolder(folder.path("kept"), content: "1")
    #expect(Renaming.exchangeInSteps(folder.path("missing"), folder.path("kept"), spare: folder.path("spare")) != 0)
    #expect(try content(folder.path("kept")) == "1")
    #expect(try names(folder) == ["kept"])
  }

  @Test func `what has the name already is kept`() throws {
    let folder = try TemporaryFolder()
    try makeFolder(folder.path("new"), content: "2")
    try makeFolder(folder.path("kept"), content: "1")
    #expect(Renaming.withoutReplacing(folder.path("new"), folder.path("kept")) == EEXIST)
    #expect(try content(folder.path("kept")) == "1")
    #expect(Renaming.withoutReplacing(folder.path("new"), folder.path("other")) == 0)
    #expect(try names(folder) == ["kept", "other"])
  }
}
