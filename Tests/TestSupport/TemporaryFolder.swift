package import Foundation

/// A new, empty folder that no other test uses; it is removed with the last reference. Names of files may have folders in
/// them, `a/b.txt`.
package final class TemporaryFolder: Sendable {
  /// Where it is.
  package let url: URL
  /// Where it is, as text.
  package var path: String { url.path }

  /// Makes the folder.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("charcnn-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of something in it.
  package func path(_ name: String) -> String { name.isEmpty ? path : "\(path)/\(name)" }

  /// Writes a file, with the folders on the way, and gives back its path.
  @discardableResult
  package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let file = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes a file of text.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String { try write(text.utf8, to: name) }

  /// The bytes of a file.
  package func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

  /// The bytes of every file of a folder in it, by name.
  package func files(of folder: String) throws -> [String: [UInt8]] {
    try names(folder).reduce(into: [:]) { $0[$1] = try read("\(folder)/\($1)") }
  }

  /// What is in it, or in a folder in it, hidden names included.
  package func names(_ folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// Makes a folder in it.
  package func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  /// Removes something in it.
  package func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }
}
