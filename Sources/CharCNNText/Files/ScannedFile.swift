internal import CharCNNFiles

/// The bytes of one file while it is read, and errors that point into them.
struct ScannedFile {
  let bytes: UnsafeBufferPointer<UInt8>
  let path: String

  var count: Int { bytes.count }

  /// The offset where the text begins, after a byte order mark.
  var textStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  subscript(offset: Int) -> UInt8 { bytes[offset] }

  /// An offset behind the byte order marks that stand there: files that were joined have them in the middle. All are
  /// left behind, so that a record that begins here is the same when it is read again by its offset.
  @inline(__always)
  func behindMarks(_ offset: Int) -> Int {
    var offset = offset
    while offset + 2 < count, bytes[offset] == 0xEF, bytes[offset + 1] == 0xBB, bytes[offset + 2] == 0xBF {
      offset += 3
    }
    return offset
  }

  /// The offset of a byte in a range, or the range's end.
  @inline(__always)
  func find(_ byte: UInt8, from start: Int, to end: Int) -> Int {
    guard start < end, let base = bytes.baseAddress, let hit = memchr(base + start, Int32(byte), end - start) else {
      return end
    }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// How often a byte occurs in a range.
  func count(of byte: UInt8, from start: Int, to end: Int) -> Int {
    bytes[start..<end].reduce(0) { $0 + ($1 == byte ? 1 : 0) }
  }

  /// Whether carriage returns stand here, one or several, and the line, or the file, ends after them.
  func isLineEnd(_ offset: Int) -> Bool {
    var position = offset
    while position < count, bytes[position] == 0x0D { position += 1 }
    return position > offset && (position == count || bytes[position] == 0x0A)
  }

  /// The end of a line without the carriage returns before it: one in files of Windows, two where such a file was written
  /// as text once more.
  @inline(__always)
  func withoutCarriageReturns(_ lineEnd: Int, from start: Int) -> Int {
    var end = lineEnd
    while end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }

  /// Whether the range holds nothing but spaces and tabs.
  func isBlank(_ start: Int, _ end: Int) -> Bool {
    bytes[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// The text of a range of a record that begins at `recordStart` on line `line`.
  @inline(__always)
  func string(_ start: Int, _ end: Int, recordStart: Int, line: Int) throws(DataError) -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[start..<end])
    if let zero = TextBytes.firstZero(in: UnsafeRawBufferPointer(slice)) {
      let (problem, advice) = TextBytes.zeroProblem
      throw error(
        .zeroByte, at: start + zero, recordStart: recordStart, line: line, problem: problem, advice: advice)
    }
    if let text = String(validating: slice, as: UTF8.self) { return text }
    let offset = start + (UTF8Scan.firstInvalid(in: UnsafeRawBufferPointer(slice)) ?? 0)
    throw error(
      .invalidUTF8, at: offset, recordStart: recordStart, line: line,
      problem: "the bytes here are not UTF-8", advice: "convert the file to UTF-8")
  }

  /// An error at an offset of a record.
  func error(
    _ kind: DataError.Kind, at offset: Int, recordStart: Int, line: Int, problem: String, advice: String
  ) -> DataError {
    var lineStart = recordStart
    var line = line
    while true {
      let end = find(0x0A, from: lineStart, to: min(offset, count))
      guard end < min(offset, count) else { break }
      lineStart = end + 1
      line += 1
    }
    return DataError(kind, path: path, line: line, column: offset - lineStart + 1, problem: problem, advice: advice)
  }

  /// Refuses what is certainly not UTF-8 text.
  func checkEncoding() throws(DataError) {
    if count == 0 {
      throw DataError(.emptyFile, path: path, problem: "the file is empty", advice: "name a file with records")
    }
    if let foreign = ForeignBytes(UnsafeRawBufferPointer(bytes)) { throw foreign.error(path: path) }
  }
}
