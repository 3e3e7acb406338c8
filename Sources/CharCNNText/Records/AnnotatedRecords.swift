internal import CharCNNFiles

/// Writes records as they stand in their file, with columns added: a table stays the table that it was, JSON objects stay
/// objects, and what has no columns becomes a table with the source of each text.
package struct AnnotatedRecords {
  /// What stands in an added column.
  package enum Value {
    case text(String)
    case number(Double)
    /// Nothing: an empty field, or null.
    case none
    /// JSON that is written as it stands, such as a number; of a table the field.
    case json(String)
  }

  /// The names of the added columns.
  package let names: [String]
  /// Whether the file has columns of the names asked for, so that others were taken.
  package let isRenamed: Bool
  /// Whether the records are JSON objects.
  package var areObjects: Bool { records.format == .jsonLines }

  private let records: RecordFiles
  /// How a table is written: as the file is, or as the table that is made of other formats.
  private let dialect: TableDialect
  private let lineEnd: [UInt8]

  /// - Parameters:
  ///   - records: Where the records come from.
  ///   - names: Names of the columns to add.
  /// - Throws: `DataError` where the file has the names that would be taken instead, too.
  package init(_ records: RecordFiles, adding names: [String]) throws(DataError) {
    self.records = records
    let taken = (records.columns?.names ?? []) + (records.columns?.unreadable ?? [])
    func collides(_ names: [String]) -> Bool {
      names.contains { name in taken.contains { ColumnNames.matches($0, name) } }
    }
    isRenamed = collides(names)
    let others = names.map { "predicted_" + $0 }
    if isRenamed, let name = others.first(where: { collides([$0]) }) {
      throw DataError(
        .ambiguousColumn, path: records.path, problem: "there is a column \"\(name)\" already",
        advice: "rename it, so that a new one can have the name")
    }
    self.names = isRenamed ? others : names
    dialect = records.dialect ?? TableDialect(separator: .tab, quote: UInt8(ascii: "\""))
    guard records.dialect != nil else {
      lineEnd = [0x0A]
      return
    }
    let dialect = dialect
    lineEnd = try records.withOnlyFile { file throws(DataError) in
      // Of the first record: a line end in quotes is no end of a record.
      var scanner = TableScanner(file, dialect: dialect)
      guard try scanner.next(in: file), scanner.row.end < file.count, file[scanner.row.end] == 0x0D else {
        return [0x0A]
      }
      return [0x0D, 0x0A]
    }
  }

  /// What is written before the first record: the header, with a mark and a line that says the separator where the file has
  /// such.
  ///
  /// - Throws: `DataError` where the header cannot be read.
  package func beginning() throws(DataError) -> [UInt8] {
    guard let columns = records.columns else { return line(nil, ["source"] + names) }
    guard !areObjects else { return [] }
    return try records.withOnlyFile { file throws(DataError) in
      var scanner = TableScanner(file, dialect: dialect)
      guard columns.hasHeader, try scanner.next(in: file) else { return Array(file.bytes[..<file.textStart]) }
      var bytes = Array(file.bytes[..<file.textStart])
      if dialect.hasSeparatorLine {
        bytes += file.bytes[file.textStart...file.find(0x0A, from: file.textStart, to: file.count - 1)]
      }
      bytes += file.bytes[scanner.row.start..<scanner.row.end]
      append(names.map(Value.text), to: &bytes)
      return bytes + lineEnd
    }
  }

  /// Adds a record with its values to `output`.
  package func append(_ record: Record, _ values: [Value], to output: inout [UInt8]) {
    guard records.columns != nil else {
      output += line(place(of: record), values)
      return
    }
    if areObjects {
      appendObject(record, values, to: &output)
    } else {
      output += record.bytes
      append(values, to: &output)
      output += lineEnd
    }
  }

  /// Whether an object has a member of an added name, which the first records did not show.
  package func collides(_ record: Record) -> Bool {
    guard areObjects else { return false }
    let bytes = record.bytes.assumingMemoryBound(to: UInt8.self)
    let file = ScannedFile(bytes: bytes, path: records.path)
    var json = JSONLine(file, start: 0, end: file.count, line: record.line)
    let reader = json
    var isFound = false
    do throws(DataError) {
      try json.forEachField { (name, _) throws(DataError) in
        guard let name = try reader.text(name) else { return }
        if names.contains(where: { ColumnNames.matches($0, name) }) { isFound = true }
      }
    } catch { return false }
    return isFound
  }

  /// The line or the path of a text that has no columns.
  private func place(of record: Record) -> String {
    let file = records.files[Int(record.reference.fileIndex)]
    return switch records.format {
    case .folderPerClass: file
    case .filePerClass: "\(file):\(record.line)"
    default: String(record.line)
    }
  }

  private func line(_ source: String?, _ names: [String]) -> [UInt8] { line(source, names.map(Value.text)) }

  private func line(_ source: String?, _ values: [Value]) -> [UInt8] {
    var bytes = source.map { Array(dialect.field($0).utf8) } ?? []
    append(values, to: &bytes)
    if source == nil { bytes.removeFirst() }
    return bytes + [0x0A]
  }

  private func append(_ values: [Value], to output: inout [UInt8]) {
    for value in values {
      output.append(dialect.separator.byte)
      switch value {
      case .text(let text): output += dialect.field(text).utf8
      case .number(let number): output += "\(number)".utf8
      case .none: break
      case .json(let json): output += dialect.field(json).utf8
      }
    }
  }

  private func appendObject(_ record: Record, _ values: [Value], to output: inout [UInt8]) {
    // The last brace is that of the object; blanks may follow it.
    let end = record.bytes.lastIndex(of: UInt8(ascii: "}")) ?? record.bytes.count
    let object = record.bytes[..<end]
    output += object
    let last = object.last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    var isFirst = last == UInt8(ascii: "{")
    for (name, value) in zip(names, values) {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output += "\(JSONText.quoted(name)):".utf8
      switch value {
      case .text(let text): output += JSONText.quoted(text).utf8
      case .number(let number): output += "\(number)".utf8
      case .none: output += "null".utf8
      case .json(let json): output += json.utf8
      }
    }
    output += "}\n".utf8
  }
}

/// Fields of tables that are written.
package enum TableField {
  /// A text as a field of a table with commas or tabs, in quotes where it must be.
  package static func written(_ text: String, isCSV: Bool) -> String {
    TableDialect(separator: isCSV ? .comma : .tab, quote: UInt8(ascii: "\"")).field(text)
  }
}

extension TableDialect {
  /// A text as a field: in quotes where it must be, or without what would end it where the table knows no quotes.
  func field(_ text: String) -> String {
    let needsCare = text.utf8.contains { $0 == separator.byte || $0 == 0x0A || $0 == 0x0D || $0 == quote }
    guard needsCare else { return text }
    // By scalars: a quote with a combining mark after it is another character, and a quote all the same.
    var field = String.UnicodeScalarView()
    if let quote { field.append(Unicode.Scalar(quote)) }
    for scalar in text.unicodeScalars {
      if let quote {
        if scalar.value == UInt32(quote) { field.append(scalar) }
        field.append(scalar)
      } else {
        let ends = scalar.value == UInt32(separator.byte) || scalar.value == 0x0A || scalar.value == 0x0D
        field.append(ends ? " " : scalar)
      }
    }
    if let quote { field.append(Unicode.Scalar(quote)) }
    return String(field)
  }
}
