/// One record of a table: where it and its fields stand in the file.
struct TableRow {
  /// A field; if it was quoted, what stands between the quotes.
  struct Field {
    var start: Int
    var end: Int
    /// Whether it holds doubled quotes, each of which stands for one.
    var hasDoubledQuotes = false
  }

  var fields: [Field] = []
  var start = 0
  var end = 0
  var line = 0

  /// The text of a field.
  func string(_ position: Int, in file: FileBytes) throws(DataError) -> String {
    let field = fields[position]
    guard field.hasDoubledQuotes else {
      return try file.string(field.start, field.end, recordStart: start, line: line)
    }
    let text = try file.string(field.start, field.end, recordStart: start, line: line)
    var content: [UInt8] = []
    content.reserveCapacity(field.end - field.start)
    var isSecond = false
    for byte in text.utf8 {
      isSecond = byte == 0x22 && !isSecond
      if byte != 0x22 || isSecond { content.append(byte) }
    }
    return String(decoding: content, as: UTF8.self)
  }
}

/// Steps through the records of a table.
struct TableScanner {
  private let isCSV: Bool
  private var offset: Int
  private var nextLine = 1
  /// The current record.
  private(set) var row = TableRow()

  init(_ file: FileBytes, format: DataFormat) {
    isCSV = format == .csv
    offset = file.textStart
  }

  /// A scanner of the one record that begins at an offset.
  init(format: DataFormat, offset: Int, line: Int) {
    isCSV = format == .csv
    self.offset = offset
    nextLine = line
  }

  /// Goes to the next record; false at the end of the file. Blank lines are skipped.
  mutating func next(in file: FileBytes) throws(DataError) -> Bool {
    while offset < file.count {
      row.fields.removeAll(keepingCapacity: true)
      row.start = offset
      row.line = nextLine
      if isCSV { try scanQuoted(file) } else { scanTabs(file) }
      let isBlank = row.end == row.start || row.fields.count == 1 && file.isBlank(row.start, row.end)
      if !isBlank { return true }
    }
    return false
  }

  private mutating func scanTabs(_ file: FileBytes) {
    let lineEnd = file.find(0x0A, from: offset, to: file.count)
    row.end = lineEnd > row.start && file[lineEnd - 1] == 0x0D ? lineEnd - 1 : lineEnd
    var position = row.start
    while true {
      let end = file.find(0x09, from: position, to: row.end)
      row.fields.append(TableRow.Field(start: position, end: end))
      if end == row.end { break }
      position = end + 1
    }
    offset = lineEnd + 1
    nextLine += 1
  }

  private mutating func scanQuoted(_ file: FileBytes) throws(DataError) {
    var position = offset
    while true {
      let isQuoted = position < file.count && file[position] == 0x22
      var field = TableRow.Field(start: position, end: position)
      position = isQuoted ? try quotedField(file, &field) : plainField(file, &field)
      row.fields.append(field)
      guard position < file.count, file[position] == 0x2C else { break }
      position += 1
    }
    row.end = position
    if position < file.count, file[position] == 0x0D { position += 1 }
    offset = position + 1
    nextLine += 1
  }

  /// Up to a comma or the end of the line; a quote in it is a character like others.
  private func plainField(_ file: FileBytes, _ field: inout TableRow.Field) -> Int {
    var position = field.start
    while position < file.count, file[position] != 0x2C, file[position] != 0x0A { position += 1 }
    let atLineEnd = position == file.count || file[position] == 0x0A
    if atLineEnd, position > field.start, file[position - 1] == 0x0D { position -= 1 }
    field.end = position
    return position
  }

  private mutating func quotedField(_ file: FileBytes, _ field: inout TableRow.Field) throws(DataError) -> Int {
    let opening = field.start
    let openingLine = nextLine
    field.start += 1
    var position = field.start
    while true {
      let quote = file.find(0x22, from: position, to: file.count)
      guard quote < file.count else {
        throw file.error(
          .unterminatedQuote, at: opening, recordStart: row.start, line: row.line,
          problem: "the quote that opens here is never closed", advice: "close it, or double quotes inside a field")
      }
      guard quote + 1 < file.count, file[quote + 1] == 0x22 else {
        field.end = quote
        break
      }
      field.hasDoubledQuotes = true
      position = quote + 2
    }
    nextLine = openingLine + file.count(of: 0x0A, from: field.start, to: field.end)
    position = field.end + 1
    if position < file.count, file[position] != 0x2C, file[position] != 0x0A, !file.isLineEnd(position) {
      throw file.error(
        .strayQuote, at: position, recordStart: row.start, line: row.line,
        problem: "there is text after a closing quote", advice: "double quotes inside a field")
    }
    return position
  }
}
