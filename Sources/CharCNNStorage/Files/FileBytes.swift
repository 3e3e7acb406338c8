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
    self.path = path
    do { content = try MappedBytes(mapping: descriptor, count: Int(status.st_size)) } catch {
      throw .reading(path, error.code)
    }
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
