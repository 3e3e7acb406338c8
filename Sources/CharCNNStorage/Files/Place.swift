internal import CharCNNFiles

/// Where something is to be written: a name in a folder that must exist.
struct Place {
  /// What stands at a path.
  enum Occupant: Equatable {
    case nothing
    case file(permissions: mode_t)
    case folder
    case link
    /// A device, a pipe or a socket.
    case other
  }

  /// The path as the user gave it, without slashes at its end.
  let path: String
  /// The folder it is in.
  let folder: String
  /// Its name in the folder.
  let name: String

  /// Splits `path` and checks that its folder is there and may be written to.
  init(_ path: String) throws(StorageError) {
    try StorageError.checkPath(path)
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    let slash = trimmed.lastIndex(of: "/")
    let name = slash.map { trimmed[trimmed.index(after: $0)...] } ?? trimmed
    guard !["", ".", ".."].contains(name) else {
      throw StorageError(.invalidName, path: path, problem: "has no name of its own", advice: "add a name to the path")
    }
    self.path = String(trimmed)
    self.name = String(name)
    switch slash {
    case nil: folder = "."
    case trimmed.startIndex?: folder = "/"
    case let slash?: folder = String(trimmed[..<slash])
    }
    var status = stat()
    guard stat(folder, &status) == 0 else { throw .writing(path, errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .writing(path, ENOTDIR) }
    guard access(folder, W_OK | X_OK) == 0 else { throw .writing(path, errno) }
  }

  /// What is there now.
  func occupant() throws(StorageError) -> Occupant {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return .nothing }
      throw .writing(path, errno)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(permissions: status.st_mode & 0o777)
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// A path beside this one for a file or folder that is not finished; hidden, and different every time.
  ///
  /// What a killed program leaves under such a name is never read and never in the way; it may be deleted by hand. The next
  /// writer of a folder to the same place deletes it.
  func temporary() -> String {
    sibling("\(temporaryPrefix)\(String(UInt64.random(in: .min ... .max), radix: 16)).tmp")
  }

  /// Whether a name in the folder is one of ``temporary()``, of this or another process.
  func isTemporary(_ name: String) -> Bool { name.hasPrefix(temporaryPrefix) && name.hasSuffix(".tmp") }

  /// Another name in the same folder.
  func sibling(_ name: String) -> String { "\(folder == "/" ? "" : folder)/\(name)" }

  /// Tells the place by a digest of its name, which may be as long as a name can be.
  private var temporaryPrefix: String {
    ".charcnn-\(SHA256.hexDigest(of: Array(name.utf8)).prefix(8))-"
  }
}
