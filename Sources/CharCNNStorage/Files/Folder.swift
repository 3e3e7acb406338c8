internal import CharCNNFiles

/// Making folders, and reading what is in them.
enum Folder {
  /// The names in the folder in alphabetical order, or nil if it cannot be read.
  static func names(_ path: String) -> [String]? {
    try? Directory.names(path).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  /// Whether there is a folder itself, and no link to one, at `path`.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether there is a folder at `path`, perhaps behind a symbolic link. Throws if there is nothing.
  static func exists(_ path: String) throws(StorageError) -> Bool {
    try StorageError.checkPath(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw .reading(path, errno) }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// As ``exists(_:)`` for a bundle, whose name might have meant a model that comes with the program.
  static func isThere(_ bundle: String) throws(StorageError) -> Bool {
    do throws(StorageError) { return try exists(bundle) } catch {
      guard error.kind == .missing, let advice = ShippedModels.advice(for: bundle) else { throw error }
      throw StorageError(.missing, path: error.path, problem: error.problem, advice: advice)
    }
  }

  /// Makes the folder unless it is there. Throws if something else is, or if it cannot be made.
  static func make(_ path: String) throws(StorageError) {
    if mkdir(path, 0o777) == 0 { return }
    let code = errno
    guard code == EEXIST else { throw .writing(path, code) }
    guard try exists(path) else {
      throw StorageError(.exists, path: path, problem: "is not a folder", advice: "choose another path")
    }
  }

  /// Throws unless files can be made in the folder.
  static func checkWritable(_ path: String) throws(StorageError) {
    guard access(path, W_OK | X_OK) == 0 else { throw .writing(path, errno) }
  }

  /// Deletes the folder if there is nothing in it.
  static func removeIfEmpty(_ path: String) { rmdir(path) }
}
