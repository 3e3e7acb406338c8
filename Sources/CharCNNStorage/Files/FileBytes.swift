internal import CharCNNFiles

/// The bytes of one file, mapped into memory: only the pages that are touched are read.
///
/// A program that shortens the file in place while it is mapped would make reading it fail with a signal. What
/// this library writes is never changed in place but replaced by a rename, which leaves the mapping whole.
///
/// Unchecked Sendable: the memory is written before `init` returns, read-only from then on, and released by `deinit`,
/// when nobody can hold the object any more.
package final class FileBytes: @unchecked Sendable {
  /// The file, for messages.
  package let path: String
  private let buffer: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Maps the regular file at `path` (symbolic links are followed).
  package init(mapping path: String) throws(StorageError) {
    try StorageError.checkPath(path)
    // Non-blocking, or opening a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .reading(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .reading(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw StorageError(
        .unreadable, path: path, problem: isFolder ? "is a folder" : "is not a regular file",
        advice: "give the path of a file")
    }
    let size = Int(status.st_size)
    self.path = path
    guard size > 0 else {
      buffer = UnsafeRawBufferPointer(start: nil, count: 0)
      isMapped = false
      return
    }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw .reading(path, errno)
    }
    buffer = UnsafeRawBufferPointer(start: start, count: size)
    isMapped = true
  }

  /// A copy of `bytes` that stands for the file `path`.
  package init(copying bytes: [UInt8], path: String) {
    self.path = path
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    copy.copyBytes(from: bytes)
    buffer = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
    } else {
      buffer.deallocate()
    }
  }

  /// The size in bytes.
  package var count: Int { buffer.count }

  /// Calls `body` with the bytes, which are valid during the call only.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(buffer)
  }
}
