import CharCNNFiles

/// The encoding that the first line of a thesaurus names.
enum ThesaurusEncoding: Equatable {
  case utf8
  case other(FileEncoding)

  /// Reads the line.
  init(firstLineOf file: ScannedFile, _ scanner: inout LineScanner) throws(DataError) {
    guard scanner.next(in: file) else {
      throw DataError(
        .emptyFile, path: file.path, problem: "the file has no line with its encoding", advice: "name a thesaurus")
    }
    let name = String(decoding: file.bytes[scanner.start..<scanner.end], as: UTF8.self)
    guard let encoding = Self.known(name) else {
      throw DataError(
        .unrecognizedFormat, path: file.path, line: scanner.line,
        problem: "\"\(name.prefix(40))\" is not an encoding that is known",
        advice: "convert the file to UTF-8 (iconv -t UTF-8) and write UTF-8 into its first line")
    }
    self = encoding
  }

  private static func known(_ name: String) -> ThesaurusEncoding? {
    switch name.uppercased().filter({ $0.isLetter || $0.isNumber }) {
    case "UTF8", "ASCII", "USASCII": .utf8
    case "ISO88591", "LATIN1": .other(.latin1)
    case "ISO88592", "LATIN2": FileEncoding(name: "iso-8859-2").map { .other($0) }
    case "MICROSOFTCP1250", "WINDOWS1250", "CP1250": FileEncoding(name: "windows-1250").map { .other($0) }
    case "MICROSOFTCP1251", "WINDOWS1251", "CP1251": FileEncoding(name: "windows-1251").map { .other($0) }
    case "WINDOWS1252", "CP1252": FileEncoding(name: "windows-1252").map { .other($0) }
    default: nil
    }
  }

  /// The current line of a scanner.
  func decode(_ file: ScannedFile, _ scanner: LineScanner) throws(DataError) -> String {
    switch self {
    case .utf8:
      return try file.string(scanner.start, scanner.end, recordStart: scanner.start, line: scanner.line)
    case .other(let encoding):
      guard let text = encoding.text(UnsafeBufferPointer(rebasing: file.bytes[scanner.start..<scanner.end])) else {
        throw DataError(
          .unrecognizedFormat, path: file.path, line: scanner.line,
          problem: "the line is not in the encoding that the first line names", advice: "correct the first line")
      }
      return text
    }
  }
}
