import CharCNNStorage
import Foundation
import TestSupport
import Testing

/// Archives as GNU `tar` makes them.
@Suite(.enabled(if: Tar.isGNU)) struct TarTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes the sample bundle into a folder.
  private func writeModel(_ name: String) throws {
    try ModelBundle.write(to: folder.path(name), files: SampleBundle.files())
  }

  /// Packs what lies in the test's folder.
  private func tar(_ arguments: String...) throws -> [UInt8] {
    _ = try Tar.output(["-cf", folder.path("archive.tar"), "-C", folder.path] + arguments)
    return try folder.read("archive.tar")
  }

  /// The error of an archive that is refused.
  @discardableResult
  private func refusal(_ archive: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> StorageError? {
    expectError(.notABundle, sourceLocation: sourceLocation) { _ = try ModelBundle(archive: archive) }
  }

  private func expectSample(_ archive: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let bundle = try ModelBundle(archive: archive)
    #expect(
      bundle.fileNames == ["README.md", "empty.txt", "labels.json", "model.safetensors"], sourceLocation: sourceLocation
    )
    #expect(try bundle.data(named: "README.md") == Array("A model.\n".utf8), sourceLocation: sourceLocation)
    #expect(try bundle.safetensors().floats("w") == SampleBundle.weights, sourceLocation: sourceLocation)
  }

  @Test(arguments: ["ustar", "pax", "gnu"])
  func `a model is read from each format, whatever else lies there`(format: String) throws {
    let long = "a" + String(repeating: "b", count: 90) + "/" + String(repeating: "ü", count: 30) + "/m.charcnn"
    try folder.makeFolder((long as NSString).deletingLastPathComponent)
    try writeModel(long)
    try expectSample(tar("--format=\(format)", long))
    // Files of the same last name that the manifest does not list, and a model within the model.
    try writeModel("m")
    try folder.makeFolder("m/notes")
    try folder.write([1], to: "m/notes/README.md")
    try ModelBundle.write(to: folder.path("m/notes/old"), files: SampleBundle.files(note: "Old.\n"))
    try FileManager.default.createSymbolicLink(atPath: folder.path("m/link"), withDestinationPath: "README.md")
    try expectSample(tar("--format=\(format)", "m"))
    try expectSample(tar("--format=\(format)", "./m"))
    try folder.write([2], to: "README.md")
    try expectSample(tar("--format=\(format)", "README.md", "m"))
  }

  @Test(arguments: ["ustar", "pax", "gnu"])
  func `links in place of files are refused, and what they point to is read when asked for`(format: String) throws {
    try writeModel("m")
    try FileManager.default.moveItem(atPath: folder.path("m/model.safetensors"), toPath: folder.path("blob"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("m/model.safetensors"), withDestinationPath: "../blob")
    let error = try refusal(tar("--format=\(format)", "m"))
    #expect(error?.path == "(memory)/model.safetensors" && error?.problem.contains("link") == true)
    #expect(error?.advice?.contains("--dereference") == true)
    try expectSample(tar("--format=\(format)", "--dereference", "m"))
  }

  @Test func `paths that lead out of the archive are refused`() throws {
    try writeModel("m")
    try folder.makeFolder("sub")
    for archive in [
      try tar("-P", folder.path("m")), try tar("-P", "sub/../m"), try tar("-P", "--format=pax", folder.path("m")),
    ] {
      let error = refusal(archive)
      #expect(error?.problem.contains("outside") == true, "\(String(describing: error))")
    }
  }

  @Test func `what is no archive of one model is refused`() throws {
    try writeModel("a")
    try writeModel("b")
    let two = try refusal(tar("a", "b"))
    #expect(
      two?.problem.contains("\"a\"") == true || two?.problem.contains("'a'") == true, "\(String(describing: two))")
    try folder.makeFolder("c")
    try folder.write([1], to: "c/x")
    try refusal(tar("c"))
    let twice = try refusal(tar("a", "a"))
    #expect(twice?.problem.contains("twice") == true, "\(String(describing: twice))")
    refusal([])
  }

  @Test func `a broken extended header is refused`() throws {
    try writeModel("m")
    let long = String(repeating: "n", count: 120)
    try folder.write([1], to: long)
    let archive = try tar("--format=pax", "m", long)
    // Bytes of headers, of the records of pax and of files, replaced, give an error or the same files.
    for place in stride(from: 0, to: archive.count, by: 7) {
      var damaged = archive
      damaged[place] = UInt8(truncatingIfNeeded: place &* 31)
      guard let bundle = try? ModelBundle(archive: damaged), bundle.isCardSealed else { continue }
      #expect(try bundle.data(named: "README.md") == Array("A model.\n".utf8), "byte \(place)")
    }
  }
}

/// The program `tar`.
private enum Tar {
  /// Whether it is GNU's, whose options the tests use.
  static let isGNU = (try? output(["--version"]).contains("GNU")) ?? false

  /// What `tar` prints.
  static func output(_ arguments: [String]) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar"] + arguments
    (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }
}
