internal import CharCNNFiles

/// A file without a name, on disk, for what does not lie in a file as it is needed: the content of a pipe, or of a file in
/// another encoding. It may be larger than memory, and is gone with its descriptor.
struct ScratchFile: ~Copyable {
  /// Open for reading and writing.
  let descriptor: Int32
  private let path: String

  /// - Parameter path: What it is made for, for messages.
  init(for path: String) throws(DataError) {
    self.path = path
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/charcnn-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw DataError(
        .unreadable, path: path, problem: "a copy in \(folder) cannot be made (\(SystemError.last.reason))",
        advice: "set TMPDIR to a folder with room for it")
    }
    unlink(name)
  }

  deinit { close(descriptor) }

  /// Adds bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
    let code = Descriptor.writeAll(bytes, to: descriptor)
    guard code == 0 else {
      throw DataError(
        .unreadable, path: path,
        problem: "a copy of it in the temporary folder cannot be written (\(SystemError(code).reason))",
        advice: "set TMPDIR to a folder with room for it")
    }
  }
}

/// Turns the bytes of a file into UTF-8 with line feeds.
struct FileConversion {
  /// What the bytes are.
  let encoding: FileEncoding
  /// Bytes of a mark at the beginning that are no text.
  let mark: Int
  /// Whether lines end with a carriage return alone, as they did on the first Macintosh.
  let endsLinesWithCarriageReturns: Bool

  /// What a file needs; nil for one that can be read as it stands.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - stated: Its encoding, where it is known; nil for UTF-8, or UTF-16 that its mark tells.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, stated: FileEncoding?) {
    let isLittle = bytes.starts(with: [0xFF, 0xFE]) && !bytes.starts(with: [0xFF, 0xFE, 0, 0])
    let isBig = bytes.starts(with: [0xFE, 0xFF])
    var encoding = stated ?? (isLittle ? .utf16LittleEndian : isBig ? .utf16BigEndian : .utf8)
    if encoding == .utf16 { encoding = isLittle ? .utf16LittleEndian : .utf16BigEndian }
    self.encoding = encoding
    let isMarked = isLittle && encoding == .utf16LittleEndian || isBig && encoding == .utf16BigEndian
    mark = isMarked ? 2 : 0
    endsLinesWithCarriageReturns = encoding == .utf8 && Self.hasCarriageReturnsOnly(bytes)
    if encoding == .utf8, !endsLinesWithCarriageReturns { return nil }
  }

  /// What it does, for a summary.
  var summary: String {
    endsLinesWithCarriageReturns ? "with line ends of CR alone" : "in \(encoding.name.uppercased())"
  }

  private static func hasCarriageReturnsOnly(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let lineFeed = memchr(base, 0x0A, bytes.count)
    let end = lineFeed.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
    // A line feed at the very end changes nothing.
    guard end >= bytes.count - 1, let first = memchr(base, 0x0D, end) else { return false }
    return UnsafeRawPointer(first) - UnsafeRawPointer(base) < end - 1
  }

  /// Writes the converted bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: The file's name for messages.
  ///   - file: Where to.
  /// - Returns: What is wrong with the first bytes that the encoding does not have; nil for none. In their place stands a
  ///   byte that is never part of UTF-8, so that the record that they belong to is known as faulty.
  /// - Throws: `DataError` where the file cannot be written, or the system does not know the encoding.
  func convert(
    _ bytes: UnsafeBufferPointer<UInt8>, path: String, to file: borrowing ScratchFile
  ) throws(DataError) -> DataError? {
    let bytes = UnsafeBufferPointer(rebasing: bytes[mark...])
    var line = 1
    var faultyLine: Int?
    var isGivenUp = false
    func put(_ piece: UnsafeRawBufferPointer) throws(DataError) {
      // None of the encodings makes such a byte of what it has.
      if faultyLine == nil, let fault = piece.firstIndex(of: Self.faultyByte) {
        faultyLine = line + piece[..<fault].count { $0 == 0x0A }
      }
      line += piece.count { $0 == 0x0A }
      try file.write(piece)
    }
    switch encoding {
    case .utf8:
      try replaceCarriageReturns(bytes, put)
      // Bytes that are not UTF-8 are found when they are read.
      return nil
    case .latin1: try convertLatin1(bytes, put)
    case .utf16LittleEndian, .utf16BigEndian: try convertUTF16(bytes, put)
    default:
      guard let converter = IconvConverter(encoding.name) else {
        throw DataError(
          .unrecognizedFormat, path: path, problem: "cannot be converted",
          advice: FileEncoding.unknownAdvice(encoding.name)
        )
      }
      isGivenUp = try !convert(bytes, with: converter, put)
    }
    let fault = faultyLine.map { line in
      DataError(
        .invalidUTF8, path: path, line: line, problem: "the bytes here are not \(encoding.name.uppercased())",
        advice: EncodingGuess(bytes).advice())
    }
    if isGivenUp, let fault { throw fault }
    return fault
  }

  /// Places that are faulty, after which the file is no text in this encoding at all. Each takes a call of the converter, so
  /// that a large file of other bytes would take hours.
  private static let mostFaults = 100_000

  /// Stands for bytes that the encoding does not have.
  static let faultyByte: UInt8 = 0xFF

  /// False where it gave up.
  private func convert(
    _ bytes: UnsafeBufferPointer<UInt8>, with converter: borrowing IconvConverter,
    _ put: (UnsafeRawBufferPointer) throws(DataError) -> Void
  ) throws(DataError) -> Bool {
    var rest = bytes
    var faults = 0
    while let fault = try converter.convert(rest, put) {
      faults += 1
      guard faults <= Self.mostFaults else { return false }
      try Self.put([Self.faultyByte], put)
      // The byte after a faulty one may begin a character, or be the end of the line.
      guard fault + 1 < rest.count else { return true }
      rest = UnsafeBufferPointer(rebasing: rest[(fault + 1)...])
    }
    return true
  }

  /// Bytes that are converted at once.
  private static let piece = 1 << 16

  private func replaceCarriageReturns(
    _ bytes: UnsafeBufferPointer<UInt8>, _ put: (UnsafeRawBufferPointer) throws(DataError) -> Void
  ) throws(DataError) {
    try inPieces(bytes, put) { byte, output in output.append(byte == 0x0D ? 0x0A : byte) }
  }

  private func convertLatin1(
    _ bytes: UnsafeBufferPointer<UInt8>, _ put: (UnsafeRawBufferPointer) throws(DataError) -> Void
  ) throws(DataError) {
    try inPieces(bytes, put) { byte, output in
      if byte < 0x80 {
        output.append(byte)
      } else {
        output.append(0xC0 | byte >> 6)
        output.append(0x80 | byte & 0x3F)
      }
    }
  }

  private func inPieces(
    _ bytes: UnsafeBufferPointer<UInt8>, _ put: (UnsafeRawBufferPointer) throws(DataError) -> Void,
    _ convert: (UInt8, inout [UInt8]) -> Void
  ) throws(DataError) {
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: Self.piece) {
      output.removeAll(keepingCapacity: true)
      for byte in bytes[start..<min(start + Self.piece, bytes.count)] { convert(byte, &output) }
      try Self.put(output, put)
    }
  }

  private static func put(
    _ output: [UInt8], _ write: (UnsafeRawBufferPointer) throws(DataError) -> Void
  ) throws(DataError) {
    var failure: DataError?
    output.withUnsafeBytes { bytes in
      do throws(DataError) { try write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func convertUTF16(
    _ bytes: UnsafeBufferPointer<UInt8>, _ write: (UnsafeRawBufferPointer) throws(DataError) -> Void
  ) throws(DataError) {
    let (high, low) = encoding == .utf16BigEndian ? (0, 1) : (1, 0)
    func unit(_ position: Int) -> UInt32 { UInt32(bytes[position + high]) << 8 | UInt32(bytes[position + low]) }
    var output: [UInt8] = []
    var position = 0
    while position < bytes.count {
      guard position + 1 < bytes.count else {
        output.append(Self.faultyByte)
        break
      }
      var value = unit(position)
      if (0xD800...0xDBFF).contains(value), position + 3 < bytes.count, (0xDC00...0xDFFF).contains(unit(position + 2)) {
        value = 0x10000 + (value - 0xD800) << 10 + (unit(position + 2) - 0xDC00)
        position += 2
      }
      if let scalar = Unicode.Scalar(value) {
        UTF8.encode(scalar).map { output.append(contentsOf: $0) }
      } else {
        output.append(Self.faultyByte)
      }
      position += 2
      if output.count >= Self.piece {
        try Self.put(output, write)
        output.removeAll(keepingCapacity: true)
      }
    }
    try Self.put(output, write)
  }
}
