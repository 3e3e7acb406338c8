internal import CharCNNFiles

/// Writes flat folders so that a reader sees all files of a folder or none.
package enum AtomicFolder {
  /// Writes a folder with these files to `path`; when it returns, everything is on the disk.
  ///
  /// The files go into a hidden folder beside `path`, which then takes the name. With `overwrite`, a folder that
  /// `checkReplaceable` does not refuse makes way and is deleted once the new one is on the disk under its name. After an
  /// error, what was at `path` before is unchanged and the hidden folder is gone; but after `unconfirmed` the new folder is
  /// in its place, and the one before lies under the hidden name that the error tells.
  ///
  /// - Parameter synchronizeParent: Waits until the folder's new name is on the disk; tests let it fail.
  package static func write(
    to path: String, files: [BundleFile], overwrite: Bool,
    checkReplaceable: (String) throws(StorageError) -> Void,
    synchronizeParent: (String, String) throws(StorageError) -> Void = { folder, target throws(StorageError) in
      try StorageError.whileWriting(target) { () throws(SystemError) in try Output.synchronizeFolder(folder) }
    }
  ) throws(StorageError) {
    let place = try check(path, overwrite: overwrite, checkReplaceable: checkReplaceable)
    let temporary = place.temporary()
    guard mkdir(temporary, 0o777) == 0 else { throw .writing(path, errno) }
    // Tells `sweep` that somebody is at work. A lock that cannot be had protects nothing, and is no reason to fail.
    let lock = try? FolderLock(temporary)
    defer { withExtendedLifetime(lock) {} }
    let hasReplaced: Bool
    do {
      for file in files {
        try StorageError.whileWriting("\(place.path)/\(file.name)") { () throws(SystemError) in
          try Output.create("\(temporary)/\(file.name)", file.bytes)
        }
      }
      try StorageError.whileWriting(path) { () throws(SystemError) in try Output.synchronizeFolder(temporary) }
      hasReplaced = try publish(temporary, at: place, overwrite: overwrite, checkReplaceable: checkReplaceable)
    } catch {
      remove(temporary, files.map(\.name))
      throw error
    }
    do throws(StorageError) {
      try synchronizeParent(place.folder, path)
    } catch {
      throw .unconfirmed(path, error, before: hasReplaced ? temporary : nil)
    }
    if hasReplaced { remove(temporary, Folder.names(temporary) ?? []) }
  }

  /// Throws if `write` could not write to `path` as things stand now. Deletes what killed writers of `path` left unfinished.
  @discardableResult
  static func check(
    _ path: String, overwrite: Bool, checkReplaceable: (String) throws(StorageError) -> Void
  ) throws(StorageError) -> Place {
    let place = try Place(path)
    switch try place.occupant() {
    case .nothing: break
    case .folder where overwrite: try checkReplaceable(place.path)
    case .link where overwrite:
      throw StorageError(
        .exists, path: path, problem: "is a symbolic link, which is not replaced",
        advice: "give the path of the folder it points to")
    case _ where overwrite:
      throw StorageError(
        .exists, path: path, problem: "is not a folder and is not replaced", advice: "choose another path")
    default: throw .writing(path, EEXIST)
    }
    sweep(place)
    return place
  }

  /// Deletes the hidden folders of writers to this place that no process owns any more.
  ///
  /// A writer locks its folder before it makes the first file, and the system takes the lock back when it ends: a folder
  /// with files that can be locked is nobody's. Where the file system knows no locks, nothing is deleted.
  private static func sweep(_ place: Place) {
    for name in Folder.names(place.folder) ?? [] where place.isTemporary(name) {
      let folder = place.sibling(name)
      // An empty one is not even locked: its writer may be about to do that.
      guard Folder.names(folder)?.isEmpty == false, let lock = FolderLock(ifFree: folder) else { continue }
      remove(folder, Folder.names(folder) ?? [])
      withExtendedLifetime(lock) {}
    }
  }

  /// Gives the finished folder its name. Returns whether another one was there, which has the hidden name now.
  private static func publish(
    _ temporary: String, at place: Place, overwrite: Bool,
    checkReplaceable: (String) throws(StorageError) -> Void
  ) throws(StorageError) -> Bool {
    let code = Renaming.withoutReplacing(temporary, place.path)
    if code == 0 { return false }
    guard code == EEXIST, overwrite else { throw .writing(place.path, code) }
    // Under the hidden name, it is not to be swept away by another writer either before this one says so.
    let lock = try? FolderLock(place.path)
    defer { withExtendedLifetime(lock) {} }
    let spare = place.temporary()
    let exchanged = Renaming.exchange(temporary, place.path, spare: spare)
    guard exchanged == 0 else { throw .writing(place.path, exchanged) }
    // Somebody may have put something there since the check; only now nobody can any more.
    do throws(StorageError) {
      guard case .folder = try Place(temporary).occupant() else { throw StorageError.writing(place.path, EEXIST) }
      try checkReplaceable(temporary)
    } catch {
      _ = Renaming.exchange(temporary, place.path, spare: spare)
      throw StorageError(error.kind, path: place.path, problem: error.problem, advice: error.advice)
    }
    return true
  }

  /// Deletes a folder and these files in it. What cannot be deleted stays under its hidden name.
  static func remove(_ folder: String, _ names: [String]) {
    for name in names { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
