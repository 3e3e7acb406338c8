internal import CharCNNFiles

/// The bytes of one file, mapped into memory, with its path for messages.
///
/// What this library writes is never changed in place but replaced by a rename, which leaves the mapping whole.
package struct FileBytes: Sendable {
  /// The file, for messages.
  package let path: String
  private let content: MappedBytes

  /// Maps the regular file at `path` (symbolic links are followed).
  package init(mapping path: String) throws(StorageError) {
    self = try Self.withFile(path) { (descriptor, count) throws(SystemError) in
      FileBytes(path: path, content: try MappedBytes(mapping: descriptor, count: count))
    }
  }

  /// Reads the regular file at `path` into memory: for files that others may change in place while they are in use, which would end a program
  /// that has them mapped. What is shortened while it is read is as short as it is then.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - most: Bytes that are read at most.
  /// - Throws: `StorageError` where it is not there or cannot be read.
  package init(reading path: String, atMost most: Int = .max) throws(StorageError) {
    self = try Self.withFile(path) { (descriptor, size) throws(SystemError) in
      let count = min(size, most)
      var bytes = [UInt8](repeating: 0, count: count)
      var read = 0
      while read < count {
        let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress! + read, count - read, off_t(read)) }
        if got < 0, errno == EINTR { continue }
        if got < 0 { throw SystemError.last }
        if got == 0 { break }
        read += got
      }
      bytes.removeLast(count - read)
      return FileBytes(copying: bytes, path: path)
    }
  }

  private init(path: String, content: MappedBytes) { (self.path, self.content) = (path, content) }

  private static func withFile(
    _ path: String, _ body: (_ descriptor: Int32, _ count: Int) throws(SystemError) -> FileBytes
  ) throws(StorageError) -> FileBytes {
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
    do { return try body(descriptor, Int(status.st_size)) } catch { throw .reading(path, error.code) }
  }

  /// A copy of `bytes` that stands for the file `path`.
  package init(copying bytes: [UInt8], path: String) {
    self.path = path
    content = MappedBytes(copying: bytes)
  }

  /// The size in bytes.
  package var count: Int { content.count }

  /// Calls `body` with the bytes, which are valid during the call only.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try content.withBytes(body)
  }
}
