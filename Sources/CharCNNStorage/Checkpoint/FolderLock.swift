internal import CharCNNFiles

/// Keeps others out of a folder as long as it lives. The system takes the lock back from a killed process.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Locks the folder. Throws `inUse` if somebody has it.
  init(_ path: String) throws(StorageError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .reading(path, errno) }
    // File systems that know no locks go without.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw StorageError(
        .inUse, path: path, problem: "is in use by another training",
        advice: "wait for its end or choose another folder")
    }
    self.descriptor = descriptor
  }

  /// Locks the folder if it can be locked and nobody has done so; nil otherwise, also where the file system knows no locks.
  init?(ifFree path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit {
    // Said outright, not left to the closing: a process that is being started has a copy of every descriptor for a
    // moment, and the lock would last as long as the last copy.
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
