import Foundation

/// Names and contents of folders.
enum FilePath {
  /// What follows the last dot of the file's name, in lower case.
  static func fileExtension(of path: String) -> String {
    URL(fileURLWithPath: path).pathExtension.lowercased()
  }

  /// Whether the path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// A path inside a folder.
  static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// A file's name without its extension.
  static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
