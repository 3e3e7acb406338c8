package import Foundation

/// A new, empty folder that no other test uses; it is removed with the last reference.
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

  /// The path of a file in it.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file into it and gives back its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    let path = path(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }
}
