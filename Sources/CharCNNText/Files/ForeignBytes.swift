internal import CharCNNFiles

/// What bytes are that are no text in UTF-8, as their beginning shows.
package enum ForeignBytes: Hashable, Sendable {
  /// Order of the bytes of a unit.
  package enum Order: String, Hashable, Sendable {
    case little = "LE"
    case big = "BE"
  }

  /// UTF-16, with a byte order mark or without.
  case utf16(Order, isMarked: Bool)
  /// UTF-32, with a byte order mark or without.
  case utf32(Order, isMarked: Bool)
  /// A compressed file and the command that unpacks it, without the file's name.
  case compressed(String, command: String)
  /// A workbook of a spreadsheet program.
  case spreadsheet(String)
  /// Another kind of file that holds no plain text.
  case other(String)

  /// Looks at the beginning of a file or stream; nil where nothing speaks against text in UTF-8.
  ///
  /// - Parameter bytes: The whole file where that can be had, since the names in an archive stand at its end; of a stream
  ///   the first bytes.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    if let found = Self.archive(bytes) ?? Self.marked(bytes) ?? Self.unmarked(bytes) {
      self = found
    } else {
      return nil
    }
  }

  /// What is wrong, to follow the file's name.
  package var problem: String {
    switch self {
    case .utf16: "the file is in UTF-16"
    case .utf32: "the file is in UTF-32"
    case .compressed(let kind, _): "the file is compressed (\(kind))"
    case .spreadsheet(let kind): "the file is a workbook of a spreadsheet program (\(kind))"
    case .other(let kind): "the file is no plain text but \(kind)"
    }
  }

  /// What to do about it.
  ///
  /// - Parameter path: The file; nil for a stream.
  package func advice(path: String?) -> String {
    let file = path.map(ShellText.quoted) ?? "FILE"
    switch self {
    case .utf16(let order, let isMarked):
      return "convert it: iconv -f UTF-16\(isMarked ? "" : order.rawValue) -t UTF-8 \(file) > \(Self.utf8Name(path))"
    case .utf32(let order, let isMarked):
      return "convert it: iconv -f UTF-32\(isMarked ? "" : order.rawValue) -t UTF-8 \(file) > \(Self.utf8Name(path))"
    case .compressed(_, let command): return "unpack it: \(command) \(file)"
    case .spreadsheet:
      return "save it as CSV UTF-8 in the spreadsheet program, or convert it: "
        + "libreoffice --headless --convert-to csv:\"Text - txt - csv (StarCalc)\":44,34,76 \(file)"
    case .other: return "save its text as a file in UTF-8"
    }
  }

  /// The kind of error.
  var kind: DataError.Kind {
    switch self {
    case .utf16: .utf16
    case .utf32: .utf32
    case .compressed, .spreadsheet, .other: .notText
    }
  }

  /// The error for a file or stream that begins so.
  package func error(path: String, isStream: Bool = false) -> DataError {
    let isWide: Bool
    switch self {
    case .utf16, .utf32: isWide = true
    case .compressed, .spreadsheet, .other: isWide = false
    }
    return DataError(
      kind, path: path, line: isWide ? 1 : nil, problem: problem, advice: advice(path: isStream ? nil : path))
  }

  /// `reviews.csv` becomes `reviews.utf8.csv`.
  private static func utf8Name(_ path: String?) -> String {
    guard let path else { return "NEWFILE" }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return ShellText.quoted(path + ".utf8") }
    return ShellText.quoted(String(path.dropLast(name[dot...].count)) + ".utf8" + name[dot...])
  }

  // MARK: Recognition

  private static func marked(_ bytes: UnsafeRawBufferPointer) -> Self? {
    // The mark of UTF-32 begins with that of UTF-16.
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32(.little, isMarked: true) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32(.big, isMarked: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16(.little, isMarked: true) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16(.big, isMarked: true) }
    return nil
  }

  /// Bytes that are looked at for an encoding without a mark.
  private static let looked = 4_096

  private static func unmarked(_ bytes: UnsafeRawBufferPointer) -> Self? {
    let sample = UnsafeRawBufferPointer(rebasing: bytes.prefix(looked))
    guard TextBytes.firstZero(in: sample) != nil else { return nil }
    if sample.count >= 8 {
      if units(sample, isWide: { $0[2] <= 0x10 && $0[3] == 0 }) { return .utf32(.little, isMarked: false) }
      if units(sample, isWide: { $0[0] == 0 && $0[1] <= 0x10 }) { return .utf32(.big, isMarked: false) }
    }
    return wide(sample)
  }

  /// Whether all units of four bytes are such.
  private static func units(
    _ bytes: UnsafeRawBufferPointer, isWide: (_ unit: UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    stride(from: 0, to: bytes.count & ~3, by: 4).allSatisfy {
      isWide(UnsafeRawBufferPointer(rebasing: bytes[$0..<$0 + 4]))
    }
  }

  /// UTF-16 has a zero in every character of Latin text and in the spaces and line ends of all others, always in the same
  /// one of two bytes; a text in UTF-8 that zeros have got into has few of them.
  private static func wide(_ bytes: UnsafeRawBufferPointer) -> Self? {
    var zeros = (even: 0, odd: 0)
    var controls = 0
    for (place, byte) in bytes.enumerated() {
      if byte == 0 {
        if place.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
      } else if byte < 8 {
        controls += 1
      }
    }
    let (most, least) = (max(zeros.even, zeros.odd), min(zeros.even, zeros.odd))
    guard most > 0, least * 8 <= most else { return nil }
    // Cyrillic in UTF-16 is valid UTF-8: letters and the control character 4.
    let isDense = most * 8 >= bytes.count || controls * 4 >= bytes.count
    guard isDense || UTF8Scan.firstInvalid(in: bytes).map({ $0 + 3 < bytes.count }) ?? false else { return nil }
    return .utf16(zeros.even > zeros.odd ? .big : .little, isMarked: false)
  }

  private static func archive(_ bytes: UnsafeRawBufferPointer) -> Self? {
    if bytes.starts(with: [0x1F, 0x8B]) { return .compressed("gzip", command: "gunzip -k") }
    if bytes.starts(with: [0x42, 0x5A, 0x68]), bytes.count > 4, (0x31...0x39).contains(bytes[3]), bytes[4] == 0x31 {
      return .compressed("bzip2", command: "bunzip2 -k")
    }
    if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .compressed("xz", command: "unxz -k") }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .compressed("zstd", command: "unzstd") }
    if bytes.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .compressed("7z", command: "7z x") }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      return zip(bytes)
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .spreadsheet("xls") }
    if bytes.starts(with: Array("%PDF-".utf8)) { return .other("a PDF") }
    if bytes.starts(with: Array("PAR1".utf8)), bytes.suffix(4).elementsEqual(Array("PAR1".utf8)) {
      return .other("a Parquet table")
    }
    if bytes.starts(with: Array("SQLite format 3\0".utf8)) { return .other("a database of SQLite") }
    return nil
  }

  /// Workbooks and documents are archives too; the names in an archive stand at its end, some at its beginning.
  private static func zip(_ bytes: UnsafeRawBufferPointer) -> Self {
    let ends = [bytes.prefix(4_096), bytes.suffix(1 << 16)]
    func holds(_ name: String) -> Bool {
      ends.contains { contains(Array(name.utf8), in: UnsafeRawBufferPointer(rebasing: $0)) }
    }
    if ["xl/workbook", "xl/_rels/", "xl/worksheets/", "xl/sharedStrings"].contains(where: holds) {
      return .spreadsheet("xlsx")
    }
    if holds("opendocument.spreadsheet") { return .spreadsheet("ods") }
    if holds("word/document") { return .other("a document (docx)") }
    if holds("opendocument.text") { return .other("a document (odt)") }
    return .compressed("zip", command: "unzip")
  }

  private static func contains(_ wanted: [UInt8], in bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= wanted.count else { return wanted.isEmpty }
    return (0...bytes.count - wanted.count).contains { start in
      bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}

/// Bytes that stand in no text.
package enum TextBytes {
  /// The offset of the first byte zero.
  package static func firstZero(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, let hit = memchr(base, 0, bytes.count) else { return nil }
    return UnsafeRawPointer(hit) - base
  }

  /// What is wrong with a byte zero, and what to do.
  package static let zeroProblem = (
    problem: "there is a byte zero (NUL), which no text has",
    advice: "remove such bytes (tr -d '\\000'), or convert the file where it is in UTF-16: iconv -f UTF-16LE -t UTF-8"
  )
}
