internal import CharCNNFiles

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

/// The bytes of a file, mapped, so that the file may be larger than memory. What is no UTF-8, and the content of pipes, is
/// copied into a nameless file first.
final class MappedFile: Sendable {
  /// What messages call it.
  let path: String
  /// What was done to read it, such as `in UTF-16LE`; nil for what is read as it stands.
  let conversion: String?
  /// What is wrong with the first bytes that the file's encoding does not have; nil for none.
  let fault: DataError?
  private let bytes: MappedBytes
  /// Whether the bytes are the file's own, which can change under the reader.
  private let isOriginal: Bool
  /// Size of the file itself.
  private let size: Int
  private let device: dev_t
  private let number: ino_t
  private let modified: FileTime

  /// The name that stands for standard input.
  static let standardInput = "-"

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file; `-` for standard input.
  ///   - encoding: Its encoding; nil for UTF-8, or UTF-16 with a mark.
  ///   - keepsFaults: Whether bytes that the encoding does not have are kept as ``fault``, and as bytes that are not UTF-8;
  ///     otherwise they are an error.
  /// - Throws: `DataError` where it cannot be read, or has bytes that the encoding has not.
  init(path: String, encoding: FileEncoding? = nil, keepsFaults: Bool = false) throws(DataError) {
    let isInput = path == Self.standardInput
    self.path = isInput ? "standard input" : path
    let descriptor = isInput ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
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
    let isRegular = status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
    // A standard input that was read from before goes on where it is.
    let isWhole = isRegular && (!isInput || lseek(descriptor, 0, SEEK_CUR) == 0)
    let raw = isWhole ? try Self.map(descriptor, path: path) : try Self.copy(descriptor, path: self.path)
    size = raw.count
    let name = self.path
    let converted = try raw.withBytes { bytes throws(DataError) in
      try Self.converted(bytes, encoding: encoding, path: name)
    }
    bytes = converted?.bytes ?? raw
    isOriginal = isWhole && converted == nil
    conversion = converted?.summary
    fault = converted?.fault
    if let fault, !keepsFaults { throw fault }
  }

  /// The bytes in UTF-8 with line feeds, and what was done; nil for those that can be read as they stand.
  private static func converted(
    _ bytes: UnsafeRawBufferPointer, encoding: FileEncoding?, path: String
  ) throws(DataError) -> (bytes: MappedBytes, summary: String, fault: DataError?)? {
    let text = bytes.assumingMemoryBound(to: UInt8.self)
    guard !isArchive(bytes), let conversion = FileConversion(text, stated: encoding) else { return nil }
    let scratch = try ScratchFile(for: path)
    let fault = try conversion.convert(text, path: path, to: scratch)
    return (try map(scratch.descriptor, path: path), conversion.summary, fault)
  }

  /// Whether the bytes are no text in whatever encoding; whoever reads them refuses them.
  private static func isArchive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    switch ForeignBytes(bytes) {
    case .compressed, .spreadsheet, .other: true
    case .utf16, .utf32, nil: false
    }
  }

  private static func map(_ descriptor: Int32, path: String) throws(DataError) -> MappedBytes {
    do { return try MappedBytes(mapping: descriptor) } catch { throw failure(path, error) }
  }

  /// Tells that the bytes before an offset are not needed for now; see ``MappedBytes/release(upTo:)``.
  func release(upTo offset: Int) { bytes.release(upTo: offset) }

  /// Lends the bytes to `body`.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.withBytes { bytes throws(Failure) in try body(bytes.assumingMemoryBound(to: UInt8.self)) }
  }

  /// Throws if the file has been shortened: reading what is gone would end the process with a signal. What takes the place
  /// of the file by renaming leaves the mapping whole.
  func checkLength() throws(DataError) {
    guard isOriginal else { return }
    var status = stat()
    guard stat(path, &status) == 0, status.st_dev == device, status.st_ino == number, Int(status.st_size) < size
    else { return }
    throw DataError(
      .unreadable, path: path, problem: "has become shorter, from \(size) to \(status.st_size) bytes",
      advice: "keep the file as it is while it is in use")
  }

  /// Throws if the file has been written to since it was opened: what is read again may not be what was read before.
  func checkUnchanged(line: Int? = nil) throws(DataError) {
    guard size > 0 else { return }
    var status = stat()
    guard stat(path, &status) == 0, status.st_dev == device, status.st_ino == number,
      Int(status.st_size) != size || FileTime(status) != modified
    else { return }
    throw DataError(
      .unreadable, path: path, line: line, problem: "the file has changed since it was opened",
      advice: "keep the file as it is while it is in use")
  }

  /// The rest of what is no regular file.
  private static func copy(_ descriptor: Int32, path: String) throws(DataError) -> MappedBytes {
    let scratch = try ScratchFile(for: path)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count: Int
      do { count = try Descriptor.read(descriptor, into: &piece) } catch { throw failure(path, error) }
      if count == 0 { return try map(scratch.descriptor, path: path) }
      try piece.withUnsafeBufferPointer { bytes throws(DataError) in
        try scratch.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<count]))
      }
    }
  }

  private static func failure(_ path: String, _ error: SystemError = .last) -> DataError {
    if error.code == ENOENT || error.code == ENOTDIR {
      return DataError(.missingFile, path: path, problem: "there is no such file", advice: "check the path")
    }
    return DataError(
      .unreadable, path: path, problem: "cannot be read (\(error.reason))",
      advice: "check the file and its permissions")
  }
}
