internal import CharCNNFiles

extension ModelBundle {
  /// Writes these files and their manifest as a bundle to the folder `path`, all or nothing.
  ///
  /// When it returns, everything is on the disk. The same files always give the same bytes. With `overwrite`, an older
  /// bundle at `path` is exchanged in one step where the system can do that; see ``checkWritable(path:overwrite:)`` for
  /// what is never overwritten. Throws `exists`, `notWritable`, `diskFull`, `writeFailed` or `invalidName`; after these
  /// errors, what was there before is unchanged and nothing else is left behind. `unconfirmed` is thrown where the new bundle
  /// is in its place and the disk did not confirm it; an older bundle is kept then, under the hidden name that the error
  /// tells, until the next writing to `path`.
  public static func write(to path: String, files: [BundleFile], overwrite: Bool = false) throws(StorageError) {
    try AtomicFolder.write(
      to: path, files: withManifest(files, path: path), overwrite: overwrite, checkReplaceable: checkReplaceable)
  }

  /// These files and their manifest in one piece, an uncompressed archive of `tar`, for those who keep models elsewhere than
  /// in folders. The same files always give the same bytes. Throws `invalidName`.
  public static func archive(_ files: [BundleFile]) throws(StorageError) -> [UInt8] {
    for file in files where file.name.utf8.count > TarArchive.longestName {
      throw StorageError(
        .invalidName, path: "(memory)/\(file.name)", problem: "has a name of more than \(TarArchive.longestName) bytes",
        advice: "choose a shorter name")
    }
    return TarArchive.bytes(try withManifest(files, path: "(memory)"))
  }

  private static func withManifest(_ files: [BundleFile], path: String) throws(StorageError) -> [BundleFile] {
    var names: Set<String> = [BundleManifest.fileName]
    for file in files {
      // Some file systems take names for the same that differ by case only.
      guard BundleFile.isPlain(file.name), names.insert(file.name.lowercased()).inserted else {
        throw StorageError(
          .invalidName, path: "\(path)/\(file.name)", problem: "is taken or not a plain file name",
          advice: "choose another name")
      }
    }
    return files + [try BundleManifest(describing: files).encoded()]
  }

  /// Throws the error that ``write(to:files:overwrite:)`` would throw as things stand now, so that a long training does
  /// not end with it.
  ///
  /// Without `overwrite` nothing may be at `path`. With it, an empty folder or a bundle may be there, but no file, no
  /// link, no other folder, and no bundle into which somebody has put files of their own. What killed processes left unfinished
  /// of a bundle at `path` is deleted.
  public static func checkWritable(path: String, overwrite: Bool) throws(StorageError) {
    try AtomicFolder.check(path, overwrite: overwrite, checkReplaceable: checkReplaceable)
  }

  /// Throws unless the folder may be deleted: it is empty, or has nothing in it but what belongs to a bundle.
  private static func checkReplaceable(_ folder: String) throws(StorageError) {
    guard let names = Folder.names(folder) else {
      throw StorageError(
        .exists, path: folder, problem: "exists already and cannot be looked into", advice: "choose another path")
    }
    if names.isEmpty { return }
    let manifest: BundleManifest
    do {
      manifest = try BundleManifest(readingFrom: folder)
    } catch  where error.kind == .newerVersion {
      throw StorageError(
        .exists, path: folder, problem: "was written by a newer version and is not overwritten",
        advice: "choose another path or delete it yourself")
    } catch {
      throw StorageError(
        .exists, path: folder, problem: "is a folder that is not a bundle and is not overwritten",
        advice: "choose another path or delete it yourself")
    }
    // File managers leave their own files behind; nobody misses those.
    let ours: Set<String> = [BundleManifest.fileName, ".DS_Store"]
    for name in names {
      let isListed = manifest.files[name] != nil || ours.contains(name)
      if isListed && !Folder.isFolder("\(folder)/\(name)") { continue }
      throw StorageError(
        .exists, path: folder, problem: "holds \(name.inQuotes), which is not part of the bundle and would be lost",
        advice: "move it away or choose another path")
    }
  }
}
