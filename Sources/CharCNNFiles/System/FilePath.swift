#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Paths, and what lies at them.
package enum FilePath {
  /// Whether something is at the path; of a link counts where it leads.
  package static func exists(_ path: String) -> Bool { status(path) != nil }

  /// Whether the path leads to a folder.
  package static func isFolder(_ path: String) -> Bool { status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  /// The path from the root, without `.`, `..` and doubled slashes: what it means now, for those who read it from another
  /// working folder.
  package static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// A path inside a folder.
  package static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The names that a path consists of; that of the root, which comes first, is `/`.
  package static func parts(_ path: String) -> [String] {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    return path.utf8.first == UInt8(ascii: "/") ? ["/"] + names : names
  }

  /// The path of some names; the opposite of ``parts(_:)``.
  package static func path(of parts: some Collection<String>) -> String {
    parts.first == "/" ? "/" + parts.dropFirst().joined(separator: "/") : parts.joined(separator: "/")
  }

  /// The folder of what is at a path; empty where the path is one name.
  package static func folder(of path: String) -> String {
    let parts = parts(path)
    return parts == ["/"] ? "/" : self.path(of: parts.dropLast())
  }

  /// What follows the last dot of the file's name, in lower case; empty where nothing does, or nothing stands before it.
  package static func fileExtension(of path: String) -> String {
    guard let name = parts(path).last, let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// A file's name without its extension.
  package static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
