internal import CharCNNFiles

/// Records in a file, or in the files of a folder. They are read one by one, so that they need not fit into memory.
package final class RecordFiles: RecordSource {
  package let path: String
  package let options: DataOptions
  package let format: DataFormat
  /// All files: one, or those of a folder in the order in which they are read.
  package let files: [String]
  /// What was recognized of a table or of JSON objects; nil for other formats.
  package let columns: RecordColumns?
  /// How a table is written.
  let dialect: TableDialect?

  /// Labels that the first records of a table have more than once.
  private let knownLabels: Set<String>
  /// The label of each file, where files or folders are classes.
  private let fileLabels: [String]
  /// The files, where they stay open: all but those of ``DataFormat/folderPerClass``.
  private let mapped: [MappedFile]
  /// What is said of a folder.
  private let folder: FolderRecognition?

  /// Bytes that are read before those behind are given back to the system.
  private static let window = 32 << 20

  /// Opens a file or folder and recognizes what the options leave open.
  ///
  /// - Throws: `DataError` if it cannot be read, holds nothing, or is not recognized.
  package init(path: String, options: DataOptions, arePairs: Bool) throws(DataError) {
    self.options = options
    if FilePath.isFolder(path) {
      if arePairs {
        throw DataError(
          .unrecognizedFormat, path: path, problem: "is a folder, and pairs of texts lie in a file",
          advice: "name a file: csv, tsv or JSON lines")
      }
      let folder = try FolderRecognition(
        path: path, format: options.format, needsLabels: options.needsLabels)
      try Self.refuseTableOptions(options, path: path)
      self.path = path
      format = folder.format
      files = folder.files
      fileLabels = folder.labels
      self.folder = folder
      columns = nil
      dialect = nil
      knownLabels = []
      mapped = try format == .folderPerClass ? [] : Self.map(folder.files, options.encoding)
    } else {
      let file = try MappedFile(path: path, encoding: options.encoding, keepsFaults: true)
      self.path = file.path
      let recognized = try file.withBytes { bytes throws(DataError) in
        let content = ScannedFile(bytes: bytes, path: file.path)
        do throws(DataError) {
          return try SourceRecognition(file: content, options: options, arePairs: arePairs).recognize()
        } catch { throw error.advisingEncoding(of: content, file) }
      }
      (format, dialect, columns) = (recognized.format, recognized.dialect, recognized.columns)
      knownLabels = recognized.labels
      files = [file.path]
      fileLabels = []
      folder = nil
      mapped = [file]
    }
  }

  private static func map(_ paths: [String], _ encoding: FileEncoding?) throws(DataError) -> [MappedFile] {
    var files: [MappedFile] = []
    for path in paths { files.append(try MappedFile(path: path, encoding: encoding, keepsFaults: true)) }
    return files
  }

  private static func refuseTableOptions(_ options: DataOptions, path: String) throws(DataError) {
    guard options.text != nil || options.label != nil || options.separator != nil || options.header != nil else {
      return
    }
    throw DataError(
      .missingColumn, path: path, problem: "is a folder, which has no columns to choose from",
      advice: "leave `text`, `label`, `separator` and `header` out")
  }

  /// Whether the files are in another encoding than UTF-8, in which they are handed on.
  package var isConverted: Bool { mapped.contains { $0.conversion != nil } }

  /// The format and what is unusual about the file: `csv with semicolons in UTF-16LE`.
  var formatSummary: String {
    if let folder { return folder.summary }
    let conversion = mapped.first?.conversion.map { " " + $0 } ?? ""
    let header = columns.map { format == .jsonLines || $0.hasHeader ? "" : " without header" } ?? ""
    return (dialect?.summary ?? format.rawValue) + conversion + header
  }

  // MARK: Reading

  package func forEachRecord(
    _ fields: [Int], report: inout ReadingReport, _ body: (Record, inout ReadingReport) throws -> Void
  ) throws {
    for index in files.indices {
      try withFile(index) { file, mapped in
        if files.count > 1 {
          // A faulty file among many is a faulty record.
          do throws(DataError) { try file.checkEncoding() } catch {
            if file.count > 0 { report.add(error.advisingEncoding(of: file, mapped)) }
            return
          }
        }
        try forEachRecord(in: file, mapped, index: index, fields, &report, body)
      }
    }
  }

  package func withRecord<Result>(
    at reference: RecordReference, _ fields: [Int], _ body: (Record) throws(DataError) -> Result
  ) throws -> Result {
    let index = Int(reference.fileIndex)
    guard files.indices.contains(index) else { throw Self.outdated(path, reference) }
    return try withFile(index) { file, mapped in
      try mapped.checkUnchanged(line: Int(reference.line))
      guard let start = Int(exactly: reference.byteOffset), start <= file.count,
        Int(reference.byteCount) <= file.count - start
      else { throw Self.outdated(file.path, reference) }
      return try body(try record(start..<start + Int(reference.byteCount), reference, in: file, fields))
    }
  }

  private static func outdated(_ path: String, _ reference: RecordReference) -> DataError {
    DataError(
      .unreadable, path: path, line: Int(reference.line), problem: "the record is no longer there",
      advice: "keep the file as it is while it is in use")
  }

  private func withFile<Result>(_ index: Int, _ body: (ScannedFile, MappedFile) throws -> Result) throws -> Result {
    let opened =
      try mapped.isEmpty
      ? MappedFile(path: files[index], encoding: options.encoding, keepsFaults: true) : mapped[index]
    try opened.checkLength()
    return try opened.withBytes { bytes in
      let file = ScannedFile(bytes: bytes, path: files[index])
      if files.count == 1 { try file.checkEncoding() }
      return try body(file, opened)
    }
  }

  private func forEachRecord(
    in file: ScannedFile, _ mapped: MappedFile, index: Int, _ fields: [Int], _ report: inout ReadingReport,
    _ body: (Record, inout ReadingReport) throws -> Void
  ) throws {
    var released = 0
    func give(_ range: Range<Int>, line: Int, _ report: inout ReadingReport, _ row: TableRow? = nil) throws {
      let record: Record
      do throws(DataError) {
        guard let count = UInt32(exactly: range.count) else {
          throw DataError(
            .recordTooLarge, path: file.path, line: line, problem: "the record is larger than 4 GB",
            advice: "split it, or look for a quote that is not closed")
        }
        let reference = RecordReference(
          byteOffset: UInt64(range.lowerBound), byteCount: count, line: Int32(clamping: line),
          fileIndex: Int32(index))
        if let row {
          record = try self.record(row, reference, in: file, fields)
        } else {
          record = try self.record(range, reference, in: file, fields)
        }
      } catch {
        report.add(error.advisingEncoding(of: file, mapped))
        return
      }
      try body(record, &report)
      try mapped.checkLength()
      if range.upperBound - released > Self.window {
        released = range.upperBound
        mapped.release(upTo: released)
      }
    }
    switch format {
    case .csv, .tsv: try forEachRow(in: file, &report, give)
    case .folderPerClass:
      let range = wholeText(file)
      if !range.isEmpty { try give(range, line: 1, &report, nil) }
    default:
      var scanner = LineScanner(file)
      while scanner.next(in: file) { try give(scanner.start..<scanner.end, line: scanner.line, &report, nil) }
    }
    mapped.release(upTo: file.count)
  }

  private func forEachRow(
    in file: ScannedFile, _ report: inout ReadingReport,
    _ give: (Range<Int>, Int, inout ReadingReport, TableRow?) throws -> Void
  ) throws {
    guard let dialect, let columns else { return }
    var scanner = TableScanner(
      file, dialect: dialect,
      columns: TableScanner.Columns(count: columns.count, label: columns.label, labels: knownLabels))
    var header: [String]?
    var isFirst = true
    while true {
      do throws(DataError) {
        guard try scanner.next(in: file) else { break }
      } catch {
        report.add(error)
        scanner.skipLine(in: file)
        isFirst = false
        continue
      }
      let row = scanner.row
      report.addBlankRows(scanner.blankRows)
      defer { isFirst = false }
      if isFirst, columns.hasHeader {
        header = try strings(row, in: file).map(VisibleText.of)
        continue
      }
      if let header, row.fields.count == header.count, repeats(header, row, in: file) {
        report.addRepeatedHeader(line: row.line)
        continue
      }
      if dialect.separator == .bar, row.isRule(in: file) {
        report.addRule(line: row.line)
        continue
      }
      try give(row.start..<row.end, row.line, &report, row)
    }
  }

  private func strings(_ row: TableRow, in file: ScannedFile) throws(DataError) -> [String] {
    var strings: [String] = []
    for position in row.fields.indices { strings.append(try row.string(position, in: file)) }
    return strings
  }

  /// Whether a row is the header once more, as where files were joined. Nearly all rows have another first field.
  private func repeats(_ header: [String], _ row: TableRow, in file: ScannedFile) -> Bool {
    // A single column has texts, one of which may be its name.
    guard header.count > 1 else { return false }
    for (position, name) in header.enumerated() {
      do throws(DataError) {
        guard VisibleText.of(try row.string(position, in: file)) == name else { return false }
      } catch { return false }
    }
    return true
  }

  /// Lends the bytes of the file, of which there must be one.
  func withOnlyFile<Result>(_ body: (ScannedFile) throws(DataError) -> Result) throws(DataError) -> Result {
    try mapped[0].withBytes { bytes throws(DataError) in try body(ScannedFile(bytes: bytes, path: path)) }
  }

  /// The text of a record whose first values are those of the text, of several columns with line feeds between.
  ///
  /// - Throws: `DataError` where the record lacks one.
  package func text(of record: Record) throws(DataError) -> String {
    let count = columns?.texts.count ?? 1
    if count == 1, let text = record.values[0] { return text }
    var texts: [String] = []
    for place in 0..<count { texts.append(try value(place, of: record)) }
    return texts.joined(separator: "\n")
  }

  /// The second text of a pair; its value follows those of the first.
  ///
  /// - Throws: `DataError` where the record lacks it.
  package func secondText(of record: Record) throws(DataError) -> String {
    try value(columns?.texts.count ?? 1, of: record)
  }

  private func value(_ place: Int, of record: Record) throws(DataError) -> String {
    if let value = record.values[place] { return value }
    let fields = textFields
    let name = columns.map { $0.names[fields[place]] } ?? ""
    throw DataError(
      .missingColumn, path: path, line: record.line, problem: "the object has no text in a field \"\(name)\"",
      advice: "add it, or choose another with `text`\(columns?.second == nil ? "" : " and `second`")")
  }

  /// A file's text without the ends of its last lines; empty if the file is blank.
  private func wholeText(_ file: ScannedFile) -> Range<Int> {
    var end = file.count
    while end > file.textStart, file[end - 1] == 0x0A || file[end - 1] == 0x0D { end -= 1 }
    return file.textStart..<end
  }
}

// MARK: - One record

extension RecordFiles {
  /// The record that stands in a range.
  private func record(
    _ range: Range<Int>, _ reference: RecordReference, in file: ScannedFile, _ fields: [Int]
  ) throws(DataError) -> Record {
    if let dialect {
      var scanner = TableScanner(dialect: dialect, offset: range.lowerBound, line: Int(reference.line))
      _ = try scanner.next(in: file)
      return try record(scanner.row, reference, in: file, fields)
    }
    var record = empty(reference, range, file)
    let line = Int(reference.line)
    if let type = format.labeledLine {
      try read(type.init(file, start: range.lowerBound, end: range.upperBound), &record, file, fields)
    } else if format == .jsonLines {
      (record.values, record.labels, record.shares) = try object(range, line: line, in: file, fields)
    } else {
      let text = try file.string(range.lowerBound, range.upperBound, recordStart: range.lowerBound, line: line)
      let index = Int(reference.fileIndex)
      record.values = fields.map { $0 == 0 ? text : index < fileLabels.count ? fileLabels[index] : nil }
    }
    return record
  }

  private func empty(_ reference: RecordReference, _ range: Range<Int>, _ file: ScannedFile) -> Record {
    Record(
      reference: reference,
      bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(file.bytes)[range]))
  }

  private func record(
    _ row: TableRow, _ reference: RecordReference, in file: ScannedFile, _ fields: [Int]
  ) throws(DataError) -> Record {
    if let columns, row.fields.count != columns.count {
      throw DataError(
        .raggedRow, path: file.path, line: row.line,
        problem: "this record has \(SourceRecognition.fields(row.fields.count)) and the "
          + "\(columns.hasHeader ? "header" : "first") has \(columns.count)",
        advice: dialect?.raggedAdvice)
    }
    var record = empty(reference, row.start..<row.end, file)
    record.values.reserveCapacity(fields.count)
    for field in fields { record.values.append(try row.string(field, in: file)) }
    return record
  }

  private func read(
    _ line: some LabeledLine, _ record: inout Record, _ file: ScannedFile, _ fields: [Int]
  ) throws(DataError) {
    func string(_ range: Range<Int>) throws(DataError) -> String {
      try file.string(
        range.lowerBound, range.upperBound, recordStart: Int(record.reference.byteOffset), line: record.line)
    }
    var labels: [String] = []
    for label in line.labels { labels.append(try string(label)) }
    record.labels = labels.isEmpty ? nil : labels
    for field in fields {
      if field == 0 {
        var pieces: [String] = []
        for piece in line.pieces { pieces.append(try string(piece)) }
        record.values.append(pieces.joined(separator: " "))
      } else {
        record.values.append(labels.first)
      }
    }
  }

  /// The values of the wanted fields of an object, and its labels where they are a list, or an object of shares.
  private func object(
    _ range: Range<Int>, line: Int, in file: ScannedFile, _ fields: [Int]
  ) throws(DataError) -> (values: [String?], labels: [String]?, shares: [String: Double]?) {
    guard let columns else { return (fields.map { _ in nil }, nil, nil) }
    var labels: [String]?
    var shares: [String: Double]?
    var values = [String?](repeating: nil, count: fields.count)
    var isSeen = [Bool](repeating: false, count: fields.count)
    var json = JSONLine(file, start: range.lowerBound, end: range.upperBound, line: line)
    let reader = json
    try json.forEachField { (name, value) throws(DataError) in
      for (place, field) in fields.enumerated() where try reader.isName(name, columns.names[field]) {
        if isSeen[place] { throw reader.repeated(columns.names[field]) }
        isSeen[place] = true
        if field == columns.label, columns.second == nil, let list = try reader.strings(value) {
          labels = list
          continue
        }
        if field == columns.label, columns.second == nil, let numbers = try reader.numbers(value) {
          shares = numbers
          continue
        }
        if let kind = value.unsuitableKind {
          throw DataError(
            .unsuitableValue, path: file.path, line: line,
            problem: "the field \"\(columns.names[field])\" holds \(kind)",
            advice: field == columns.label && columns.second == nil
              ? "give a text, a number or a truth value, a list of labels, or an object with the share of each label, such as {\"a\": 0.7, \"b\": 0.3}"
              : "give a text, a number or a truth value")
        }
        values[place] = try reader.text(value)
      }
    }
    return (values, labels, shares)
  }
}
