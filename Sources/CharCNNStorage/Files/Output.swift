internal import CharCNNFiles

/// The steps of writing safely: every byte is checked, and nothing counts as written before it is on the disk.
package enum Output {
  /// Creates the file `path`, which must not exist, with these bytes and waits until they are on the disk.
  ///
  /// Messages name `target`, the path the user knows. After an error there is no file.
  static func create(
    _ path: String, _ bytes: [UInt8], permissions: mode_t = 0o666, target: String
  ) throws(StorageError) {
    let descriptor = try open(path, permissions: permissions, target: target)
    do {
      try writeAll(descriptor, bytes, target: target)
    } catch {
      discard(descriptor, path)
      throw error
    }
    try finish(descriptor, path, target: target)
  }

  /// Creates the file `path`, which must not exist, and opens it for writing.
  static func open(_ path: String, permissions: mode_t, target: String) throws(StorageError) -> Int32 {
    let descriptor = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw .writing(target, errno) }
    return descriptor
  }

  /// Closes a file of ``open(_:permissions:target:)`` and deletes it.
  static func discard(_ descriptor: Int32, _ path: String) {
    close(descriptor)
    unlink(path)
  }

  /// Waits until a file is on the disk and closes it. After an error it is deleted.
  static func finish(_ descriptor: Int32, _ path: String, target: String) throws(StorageError) {
    do throws(StorageError) {
      try synchronize(descriptor, target: target)
    } catch {
      discard(descriptor, path)
      throw error
    }
    // Some network file systems report a full disk only here.
    guard close(descriptor) == 0 else {
      let code = errno
      unlink(path)
      throw .writing(target, code)
    }
  }

  /// Writes to something that is there already and is no regular file: a pipe, a terminal, a device.
  static func writeInPlace(_ path: String, _ bytes: [UInt8]) throws(StorageError) {
    let descriptor = systemOpen(path, O_WRONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw .writing(path, errno) }
    defer { close(descriptor) }
    try writeAll(descriptor, bytes, target: path)
  }

  /// Waits until the entries of a folder are on the disk. File systems that cannot do that are left alone.
  package static func synchronizeFolder(_ path: String, target: String) throws(StorageError) {
    let descriptor = systemOpen(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    // A folder that may be written but not listed cannot be synchronized; the rename itself is still atomic.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    try synchronize(descriptor, target: target)
  }

  /// Writes at the present place of an open file.
  static func writeAll(_ descriptor: Int32, _ bytes: [UInt8], target: String) throws(StorageError) {
    let code = bytes.withUnsafeBytes { Descriptor.writeAll($0, to: descriptor) }
    guard code == 0 else { throw .writing(target, code) }
  }

  private static func synchronize(_ descriptor: Int32, target: String) throws(StorageError) {
    #if canImport(Darwin)
      // fsync leaves the bytes in the drive's own memory there.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    #endif
    while fsync(descriptor) != 0 {
      switch errno {
      case EINTR: continue
      case EINVAL, ENOTSUP, EROFS: return
      default: throw .writing(target, errno)
      }
    }
  }
}

/// The system's function, which the type's own hides.
private func systemOpen(_ path: String, _ flags: Int32, _ permissions: mode_t) -> Int32 {
  open(path, flags, permissions)
}
