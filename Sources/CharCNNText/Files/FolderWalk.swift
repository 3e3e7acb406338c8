internal import CharCNNFiles

/// Walks through folders of texts and keeps account of what it leaves out, so that nothing is passed over in silence.
struct FolderWalk {
  /// Folders that were read, by device and number, so that none is read twice and a circle of links ends.
  private var visited: Set<FileIdentity> = []
  /// Where the walk began, without links; nil before, or where the system cannot say it.
  private var root: String?
  /// What was left out.
  private(set) var leftOut = LeftOut()

  /// A file or folder whatever its name is.
  private struct FileIdentity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// The files and folders in a folder, by the bytes of their names; empty where the folder was read before.
  ///
  /// Hidden files and folders, what file managers, editors and archives leave behind, README files, files without a text,
  /// and what is neither file nor folder are left out. So are links to folders that the walk comes to by themselves, and to files
  /// beside them: a link has no name to give to what has one of its own.
  ///
  /// - Throws: ``DataError`` for a folder that cannot be read, a name that is not UTF-8, and a link that leads nowhere.
  mutating func contents(of path: String) throws(DataError) -> (files: [String], folders: [String]) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.unreadable(path) }
    guard visited.insert(Self.identity(status)).inserted else {
      leftOut.linked.append(path)
      return ([], [])
    }
    if root == nil { root = Self.withoutLinks(path) }
    let place = Self.withoutLinks(path)
    var files: [String] = []
    var folders: [String] = []
    for name in try Self.names(in: path).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let inside = FilePath.join(path, name)
      guard stat(inside, &status) == 0 else {
        if name.hasPrefix(".") { continue }
        throw DataError(
          .missingFile, path: inside, problem: "is a link that leads nowhere", advice: "remove it, or mend it")
      }
      switch (status.st_mode & S_IFMT, name.hasPrefix(".")) {
      case (S_IFDIR, true): leftOut.hiddenFolders.append(inside)
      case (S_IFDIR, false) where StrayName.isFolder(name): leftOut.strayFolders.append(inside)
      case (S_IFDIR, false):
        if let target = Self.target(of: inside), isReached(folder: target) {
          leftOut.linked.append(inside)
        } else {
          folders.append(name)
        }
      case (_, true): continue
      case (S_IFREG, false):
        if StrayName.isFile(name) {
          leftOut.stray.append(inside)
        } else if try Self.isEmpty(inside, size: Int(status.st_size)) {
          leftOut.empty.append(inside)
        } else if let target = Self.target(of: inside), let place, Self.isFile(target, beside: place) {
          leftOut.linkedFiles.append(inside)
        } else {
          files.append(name)
        }
      default: leftOut.special.append(inside)
      }
    }
    return (files, folders)
  }

  /// The paths of all files in a folder and the folders in it: its own first.
  ///
  /// - Throws: As ``contents(of:)``.
  mutating func files(below path: String) throws(DataError) -> [String] {
    let (names, folders) = try contents(of: path)
    var files = names.map { FilePath.join(path, $0) }
    for folder in folders { files += try self.files(below: FilePath.join(path, folder)) }
    return files
  }

  /// Begins a new walk with a new account; folders that were read stay read.
  mutating func forgetLeftOut() {
    leftOut = LeftOut()
    root = nil
  }

  /// Notes that files are not read where they lie.
  mutating func leaveOut(beside names: [String], in folder: String) {
    leftOut.beside += names.map { FilePath.join(folder, $0) }
  }

  // MARK: Links

  private static func withoutLinks(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }

  /// Where a link leads; nil for what is none.
  private static func target(of path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return nil }
    return withoutLinks(path)
  }

  /// Whether the walk comes to a folder from where it began: none on the way is hidden or stray.
  private func isReached(folder: String) -> Bool {
    guard let root else { return false }
    let prefix = FilePath.join(root, "")
    guard FilePath.join(folder, "").hasPrefix(prefix) else { return false }
    return folder.dropFirst(prefix.count).split(separator: "/").allSatisfy {
      !$0.hasPrefix(".") && !StrayName.isFolder(String($0))
    }
  }

  /// Whether a file lies in a folder itself, and is read there.
  private static func isFile(_ path: String, beside folder: String) -> Bool {
    let prefix = FilePath.join(folder, "")
    guard path.hasPrefix(prefix) else { return false }
    let name = String(path.dropFirst(prefix.count))
    return !name.contains("/") && !name.hasPrefix(".") && !StrayName.isFile(name)
  }

  private static func identity(_ status: stat) -> FileIdentity {
    FileIdentity(
      device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
  }

  private static func unreadable(_ path: String, _ error: SystemError = .last) -> DataError {
    DataError(
      .unreadable, path: path, problem: "the folder cannot be read (\(error.reason))",
      advice: "check its permissions")
  }

  private static func names(in path: String) throws(DataError) -> [String] {
    let found: [[UInt8]]
    do { found = try Directory.names(path) } catch { throw unreadable(path, error) }
    return try found.map { bytes throws(DataError) in
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw DataError(
          .invalidUTF8, path: path,
          problem: "the name of a file in the folder, \"\(String(decoding: bytes, as: UTF8.self))\", is not UTF-8",
          advice: "rename it, for instance with convmv -f latin1 -t utf-8 --notest")
      }
      return name
    }
  }

  /// Bytes up to which a file is looked at for anything but white space.
  private static let smallSize = 64

  private static func isEmpty(_ path: String, size: Int) throws(DataError) -> Bool {
    guard size <= smallSize else { return false }
    // Files of the system have a text and say that they have none.
    return try MappedFile(path: path).withBytes { bytes in
      let text = ScannedFile(bytes: bytes, path: path)
      return bytes[text.textStart...].allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }
  }
}

/// What lies in a folder of texts and is not read.
struct LeftOut {
  var empty: [String] = []
  var stray: [String] = []
  var strayFolders: [String] = []
  var hiddenFolders: [String] = []
  var linked: [String] = []
  var linkedFiles: [String] = []
  var special: [String] = []
  var beside: [String] = []

  /// One note for each kind, with the first names: `2 empty files left out (pos/b.txt, pos/c.txt)`.
  ///
  /// - Parameter root: The folder that was named; what lies in it is told without its path.
  func notes(root: String) -> [String] {
    func note(_ paths: [String], _ noun: String, _ plural: String) -> String? {
      guard !paths.isEmpty else { return nil }
      let prefix = FilePath.join(root, "")
      let shown = paths.prefix(3).map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
      let more = paths.count > 3 ? " and \(paths.count - 3) more" : ""
      return "\(paths.count) \(paths.count == 1 ? noun : plural) left out (\(shown.joined(separator: ", "))\(more))"
    }
    return [
      note(empty, "empty file", "empty files"), note(stray, "stray file", "stray files"),
      note(strayFolders, "stray folder", "stray folders"),
      note(beside, "file beside the folders", "files beside the folders"),
      note(hiddenFolders, "hidden folder", "hidden folders"),
      note(linked, "folder that was read already", "folders that were read already"),
      note(linkedFiles, "link to a file beside it", "links to files beside them"),
      note(special, "pipe or device", "pipes or devices"),
    ].compactMap { $0 }
  }
}

/// Names of what systems and programs leave in folders.
enum StrayName {
  private static let files: Set<String> = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "folder.htt"]
  private static let endings = ["~", ".bak", ".orig", ".swp", ".swo", ".tmp", ".pyc", ".part", ".crdownload"]
  private static let folders: Set<String> = [
    "__macosx", "__pycache__", "$recycle.bin", "system volume information", "lost+found", "@eadir",
  ]

  static func isFile(_ name: String) -> Bool {
    let name = name.lowercased()
    if files.contains(name) || endings.contains(where: name.hasSuffix) { return true }
    if name.hasPrefix("#"), name.hasSuffix("#") { return true }
    let parts = name.split(separator: ".", maxSplits: 1)
    let ending = parts.count > 1 ? String(parts[1]) : ""
    switch parts.first {
    case "readme": return ["", "txt", "md", "rst", "html", "htm", "pdf"].contains(ending)
    case "license", "licence", "copying": return ["", "md", "rst", "html"].contains(ending)
    default: return false
    }
  }

  static func isFolder(_ name: String) -> Bool { folders.contains(name.lowercased()) }
}
