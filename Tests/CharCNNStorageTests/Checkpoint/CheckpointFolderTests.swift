import CharCNNStorage
import TestSupport
import Testing

@Suite struct CheckpointFolderTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("run") }

  init() throws { folder = try TemporaryFolder() }

  private func files(_ text: String) -> [BundleFile] { [BundleFile("a.txt", text: text)] }

  private func text(_ checkpoints: CheckpointFolder) throws(StorageError) -> String {
    try checkpoints.newest { bundle throws(StorageError) in
      String(decoding: try bundle.data(named: "a.txt"), as: UTF8.self)
    }.value
  }

  @Test func `the newest two are kept, and the newest is read`() throws {
    let checkpoints = try CheckpointFolder(creating: path)
    #expect(!CheckpointFolder.holdsCheckpoints(path))
    var previous: Int?
    for number in 1...12 {
      previous = try checkpoints.write(files("\(number)"), keeping: previous)
      #expect(previous == number)
      #expect(try folder.names("run").count == min(number, 2))
      #expect(try text(checkpoints) == "\(number)")
    }
    #expect(CheckpointFolder.holdsCheckpoints(path))
    CheckpointFolder.remove(path)
    #expect(try folder.names().isEmpty)
  }

  @Test func `checkpoints of an earlier run stay until the first one of this run is written`() throws {
    do { _ = try CheckpointFolder(creating: path).write(files("earlier"), keeping: nil) }
    expectError(.exists) { _ = try CheckpointFolder(creating: path) }
    let checkpoints = try CheckpointFolder(creating: path, overwrite: true)
    #expect(try text(checkpoints) == "earlier")
    let taken = [BundleFile("../a", text: "no plain name")]
    expectError(.invalidName) { _ = try checkpoints.write(taken, keeping: nil) }
    #expect(try text(checkpoints) == "earlier")
    _ = try checkpoints.write(files("this"), keeping: nil)
    #expect(try folder.names("run") == ["checkpoint-000002"])
    #expect(try text(checkpoints) == "this")
  }

  @Test func `a folder with something else in it is left alone`() throws {
    try folder.makeFolder("run")
    try folder.write([1], to: "run/notes.txt")
    for overwrite in [false, true] {
      expectError(.exists) { _ = try CheckpointFolder(creating: path, overwrite: overwrite) }
    }
    CheckpointFolder.remove(path)
    #expect(try folder.names("run") == ["notes.txt"])
    expectError(.missing) { _ = try text(CheckpointFolder(opening: path)) }
  }

  @Test func `what a killed process left unfinished is cleared away`() throws {
    do { _ = try CheckpointFolder(creating: path).write(files("1"), keeping: nil) }
    try folder.makeFolder("run/.charcnn-1f.tmp")
    try folder.write([1], to: "run/.charcnn-1f.tmp/a.txt")
    do {
      let checkpoints = try CheckpointFolder(opening: path)
      #expect(try text(checkpoints) == "1")
      checkpoints.removeUnfinished()
    }
    #expect(try folder.names("run") == ["checkpoint-000001"])
  }

  @Test func `a damaged checkpoint makes way for the one before`() throws {
    let checkpoints = try CheckpointFolder(creating: path)
    let first = try checkpoints.write(files("1"), keeping: nil)
    _ = try checkpoints.write(files("2"), keeping: first)
    try folder.write([0x33], to: "run/checkpoint-000002/a.txt")
    let found = try checkpoints.newest { bundle throws(StorageError) in try bundle.data(named: "a.txt") }
    #expect(found.value == [0x31] && found.number == 1 && found.damages.map(\.kind) == [.corrupted])
    try folder.write([], to: "run/checkpoint-000001/a.txt")
    let error = expectError(.corrupted) { _ = try text(checkpoints) }
    // There is no bundle to copy again.
    #expect(error?.description.contains("bundle") == false && error?.advice?.contains("anew") == true)
  }

  @Test func `a folder is free at its end, though a process that is being started has a copy of it`() throws {
    var copy: DescriptorCopy?
    do {
      let checkpoints = try CheckpointFolder(creating: path)
      _ = try checkpoints.write(files("1"), keeping: nil)
      copy = DescriptorCopy(of: path)
    }
    #expect(copy != nil)
    #expect(try text(CheckpointFolder(opening: path)) == "1")
  }
}
