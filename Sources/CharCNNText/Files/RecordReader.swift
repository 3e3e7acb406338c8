/// Reads the records of one file in a format that is known, with columns that are known.
struct RecordReader {
  let format: DataFormat
  let columns: LabeledTextColumns?
  /// Whether a record without a label is an error.
  let needsLabels: Bool

  /// Hands every record to `body`, with its first and last byte.
  func forEachRecord(
    in file: FileBytes, fileLabel: String?, _ body: (LabeledText, Range<Int>) throws -> Void
  ) throws {
    switch format {
    case .csv, .tsv:
      var scanner = TableScanner(file, format: format)
      var isFirst = true
      while try scanner.next(in: file) {
        try check(scanner.row, in: file)
        if isFirst, columns?.hasHeader == true {
          isFirst = false
          continue
        }
        isFirst = false
        try body(record(scanner.row, in: file), scanner.row.start..<scanner.row.end)
      }
    case .jsonLines, .fastText, .filePerClass, .lines, .conllu, .columns:
      var scanner = LineScanner(file)
      while scanner.next(in: file) {
        let range = scanner.start..<scanner.end
        try body(record(range, line: scanner.line, in: file, fileLabel: fileLabel), range)
      }
    case .folderPerClass:
      let range = wholeText(file)
      if !range.isEmpty { try body(record(range, line: 1, in: file, fileLabel: fileLabel), range) }
    }
  }

  /// Reads the record that stands in a range.
  func record(_ range: Range<Int>, line: Int, in file: FileBytes, fileLabel: String?) throws(DataError) -> LabeledText {
    switch format {
    case .csv, .tsv:
      var scanner = TableScanner(format: format, offset: range.lowerBound, line: line)
      _ = try scanner.next(in: file)
      try check(scanner.row, in: file)
      return try record(scanner.row, in: file)
    case .jsonLines:
      return try object(range, line: line, in: file)
    case .fastText:
      let parts = FastTextLine(file, start: range.lowerBound, end: range.upperBound)
      let label = try parts.label.map { part throws(DataError) in
        try file.string(part.lowerBound, part.upperBound, recordStart: range.lowerBound, line: line)
      }
      let text = try file.string(
        parts.text.lowerBound, parts.text.upperBound, recordStart: range.lowerBound, line: line)
      return try labeled(text, label, line: line, path: file.path)
    case .filePerClass, .folderPerClass, .lines, .conllu, .columns:
      let text = try file.string(range.lowerBound, range.upperBound, recordStart: range.lowerBound, line: line)
      return LabeledText(text: text, label: fileLabel, line: line)
    }
  }

  /// A file's text without the ends of its last lines; empty if the file is blank.
  private func wholeText(_ file: FileBytes) -> Range<Int> {
    var end = file.count
    while end > file.textStart, file[end - 1] == 0x0A || file[end - 1] == 0x0D { end -= 1 }
    return file.textStart..<end
  }

  private func check(_ row: TableRow, in file: FileBytes) throws(DataError) {
    guard let columns, row.fields.count != columns.count else { return }
    let fields = row.fields.count == 1 ? "1 field" : "\(row.fields.count) fields"
    throw DataError(
      .raggedRow, path: file.path, line: row.line,
      problem: "this record has \(fields) and the first has \(columns.count)",
      advice: format == .csv ? "quote fields that contain commas" : "remove or add tabs")
  }

  private func record(_ row: TableRow, in file: FileBytes) throws(DataError) -> LabeledText {
    let text = try row.string(columns?.text ?? 0, in: file)
    let label = try columns?.label.map { column throws(DataError) in try row.string(column, in: file) }
    return try labeled(text, label, line: row.line, path: file.path)
  }

  private func object(_ range: Range<Int>, line: Int, in file: FileBytes) throws(DataError) -> LabeledText {
    guard let columns else { return LabeledText(text: "", label: nil, line: line) }
    let textName = columns.names[columns.text]
    let labelName = columns.label.map { columns.names[$0] }
    var text: String?
    var label: String?
    var json = JSONLine(file, start: range.lowerBound, end: range.upperBound, line: line)
    let reader = json
    var hasText = false
    var hasLabel = false
    try json.forEachField { (name, value) throws(DataError) in
      if try reader.isName(name, textName) {
        if hasText { throw reader.repeated(textName) }
        hasText = true
        text = try reader.text(value)
      }
      if let labelName, try reader.isName(name, labelName) {
        if hasLabel { throw reader.repeated(labelName) }
        hasLabel = true
        label = try reader.text(value)
      }
    }
    guard let text else {
      throw DataError(
        .missingColumn, path: file.path, line: line, problem: "the object has no text in a field \"\(textName)\"",
        advice: "add it, or choose another with --text")
    }
    return try labeled(text, label, line: line, path: file.path)
  }

  private func labeled(_ text: String, _ label: String?, line: Int, path: String) throws(DataError) -> LabeledText {
    let label = label?.isEmpty == true ? nil : label
    if label == nil, needsLabels {
      throw DataError(
        .missingLabel, path: path, line: line, problem: "the record has no label",
        advice: "add one or remove the record")
    }
    return LabeledText(text: text, label: label, line: line)
  }
}
