internal import CharCNNFiles

/// The folder of a model in an archive of `tar`: the one that its manifest lies in. What lies in folders of it, or elsewhere
/// in the archive, counts for nothing, as in a folder on disk.
struct TarFolder {
  private let archive: [UInt8]
  /// What messages call the archive.
  private let name: String
  private var entries: [String: TarReader.Entry] = [:]

  /// Finds the folder.
  ///
  /// - Parameters:
  ///   - archive: The bytes of the archive.
  ///   - name: What messages call it.
  /// - Throws: `StorageError`: `truncated` where it ends within a file, `notABundle` for what is no archive of one model.
  init(in archive: [UInt8], name: String) throws(StorageError) {
    self.archive = archive
    self.name = name
    var reader = TarReader(archive, name: name)
    var folders: [[String]: [String: TarReader.Entry]] = [:]
    while let entry = try reader.next() {
      guard let own = entry.path.last, entry.kind != .folder else { continue }
      guard folders[entry.path.dropLast(), default: [:]].updateValue(entry, forKey: own) == nil else {
        throw reader.damaged("holds \(entry.path.joined(separator: "/").inQuotes) twice")
      }
    }
    if folders.isEmpty { throw reader.damaged("holds no file") }
    // A model may have folders of its own in which others lie, such as a backup.
    let models = folders.filter { $0.value[BundleManifest.fileName] != nil }
    let depth = models.keys.map(\.count).min()
    let outermost = models.filter { $0.key.count == depth }
    if outermost.count > 1 {
      let names = outermost.keys.map { $0.joined(separator: "/").inQuotes }.sorted()
      throw reader.damaged("holds several models, in \(names.joined(separator: ", "))")
    }
    guard let model = outermost.first else {
      throw BundleManifest.notABundle(name, "has no \(BundleManifest.fileName)")
    }
    entries = model.value
  }

  /// A file of the folder.
  ///
  /// - Throws: `StorageError`: `missing` where there is none, `notABundle` for a link and what else is no file.
  func file(_ file: String) throws(StorageError) -> FileBytes {
    let path = "\(name)/\(file)"
    guard let entry = entries[file] else {
      throw StorageError(.missing, path: path, problem: "is not in the archive", advice: "make the archive again")
    }
    switch entry.kind {
    case .file: return FileBytes(copying: Array(archive[entry.content]), path: path)
    case .link:
      throw StorageError(
        .notABundle, path: path, problem: "is a link in the archive, and what it points to is not",
        advice: "make the archive again with the files themselves (tar --dereference --hard-dereference)")
    case .folder, .other:
      throw StorageError(
        .notABundle, path: path, problem: "is no plain file in the archive",
        advice: "make the archive again, without options for files with holes")
    }
  }
}
