/// Steps through the records of a table.
struct TableScanner {
  /// What tells a field that swallows other records, since its quote was never meant to open one, from a text of several
  /// lines.
  struct Columns {
    /// The number of columns.
    var count: Int
    /// The position of the labels.
    var label: Int?
    /// Labels that the first records have more than once.
    var labels: Set<String> = []
  }

  let dialect: TableDialect
  private let columns: Columns?
  private let separator: UInt8
  private var offset: Int
  private var nextLine = 1
  /// Blank rows that were passed over before the current record.
  private(set) var blankRows = 0
  /// The current record.
  private(set) var row = TableRow()

  /// - Parameters:
  ///   - file: The file.
  ///   - dialect: How it is written.
  ///   - columns: Its columns, where they are known: then a field that swallows records is an error.
  init(_ file: ScannedFile, dialect: TableDialect, columns: Columns? = nil) {
    self.init(dialect: dialect, offset: file.textStart, line: 1, columns: columns)
    if dialect.hasSeparatorLine {
      offset = file.find(0x0A, from: offset, to: file.count) + 1
      nextLine += 1
    }
  }

  /// A scanner of the records from an offset on.
  init(dialect: TableDialect, offset: Int, line: Int, columns: Columns? = nil) {
    self.dialect = dialect
    self.columns = columns
    separator = dialect.separator.byte
    self.offset = offset
    nextLine = line
    row.quote = dialect.quote
  }

  /// Goes to the next record; false at the end of the file. Blank rows are skipped.
  ///
  /// - Throws: What is wrong with the quotes of the record. Then ``skipLine(in:)`` goes on behind its first line.
  mutating func next(in file: ScannedFile) throws(DataError) -> Bool {
    blankRows = 0
    while offset < file.count {
      offset = file.behindMarks(offset)
      row.fields.removeAll(keepingCapacity: true)
      row.start = offset
      row.line = nextLine
      if let quote = dialect.quote { try scanQuoted(file, quote) } else { scanPlain(file) }
      if !row.isBlank(in: file) { return true }
      blankRows += 1
    }
    return false
  }

  /// Goes on behind the first line of the record that was faulty.
  mutating func skipLine(in file: ScannedFile) {
    row.end = file.find(0x0A, from: row.start, to: file.count)
    offset = row.end + 1
    nextLine = row.line + 1
  }

  private mutating func scanPlain(_ file: ScannedFile) {
    let lineEnd = file.find(0x0A, from: offset, to: file.count)
    row.end = file.withoutCarriageReturns(lineEnd, from: row.start)
    var position = row.start
    while true {
      let end = file.find(separator, from: position, to: row.end)
      row.fields.append(TableRow.Field(start: position, end: end))
      if end == row.end { break }
      position = end + 1
    }
    offset = lineEnd + 1
    nextLine += 1
  }

  private mutating func scanQuoted(_ file: ScannedFile, _ quote: UInt8) throws(DataError) {
    var position = offset
    while true {
      var field = TableRow.Field(start: position, end: position)
      field.isQuoted = position < file.count && file[position] == quote
      position = field.isQuoted ? try quotedField(file, &field, quote) : plainField(file, &field)
      row.fields.append(field)
      guard position < file.count, file[position] == separator else { break }
      position += 1
    }
    row.end = position
    while position < file.count, file[position] == 0x0D { position += 1 }
    offset = position + 1
    nextLine += 1
  }

  /// Up to a separator or the end of the line; a quote in it is a character like others.
  private func plainField(_ file: ScannedFile, _ field: inout TableRow.Field) -> Int {
    var position = field.start
    while position < file.count, file[position] != separator, file[position] != 0x0A { position += 1 }
    let atLineEnd = position == file.count || file[position] == 0x0A
    field.end = atLineEnd ? file.withoutCarriageReturns(position, from: field.start) : position
    return field.end
  }

  private mutating func quotedField(
    _ file: ScannedFile, _ field: inout TableRow.Field, _ quote: UInt8
  ) throws(DataError) -> Int {
    let opening = field.start
    field.start += 1
    var position = field.start
    while true {
      let close = file.find(quote, from: position, to: file.count)
      guard close < file.count else {
        throw file.error(
          .unterminatedQuote, at: opening, recordStart: row.start, line: row.line,
          problem: "the quote that opens here is never closed",
          advice: "close it, or double quotes inside a field")
      }
      guard close + 1 < file.count, file[close + 1] == quote else {
        field.end = close
        break
      }
      field.hasDoubledQuotes = true
      position = close + 2
    }
    let lines = file.count(of: 0x0A, from: field.start, to: field.end)
    if let columns, swallowsRecords(file, field, lines, columns) {
      throw file.error(
        .unterminatedQuote, at: opening, recordStart: row.start, line: row.line,
        problem:
          "the quote that opens here closes \(lines == 1 ? "in the next line" : "\(lines) lines further down") and "
          + "would swallow \(lines == 1 ? "1 record" : "\(lines) records")",
        advice: "close it in its own line, or double it")
    }
    nextLine += lines
    position = field.end + 1
    if position < file.count, file[position] != separator, file[position] != 0x0A, !file.isLineEnd(position) {
      throw file.error(
        .strayQuote, at: position, recordStart: row.start, line: row.line,
        problem: "there is text after a closing quote", advice: "double quotes inside a field")
    }
    return position
  }
}

extension TableScanner {
  /// Lines of a field that are looked at.
  private static let mostLines = 1_000

  /// Whether most lines inside of a quoted field are records of their own: as many fields as the table has, and labels that
  /// are repeated or single words, as they are in no poem.
  private func swallowsRecords(_ file: ScannedFile, _ field: TableRow.Field, _ lineEnds: Int, _ columns: Columns)
    -> Bool
  {
    guard lineEnds >= 1, columns.count > 1 else { return false }
    if areRecords(file, field, columns) { return true }
    guard lineEnds >= 4 else { return false }
    var start = file.find(0x0A, from: field.start, to: field.end) + 1
    var (lines, alike) = (0, 0)
    var labels: Set<String> = []
    var areWords = true
    while lines < Self.mostLines {
      let end = file.find(0x0A, from: start, to: field.end)
      if end == field.end { break }
      lines += 1
      let fields = fields(in: file, from: start, to: file.withoutCarriageReturns(end, from: start))
      if fields.count == columns.count {
        alike += 1
        if let label = columns.label {
          let text = String(decoding: file.bytes[fields[label]], as: UTF8.self)
          labels.insert(text)
          areWords = areWords && !text.isEmpty && text.utf8.count <= 64 && !text.contains(" ")
        }
      }
      start = end + 1
    }
    guard alike >= 3, 5 * alike >= 4 * lines else { return false }
    return columns.label == nil || areWords || 2 * labels.count <= alike
  }

  /// Whether all lines that the field touches, taken each for itself, are records with labels that are known: a quote that
  /// stands at the beginning of one text and at the end of a later one.
  private func areRecords(_ file: ScannedFile, _ field: TableRow.Field, _ columns: Columns) -> Bool {
    guard let label = columns.label, !columns.labels.isEmpty else { return false }
    var start = row.start
    let end = file.find(0x0A, from: field.end, to: file.count)
    while start < end {
      let lineEnd = file.find(0x0A, from: start, to: end)
      var fields: [Range<Int>] = []
      var position = start
      let last = file.withoutCarriageReturns(lineEnd, from: start)
      while true {
        let next = file.find(separator, from: position, to: last)
        fields.append(position..<next)
        if next == last { break }
        position = next + 1
      }
      guard fields.count == columns.count,
        columns.labels.contains(VisibleText.of(String(decoding: file.bytes[fields[label]], as: UTF8.self)))
      else { return false }
      start = lineEnd + 1
    }
    return true
  }

  /// Where the fields of one line stand, separators in quotes left out.
  private func fields(in file: ScannedFile, from start: Int, to end: Int) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var fieldStart = start
    var isQuoted = false
    for position in start..<end {
      if file[position] == dialect.quote { isQuoted.toggle() }
      if file[position] == separator, !isQuoted {
        fields.append(fieldStart..<position)
        fieldStart = position + 1
      }
    }
    fields.append(fieldStart..<end)
    return fields
  }
}
