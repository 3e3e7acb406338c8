#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes single files so that a reader sees the whole file or none.
public enum AtomicFile {
  /// Writes `bytes` to `path` by way of a temporary file in the same folder; when it returns, they are on the disk.
  ///
  /// A symbolic link is followed, so that the link stays. A device or a pipe is written to as it is. Throws `exists` if
  /// there is something already and `overwrite` is false or it is a folder, `notWritable`, `diskFull` or `invalidName`;
  /// after an error, what was there before is unchanged.
  public static func write(_ bytes: [UInt8], to path: String, overwrite: Bool = false) throws(StorageError) {
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
    var permissions: mode_t = 0o666
    switch occupant {
    case .nothing: break
    case .other: return try Output.writeInPlace(path, bytes)
    case .file(let current) where overwrite: permissions = current
    default: throw .writing(path, EEXIST)
    }
    let temporary = place.temporary()
    try Output.create(temporary, bytes, permissions: permissions, target: path)
    let code = overwrite ? replace(temporary, place.path) : Renaming.withoutReplacing(temporary, place.path)
    guard code == 0 else {
      unlink(temporary)
      throw .writing(path, code)
    }
    try Output.synchronizeFolder(place.folder, target: path)
  }

  private static func replace(_ old: String, _ new: String) -> Int32 {
    rename(old, new) == 0 ? 0 : errno
  }
}
