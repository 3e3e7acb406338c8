/// The steps of writing safely: every byte is checked, and nothing counts as written before it is on the disk.
package enum Output {
  /// Creates the file `path`, which must not exist, with these bytes and waits until they are on the disk. After an error
  /// there is no file.
  package static func create(_ path: String, _ bytes: [UInt8], permissions: mode_t = 0o666) throws(SystemError) {
    let descriptor = try open(path, permissions: permissions)
    do {
      try writeAll(descriptor, bytes)
    } catch {
      discard(descriptor, path)
      throw error
    }
    try finish(descriptor, path)
  }

  /// Creates the file `path`, which must not exist, and opens it for writing.
  package static func open(_ path: String, permissions: mode_t) throws(SystemError) -> Int32 {
    let descriptor = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// Closes a file of ``open(_:permissions:)`` and deletes it.
  package static func discard(_ descriptor: Int32, _ path: String) {
    close(descriptor)
    unlink(path)
  }

  /// Waits until a file is on the disk and closes it. After an error it is deleted.
  package static func finish(_ descriptor: Int32, _ path: String) throws(SystemError) {
    do {
      try synchronize(descriptor)
    } catch {
      discard(descriptor, path)
      throw error
    }
    // Some network file systems report a full disk only here.
    guard close(descriptor) == 0 else {
      let error = SystemError.last
      unlink(path)
      throw error
    }
  }

  /// Writes to something that is there already and is no regular file: a pipe, a terminal, a device.
  package static func writeInPlace(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    let descriptor = systemOpen(path, O_WRONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    try writeAll(descriptor, bytes)
  }

  /// Waits until the entries of a folder are on the disk. File systems that cannot do that are left alone.
  package static func synchronizeFolder(_ path: String) throws(SystemError) {
    let descriptor = systemOpen(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    // A folder that may be written but not listed cannot be synchronized; the rename itself is still atomic.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    try synchronize(descriptor)
  }

  /// Writes at the present place of an open file.
  package static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws(SystemError) {
    let code = bytes.withUnsafeBytes { Descriptor.writeAll($0, to: descriptor) }
    guard code == 0 else { throw SystemError(code) }
  }

  private static func synchronize(_ descriptor: Int32) throws(SystemError) {
    #if canImport(Darwin)
    // fsync leaves the bytes in the drive's own memory there.
    if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    #endif
    while fsync(descriptor) != 0 {
      switch errno {
      case EINTR: continue
      case EINVAL, ENOTSUP, EROFS: return
      default: throw .last
      }
    }
  }
}

/// The system's function, which the type's own hides.
private func systemOpen(_ path: String, _ flags: Int32, _ permissions: mode_t) -> Int32 {
  open(path, flags, permissions)
}
