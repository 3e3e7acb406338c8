import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct FailedWriteTests {
  /// In a process of its own, as the limit holds for all of it.
  @Test func aFullDiskLeavesNothingBehindAndTheOldBundleWhole() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      try ModelBundle.write(to: folder.path("old"), files: SampleBundle.files())
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
      #if canImport(Glibc)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      #else
      setrlimit(RLIMIT_FSIZE, &limit)
      #endif
      let big = try SampleBundle.files() + [BundleFile("z.bin", bytes: Array(repeating: 1, count: 10_000))]
      for name in ["old", "new"] {
        do {
          try ModelBundle.write(to: folder.path(name), files: big, overwrite: true)
          exit(1)
        } catch let error as StorageError {
          guard error.kind == .diskFull, error.path == folder.path("\(name)/z.bin") else { exit(2) }
        }
      }
      do {
        try AtomicFile.write(Array(repeating: 1, count: 10_000), to: folder.path("f"))
        exit(3)
      } catch let error as StorageError {
        guard error.kind == .diskFull else { exit(4) }
      }
      _ = try ModelBundle(contentsOf: folder.path("old"))
      guard try folder.names() == ["old"] else { exit(5) }
    }
  }

  @Test func whatAKilledProgramLeftIsNotInTheWay() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder(".charcnn-1234.tmp")
    try folder.write([1, 2], to: ".charcnn-1234.tmp/model.safetensors")
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files(), overwrite: true)
    _ = try ModelBundle(contentsOf: folder.path("m"))
    #expect(try folder.names() == [".charcnn-1234.tmp", "m"])
    #expect(try folder.read(".charcnn-1234.tmp/model.safetensors") == [1, 2])
  }

  /// The hidden name that a writer to `name`, where a bundle is, used.
  private func temporaryName(of name: String, in folder: TemporaryFolder) throws -> String {
    var paths: [String] = []
    try AtomicFolder.write(
      to: folder.path(name), files: SampleBundle.files(), overwrite: true, checkReplaceable: { paths.append($0) })
    try folder.delete(name)
    try ModelBundle.write(to: folder.path(name), files: SampleBundle.files())
    return try #require(paths.last?.split(separator: "/").last.map(String.init))
  }

  @Test func theNextWriterSweepsAwayWhatAKilledOneLeft() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    try ModelBundle.write(to: folder.path("other"), files: SampleBundle.files())
    let (stale, foreign) = (try temporaryName(of: "m", in: folder), try temporaryName(of: "other", in: folder))
    #expect(stale.hasPrefix(".charcnn-") && stale.hasSuffix(".tmp"))
    for name in [stale, foreign] {
      try folder.makeFolder(name)
      try folder.write([1, 2], to: "\(name)/model.safetensors")
    }
    // A writer that lives has a lock.
    let descriptor = open(folder.path(stale), O_RDONLY | O_DIRECTORY)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    try ModelBundle.checkWritable(path: folder.path("m"), overwrite: true)
    #expect(try folder.names() == [stale, foreign, "m", "other"].sorted())
    close(descriptor)
    try ModelBundle.checkWritable(path: folder.path("m"), overwrite: true)
    #expect(try folder.names() == [foreign, "m", "other"])
  }

  @Test func anUnconfirmedWriteSaysThatTheBundleIsThere() throws {
    let folder = try TemporaryFolder()
    func write(_ note: String) throws {
      try AtomicFolder.write(
        to: folder.path("m"), files: SampleBundle.files(note: note), overwrite: true, checkReplaceable: { _ in },
        synchronizeParent: { _, target throws(StorageError) in throw StorageError.writing(target, EIO) })
    }
    var error = expectError(.unconfirmed) { try write("first") }
    #expect(error?.problem.contains("is written") == true && error?.description.contains("permissions") == false)
    #expect(try folder.names() == ["m"])
    // The one before is deleted only once the new one is on the disk.
    error = expectError(.unconfirmed) { try write("second") }
    let hidden = try #require(try folder.names().first { $0.hasPrefix(".charcnn-") })
    #expect(error?.advice?.contains(hidden) == true)
    #expect(try folder.read("m/README.md") == Array("second".utf8))
    #expect(try folder.read("\(hidden)/README.md") == Array("first".utf8))
  }

  @Test func aFailingDiskIsNoMatterOfPermissions() {
    let failed = StorageError.writing("m", EIO)
    #expect(failed.kind == .writeFailed && !failed.description.contains("permissions"))
    #expect(StorageError.writing("m", EACCES).kind == .notWritable)
  }

  @Test func ofManyWritersOneWins() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("m")
    let winners = await withTaskGroup(of: Int.self) { group in
      for writer in 0..<8 {
        group.addTask {
          do {
            try ModelBundle.write(to: path, files: SampleBundle.files(note: "\(writer)"))
            return 1
          } catch {
            return 0
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(winners == 1)
    #expect(try folder.names() == ["m"])
    _ = try ModelBundle(contentsOf: path)
  }

  @Test func readersAlwaysFindAWholeBundleWhileItIsReplaced() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("m")
    try ModelBundle.write(to: path, files: SampleBundle.files(note: "0"))
    let writing = Task {
      for round in 1...30 {
        try ModelBundle.write(to: path, files: SampleBundle.files(note: "\(round)"), overwrite: true)
      }
    }
    for _ in 0..<300 {
      #expect(FileManager.default.fileExists(atPath: path + "/manifest.json"))
    }
    try await writing.value
    #expect(try ModelBundle(contentsOf: path).data(named: "README.md") == Array("30".utf8))
    #expect(try folder.names() == ["m"])
  }
}
