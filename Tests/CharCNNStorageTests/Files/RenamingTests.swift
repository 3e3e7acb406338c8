import CharCNNStorage
import Testing

@Suite struct RenamingTests {
  @Test func foldersChangeTheirNamesInSteps() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("new")
    try folder.write([2], "new/f")
    try folder.makeFolder("kept")
    try folder.write([1], "kept/f")
    #expect(Renaming.exchangeInSteps(folder("new"), folder("kept"), spare: folder("spare")) == 0)
    #expect(try folder.read("kept/f") == [2])
    #expect(try folder.read("new/f") == [1])
    #expect(try folder.names() == ["kept", "new"])
  }

  @Test func aStepThatFailsIsUndone() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("kept")
    try folder.write([1], "kept/f")
    #expect(Renaming.exchangeInSteps(folder("missing"), folder("kept"), spare: folder("spare")) != 0)
    #expect(try folder.read("kept/f") == [1])
    #expect(try folder.names() == ["kept"])
  }
}
