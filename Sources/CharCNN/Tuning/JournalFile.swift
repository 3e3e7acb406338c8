import CharCNNFiles
import CharCNNStorage

/// A file that grows by lines and that one program at a time writes. The system takes the lock back from a killed process.
final class JournalFile: Sendable {
  let path: String
  private let descriptor: Int32

  /// Opens a file, or makes one, and keeps others out of it.
  ///
  /// - Throws: `StorageError` where it cannot be opened or is no file, and `inUse` where somebody else writes it.
  init(_ path: String) throws(StorageError) {
    try StorageError.checkPath(path)
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .writing(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw StorageError(.exists, path: path, problem: "is no file", advice: "choose another place")
    }
    // File systems that know no locks go without.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw StorageError(
        .inUse, path: path, problem: "is in use by another search", advice: "wait for its end or choose another output")
    }
    (self.path, self.descriptor) = (path, descriptor)
  }

  /// Cuts off a line that was being written when the program before was killed.
  ///
  /// - Parameter count: Bytes of the whole lines.
  func cut(to count: Int) throws(StorageError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw .writing(path, errno) }
  }

  /// Adds bytes at the end, and waits until the disk has them. Of bytes that do not fit nothing stays.
  func append(_ bytes: [UInt8]) throws(StorageError) {
    let end = lseek(descriptor, 0, SEEK_END)
    let failure = bytes.withUnsafeBytes { Descriptor.writeAll($0, to: descriptor) }
    if failure != 0 {
      if end >= 0 { ftruncate(descriptor, end) }
      throw .writing(path, failure)
    }
    if fsync(descriptor) != 0, errno != EINVAL { throw .writing(path, errno) }
  }

  deinit {
    // Nothing was written: what is not there needs no --resume.
    if lseek(descriptor, 0, SEEK_END) == 0 { unlink(path) }
    // Said outright, not left to the closing: a process that is being started has a copy of every descriptor for a
    // moment, and the lock would last as long as the last copy.
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
