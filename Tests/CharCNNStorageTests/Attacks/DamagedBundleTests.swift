import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct DamagedBundleTests {
  private static let kinds: [StorageError.Kind] = [
    .missing, .notABundle, .newerVersion, .truncated, .corrupted, .invalidName,
  ]

  private func expectRefusal(_ path: String, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
    do {
      // The card may be edited, and what the manifest says of it be wrong: that is told.
      let isTold = try !ModelBundle(contentsOf: path).isCardSealed
      #expect(isTold, comment, sourceLocation: sourceLocation)
    } catch {
      #expect(Self.kinds.contains(error.kind), "\(error)", sourceLocation: sourceLocation)
    }
  }

  @Test func everySingleFlippedBitIsFound() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    for name in try folder.names("m") {
      let bytes = try folder.read("m/\(name)")
      for bit in 0..<bytes.count * 8 {
        var damaged = bytes
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        try folder.write(damaged, to: "m/\(name)")
        expectRefusal(folder.path("m"), "bit \(bit) of \(name)")
      }
      try folder.write(bytes, to: "m/\(name)")
    }
    _ = try ModelBundle(contentsOf: folder.path("m"))
  }

  @Test func everyTruncationIsFound() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    for name in try folder.names("m") {
      let bytes = try folder.read("m/\(name)")
      // Without the line feed at its end, the manifest still says all it should.
      for count in 0..<max(bytes.count - (name == "manifest.json" ? 1 : 0), 0) {
        try folder.write(Array(bytes[..<count]), to: "m/\(name)")
        expectRefusal(folder.path("m"), "\(name) with \(count) bytes")
      }
      try folder.write(bytes, to: "m/\(name)")
    }
  }

  @Test func everyMissingFileIsNamed() throws {
    let folder = try TemporaryFolder()
    for file in try SampleBundle.files() where file.name != ModelBundle.cardName {
      try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files(), overwrite: true)
      try folder.delete("m/\(file.name)")
      let error = expectError(.missing) { _ = try ModelBundle(contentsOf: folder.path("m")) }
      #expect(error?.path == folder.path("m/\(file.name)"))
    }
    try folder.delete("m/manifest.json")
    expectError(.notABundle) { _ = try ModelBundle(contentsOf: folder.path("m")) }
  }

  @Test func whatIsNoFolderIsNoBundle() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "file")
    try folder.makeFolder("empty")
    expectError(.missing) { _ = try ModelBundle(contentsOf: folder.path("nothing")) }
    expectError(.missing) { _ = try ModelBundle(contentsOf: folder.path("file/below")) }
    expectError(.notABundle) { _ = try ModelBundle(contentsOf: folder.path("file")) }
    expectError(.notABundle) { _ = try ModelBundle(contentsOf: folder.path("empty")) }
    expectError(.invalidName) { _ = try ModelBundle(contentsOf: "") }
    expectError(.invalidName) { _ = try ModelBundle(contentsOf: folder.path("empty\0")) }
  }

  @Test func whatIsNoRegularFileIsNotRead() throws {
    let folder = try TemporaryFolder()
    try ModelBundle.write(to: folder.path("m"), files: SampleBundle.files())
    try folder.delete("m/empty.txt")
    try folder.makeFolder("m/empty.txt")
    expectError(.unreadable) { _ = try ModelBundle(contentsOf: folder.path("m")) }
    try folder.delete("m/empty.txt")
    try FileManager.default.createSymbolicLink(atPath: folder.path("m/empty.txt"), withDestinationPath: "/dev/zero")
    expectError(.unreadable) { _ = try ModelBundle(contentsOf: folder.path("m")) }
    try folder.delete("m/empty.txt")
    // Reading a pipe without a writer would wait for ever.
    try #require(mkfifo(folder.path("m/empty.txt"), 0o600) == 0)
    expectError(.unreadable) { _ = try ModelBundle(contentsOf: folder.path("m")) }
    try folder.delete("m/empty.txt")
    try FileManager.default.createSymbolicLink(atPath: folder.path("m/empty.txt"), withDestinationPath: "empty.txt")
    expectError(.invalidName) { _ = try ModelBundle(contentsOf: folder.path("m")) }
  }

  @Test func newerVersionsAskForAnUpdate() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("m")
    try folder.write(Array(#"{"format": "charcnn", "version": 7, "signature": {}}"#.utf8), to: "m/manifest.json")
    let error = expectError(.newerVersion) { _ = try ModelBundle(contentsOf: folder.path("m")) }
    #expect(error?.problem == "has format version 7, this program reads up to 1")
    #expect(error?.advice == "update the program")
  }

  @Test(arguments: [
    "", "[]", "{}", "nonsense", #"{"format":"charcnn"}"#, #"{"format":"charcnn","version":1}"#,
    #"{"format":"other","version":1,"files":{}}"#, #"{"format":"charcnn","version":0,"files":{}}"#,
    #"{"format":"charcnn","version":-1,"files":{}}"#, #"{"format":"charcnn","version":"1","files":{}}"#,
    #"{"format":"charcnn","version":1.5,"files":{}}"#, #"{"format":"charcnn","version":1,"files":[]}"#,
    #"{"format":"charcnn","version":1,"files":{},"more":1}"#, #"{"format":"charcnn","version":1,"files":{"a":1}}"#,
    #"{"format":"charcnn","version":1,"version":1,"files":{}}"#,
    #"{"format":"charcnn","version":1,"files":{"a":{"size":0}}}"#,
  ])
  func manifestsThatMakeNoSenseAreRefused(manifest: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("m")
    try folder.write(Array(manifest.utf8), to: "m/manifest.json")
    expectError(.notABundle) { _ = try ModelBundle(contentsOf: folder.path("m")) }
  }

  @Test(arguments: [
    #"../secret"#, #"/etc/passwd"#, #"sub/file"#, #".."#, #"."#, #""#, #"a\\b"#, #"a\u0000"#, #".hidden"#,
    "manifest.json",
  ])
  func namesThatLeadElsewhereAreRefused(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("m/sub")
    for file in ["secret", "m/sub/file", "m/.hidden"] { try folder.write([], to: file) }
    let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let manifest = #"{"format":"charcnn","version":1,"files":{"\#(name)":{"size":0,"sha256":"\#(digest)"}}}"#
    try folder.write(Array(manifest.utf8), to: "m/manifest.json")
    expectError(.notABundle) { _ = try ModelBundle(contentsOf: folder.path("m")) }
  }

  @Test(arguments: [#""size":-1"#, #""size":0.0"#, #""size":"0""#, #""size":99999999999999999999"#, #""length":0"#])
  func sizesMustBeNumbers(size: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("m")
    try folder.write([], to: "m/a")
    let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let manifest = #"{"format":"charcnn","version":1,"files":{"a":{\#(size),"sha256":"\#(digest)"}}}"#
    try folder.write(Array(manifest.utf8), to: "m/manifest.json")
    expectError(.notABundle) { _ = try ModelBundle(contentsOf: folder.path("m")) }
  }
}
