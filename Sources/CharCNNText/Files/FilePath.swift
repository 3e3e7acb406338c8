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

  /// The files and folders in a folder that are not hidden, by the bytes of their names.
  static func contents(of path: String) throws(DataError) -> (files: [String], folders: [String]) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw DataError(
        .unreadable, path: path, problem: "the folder cannot be read", advice: "check its permissions")
    }
    var files: [String] = []
    var folders: [String] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".") {
      if isFolder(join(path, name)) { folders.append(name) } else { files.append(name) }
    }
    return (files, folders)
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
