/// Pairs of texts in a file: a table with commas or tabs, with or without a header, or JSON objects, one a line.
///
/// The file is mapped; one that is shortened while it is read gives an error at the next record.
public final class TextPairSource: Sendable {
  /// The file.
  public let path: String
  /// What it was opened with.
  public let options: TextPairOptions
  /// The format, given or recognized.
  public let format: DataFormat
  /// What was recognized.
  public let columns: TextPairColumns
  private let mapped: MappedFile

  /// Opens a file and recognizes what the options leave open.
  ///
  /// - Throws: ``DataError`` if it cannot be read, holds nothing, or is not recognized.
  public init(path: String, options: TextPairOptions = .init()) throws(DataError) {
    self.path = path
    self.options = options
    if FilePath.isFolder(path) {
      throw DataError(
        .unrecognizedFormat, path: path, problem: "is a folder, and pairs of texts lie in a file",
        advice: "name a file: csv, tsv or JSON lines")
    }
    mapped = try MappedFile(path: path)
    (format, columns) = try mapped.withBytes { bytes throws(DataError) in
      try PairRecognition(file: FileBytes(bytes: bytes, path: path), options: options).recognize()
    }
  }

  /// What was recognized, in one line such as `tsv, first = column 2 "sentence_A", second = …, label = …`.
  public var summary: String {
    let header = format == .jsonLines || columns.hasHeader ? "" : " without header"
    let label = columns.label.map { "label = " + describe($0) } ?? "no labels"
    return
      "\(format.rawValue)\(header), first = \(describe(columns.first)), second = \(describe(columns.second)), \(label)"
  }

  private func describe(_ column: Int) -> String {
    let name = column < columns.names.count ? "\"\(columns.names[column])\"" : ""
    if format == .jsonLines { return "field \(name)" }
    return name.isEmpty ? "column \(column + 1)" : "column \(column + 1) \(name)"
  }

  /// Hands every pair to `body`.
  ///
  /// - Throws: ``DataError`` at the first faulty record, and what `body` throws.
  public func forEachPair(_ body: (TextPair) throws -> Void) throws {
    try mapped.checkLength()
    try mapped.withBytes { bytes in
      let file = FileBytes(bytes: bytes, path: path)
      try file.checkEncoding()
      if format == .jsonLines {
        var scanner = LineScanner(file)
        while scanner.next(in: file) {
          try body(object(scanner.start..<scanner.end, line: scanner.line, in: file))
          try mapped.checkLength()
        }
        return
      }
      var scanner = TableScanner(file, format: format)
      var isFirst = true
      while try scanner.next(in: file) {
        defer { isFirst = false }
        try check(scanner.row)
        if isFirst, columns.hasHeader { continue }
        let row = scanner.row
        try body(
          labeled(
            row.string(columns.first, in: file), row.string(columns.second, in: file),
            columns.label.map { try row.string($0, in: file) }, line: row.line))
        try mapped.checkLength()
      }
    }
  }

  /// All pairs.
  ///
  /// - Throws: ``DataError`` at the first faulty record.
  public func pairs() throws -> [TextPair] {
    var result: [TextPair] = []
    try forEachPair { result.append($0) }
    return result
  }

  private func check(_ row: TableRow) throws(DataError) {
    guard row.fields.count != columns.count else { return }
    let fields = row.fields.count == 1 ? "1 field" : "\(row.fields.count) fields"
    throw DataError(
      .raggedRow, path: path, line: row.line, problem: "this record has \(fields) and the first has \(columns.count)",
      advice: format == .csv ? "quote fields that contain commas" : "remove or add tabs")
  }

  private func object(_ range: Range<Int>, line: Int, in file: FileBytes) throws(DataError) -> TextPair {
    var values: [String?] = [nil, nil, nil]
    let wanted = [columns.first, columns.second, columns.label ?? -1]
    var json = JSONLine(file, start: range.lowerBound, end: range.upperBound, line: line)
    let reader = json
    var isSeen = [false, false, false]
    try json.forEachField { (name, value) throws(DataError) in
      for (place, column) in wanted.enumerated() where column >= 0 {
        guard try reader.isName(name, columns.names[column]) else { continue }
        if isSeen[place] { throw reader.repeated(columns.names[column]) }
        isSeen[place] = true
        values[place] = try reader.text(value)
      }
    }
    func text(_ place: Int) throws(DataError) -> String {
      if let value = values[place] { return value }
      throw DataError(
        .missingColumn, path: path, line: line,
        problem: "the object has no text in a field \"\(columns.names[wanted[place]])\"",
        advice: "add it, or choose another with --text and --second")
    }
    return try labeled(text(0), text(1), values[2], line: line)
  }

  private func labeled(_ first: String, _ second: String, _ label: String?, line: Int) throws(DataError) -> TextPair {
    let label = label?.isEmpty == true ? nil : label
    if label == nil, options.needsLabels {
      throw DataError(
        .missingLabel, path: path, line: line, problem: "the pair has no label", advice: "add one or remove the record")
    }
    return TextPair(first, second, label: label, line: line)
  }
}

/// Recognizes the format of a file of pairs, and its columns.
private struct PairRecognition {
  let file: FileBytes
  let options: TextPairOptions

  func recognize() throws(DataError) -> (DataFormat, TextPairColumns) {
    try file.checkEncoding()
    let format =
      if let known = options.format { known } else {
        try FormatRecognition(file: file, needsLabels: true).format()
      }
    let recognition = PairColumnRecognition(path: file.path, options: options)
    switch format {
    case .csv, .tsv: return (format, try recognition.table(try sampleTable(format)))
    case .jsonLines:
      let (names, statistics) = try SourceRecognition(file: file, options: DataOptions()).sampleObjects()
      return (format, try recognition.fields(names: names, statistics))
    case .conllu, .columns: throw format.isForTaggers(path: file.path)
    case .fastText, .folderPerClass, .filePerClass, .lines:
      throw DataError(
        .unrecognizedFormat, path: file.path, problem: "\(format.rawValue) is no format of pairs",
        advice: "give csv, tsv or JSON lines (--format csv, tsv or jsonl)")
    }
  }

  private func sampleTable(_ format: DataFormat) throws(DataError) -> [[String]] {
    let rows = try SourceRecognition(file: file, options: DataOptions()).sampleTable(format)
    guard let first = rows.first, first.count >= (options.needsLabels ? 3 : 2) else {
      throw DataError(
        .missingColumn, path: file.path, line: 1,
        problem: "there is \(rows.first?.count == 1 ? "1 column" : "no more than \(rows.first?.count ?? 0) columns")",
        advice:
          "a pair needs a first text, a second one\(options.needsLabels ? " and a label" : ""), in columns of their own"
      )
    }
    return rows
  }
}
