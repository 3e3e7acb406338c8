#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes flat folders so that a reader sees all files of a folder or none.
enum AtomicFolder {
  /// Writes a folder with these files to `path`; when it returns, everything is on the disk.
  ///
  /// The files go into a hidden folder beside `path`, which then takes the name. With `overwrite`, a folder that
  /// `checkReplaceable` does not refuse makes way and is deleted afterwards. After an error, what was at `path` before is
  /// unchanged and the hidden folder is gone.
  static func write(
    to path: String, files: [BundleFile], overwrite: Bool,
    checkReplaceable: (String) throws(StorageError) -> Void
  ) throws(StorageError) {
    let place = try check(path, overwrite: overwrite, checkReplaceable: checkReplaceable)
    let temporary = place.temporary()
    guard mkdir(temporary, 0o777) == 0 else { throw .writing(path, errno) }
    do {
      for file in files {
        try Output.create("\(temporary)/\(file.name)", file.bytes, target: "\(place.path)/\(file.name)")
      }
      try Output.synchronizeFolder(temporary, target: path)
      try publish(temporary, at: place, overwrite: overwrite, checkReplaceable: checkReplaceable)
    } catch {
      remove(temporary, files.map(\.name))
      throw error
    }
    try Output.synchronizeFolder(place.folder, target: path)
  }

  /// Throws if `write` could not write to `path` as things stand now.
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
    return place
  }

  /// Gives the finished folder its name.
  private static func publish(
    _ temporary: String, at place: Place, overwrite: Bool,
    checkReplaceable: (String) throws(StorageError) -> Void
  ) throws(StorageError) {
    let code = Renaming.withoutReplacing(temporary, place.path)
    if code == 0 { return }
    guard code == EEXIST, overwrite else { throw .writing(place.path, code) }
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
    remove(temporary, Folder.names(temporary) ?? [])
  }

  /// Deletes a folder and these files in it. What cannot be deleted stays under its hidden name.
  static func remove(_ folder: String, _ names: [String]) {
    for name in names { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
