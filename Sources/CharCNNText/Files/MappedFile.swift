#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// When a file was last written to.
private struct FileTime: Equatable {
  private let seconds: Int
  private let nanoseconds: Int

  init(_ status: stat) {
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    seconds = time.tv_sec
    nanoseconds = time.tv_nsec
  }
}

/// The bytes of a file, mapped where that can be done, so that the file may be larger than memory.
///
/// `@unchecked Sendable`: the bytes are never written after `init`, and belong to this object until it goes.
final class MappedFile: @unchecked Sendable {
  /// The path as it was given.
  let path: String
  private let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool
  private let device: dev_t
  private let number: ino_t
  private let modified: FileTime

  /// Opens a file.
  init(path: String) throws(DataError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw DataError(
        .unreadable, path: path, problem: "is a folder where a file was expected", advice: "name a file")
    }
    device = status.st_dev
    number = status.st_ino
    modified = FileTime(status)
    if status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 {
      let size = Int(status.st_size)
      guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
        throw Self.failure(path)
      }
      bytes = UnsafeRawBufferPointer(start: address, count: size)
      isMapped = true
    } else {
      // Pipes, and files of the system that do not know their size.
      bytes = try Self.readAll(descriptor, path: path)
      isMapped = false
    }
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  /// Lends the bytes to `body`.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes.assumingMemoryBound(to: UInt8.self))
  }

  /// Throws if the file has been shortened: reading what is gone would end the process with a signal. What takes the place
  /// of the file by renaming leaves the mapping whole.
  func checkLength() throws(DataError) {
    guard isMapped else { return }
    var status = stat()
    guard stat(path, &status) == 0, status.st_dev == device, status.st_ino == number, Int(status.st_size) < bytes.count
    else { return }
    throw DataError(
      .unreadable, path: path, problem: "has become shorter, from \(bytes.count) to \(status.st_size) bytes",
      advice: "keep the file as it is while it is in use")
  }

  /// Throws if the file has been written to since it was opened: what is read again may not be what was read before.
  func checkUnchanged(line: Int? = nil) throws(DataError) {
    guard isMapped else { return }
    var status = stat()
    guard stat(path, &status) == 0, status.st_dev == device, status.st_ino == number,
      Int(status.st_size) != bytes.count || FileTime(status) != modified
    else { return }
    throw DataError(
      .unreadable, path: path, line: line, problem: "the file has changed since it was opened",
      advice: "keep the file as it is while it is in use")
  }

  private static func readAll(_ descriptor: Int32, path: String) throws(DataError) -> UnsafeRawBufferPointer {
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      if count == 0 { break }
      content.append(contentsOf: piece[..<count])
    }
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 16)
    copy.copyBytes(from: content)
    return UnsafeRawBufferPointer(copy)
  }

  private static func failure(_ path: String) -> DataError {
    let code = errno
    if code == ENOENT || code == ENOTDIR {
      return DataError(.missingFile, path: path, problem: "there is no such file", advice: "check the path")
    }
    return DataError(
      .unreadable, path: path, problem: "cannot be read (\(String(cString: strerror(code))))",
      advice: "check the file and its permissions")
  }
}
