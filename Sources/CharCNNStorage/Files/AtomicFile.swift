internal import CharCNNFiles

/// Writes single files so that a reader sees the whole file or none.
public enum AtomicFile {
  /// Writes `bytes` to `path` by way of a temporary file in the same folder; when it returns, they are on the disk.
  ///
  /// A symbolic link is followed, so that the link stays. A device or a pipe is written to as it is. Throws `exists` if
  /// there is something already and `overwrite` is false or it is a folder, `notWritable`, `diskFull`, `writeFailed` or
  /// `invalidName`; after these errors, what was there before is unchanged. After `unconfirmed` the file is in its place.
  public static func write(_ bytes: [UInt8], to path: String, overwrite: Bool = false) throws(StorageError) {
    let (place, permissions) = try target(path, overwrite: overwrite)
    guard let permissions else {
      return try StorageError.whileWriting(path) { () throws(SystemError) in try Output.writeInPlace(path, bytes) }
    }
    let temporary = place.temporary()
    try StorageError.whileWriting(path) { () throws(SystemError) in
      try Output.create(temporary, bytes, permissions: permissions)
    }
    try publish(temporary, at: place, overwrite: overwrite, path: path)
  }

  /// Refuses what ``write(_:to:overwrite:)`` would refuse, before long work whose result goes there.
  package static func checkWritable(_ path: String, overwrite: Bool) throws(StorageError) {
    _ = try target(path, overwrite: overwrite)
  }

  /// Where writing to `path` leads, with the permissions of a new file; nil for a device or a pipe, which is written to as
  /// it is.
  static func target(_ path: String, overwrite: Bool) throws(StorageError) -> (place: Place, permissions: mode_t?) {
    var place = try Place(path)
    var occupant = try place.occupant()
    if occupant == .link {
      guard overwrite else { throw .writing(path, EEXIST) }
      var status = stat()
      // Pipes behind /dev/stdout have a target that is no path, so only the kind is asked for here.
      guard stat(path, &status) == 0 else { throw .writing(path, errno) }
      if status.st_mode & S_IFMT == S_IFREG, let target = realpath(path, nil) {
        place = try Place(String(cString: target))
        free(target)
        occupant = try place.occupant()
      } else {
        occupant = status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
      }
    }
    switch occupant {
    case .nothing: return (place, 0o666)
    case .other: return (place, nil)
    case .file(let current) where overwrite: return (place, current)
    case .folder:
      throw StorageError(
        .exists, path: path, problem: "is a folder, which is not replaced by a file", advice: "choose another path")
    default: throw .writing(path, EEXIST)
    }
  }

  /// Gives a finished file its name. After an error it is deleted, except after `unconfirmed`: then it has its name.
  static func publish(_ temporary: String, at place: Place, overwrite: Bool, path: String) throws(StorageError) {
    let code = overwrite ? replace(temporary, place.path) : Renaming.withoutReplacing(temporary, place.path)
    guard code == 0 else {
      unlink(temporary)
      throw .writing(path, code)
    }
    do throws(SystemError) {
      try Output.synchronizeFolder(place.folder)
    } catch {
      throw .unconfirmed(path, .writing(path, error.code))
    }
  }

  private static func replace(_ old: String, _ new: String) -> Int32 {
    rename(old, new) == 0 ? 0 : errno
  }
}
