/// One record of a table: where it and its fields stand in the file.
struct TableRow {
  /// A field; if it was quoted, what stands between the quotes.
  struct Field {
    var start: Int
    var end: Int
    /// Whether it stands in quotes.
    var isQuoted = false
    /// Whether it holds doubled quotes, each of which stands for one.
    var hasDoubledQuotes = false
  }

  var fields: [Field] = []
  var start = 0
  var end = 0
  var line = 0
  /// What fields were enclosed in.
  var quote: UInt8?

  /// Whether nothing stands in it but blanks and separators, as spreadsheets leave rows at the end.
  func isBlank(in file: ScannedFile) -> Bool {
    fields.allSatisfy { !$0.isQuoted && file.isBlank($0.start, $0.end) }
  }

  /// Whether it draws the line between the names and the records of a table in Markdown: hyphens, perhaps with colons.
  func isRule(in file: ScannedFile) -> Bool {
    var hyphens = 0
    for field in fields {
      for byte in file.bytes[field.start..<field.end] {
        switch byte {
        case UInt8(ascii: "-"): hyphens += 1
        case UInt8(ascii: ":"), 0x20: break
        default: return false
        }
      }
    }
    return hyphens >= 3
  }

  /// The text of a field.
  func string(_ position: Int, in file: ScannedFile) throws(DataError) -> String {
    let field = fields[position]
    let text = try file.string(field.start, field.end, recordStart: start, line: line)
    guard field.hasDoubledQuotes else { return text }
    var content: [UInt8] = []
    content.reserveCapacity(field.end - field.start)
    var isSecond = false
    for byte in text.utf8 {
      isSecond = byte == quote && !isSecond
      if byte != quote || isSecond { content.append(byte) }
    }
    return String(decoding: content, as: UTF8.self)
  }
}
