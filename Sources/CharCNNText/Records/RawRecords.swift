internal import CharCNNFiles

/// Records as they stand in their file, to be written into other files of the same form: a table keeps its header, its columns and its
/// quotes, lines keep their bytes.
package struct RawRecords {
  /// Where the records come from.
  package let records: RecordFiles
  /// What ends a record: that of the file's first one.
  private let lineEnd: [UInt8]

  /// - Throws: `DataError` where the first record cannot be read.
  package init(_ records: RecordFiles) throws(DataError) {
    self.records = records
    guard records.files.count == 1, !records.isFolder else {
      lineEnd = [0x0A]
      return
    }
    let dialect = records.dialect
    lineEnd = try records.withOnlyFile { file throws(DataError) in
      var end: Int?
      if let dialect {
        // A line end in quotes is no end of a record.
        var scanner = TableScanner(file, dialect: dialect)
        if try scanner.next(in: file) { end = scanner.row.end }
      } else {
        var scanner = LineScanner(file)
        if scanner.next(in: file) { end = scanner.end }
      }
      return end.map { $0 < file.count && file[$0] == 0x0D } ?? false ? [0x0D, 0x0A] : [0x0A]
    }
  }

  /// What stands before the first record: a mark, a line that says the separator, the header.
  ///
  /// - Throws: `DataError` where the header cannot be read.
  package func beginning() throws(DataError) -> [UInt8] {
    guard !records.isFolder else { return [] }
    let (dialect, hasHeader) = (records.dialect, records.columns?.hasHeader ?? false)
    return try records.withOnlyFile { file throws(DataError) in
      guard let dialect else { return Array(file.bytes[..<file.textStart]) }
      var scanner = TableScanner(file, dialect: dialect)
      if hasHeader, try scanner.next(in: file) { return Array(file.bytes[..<scanner.row.end]) + lineEnd }
      guard dialect.hasSeparatorLine else { return Array(file.bytes[..<file.textStart]) }
      return Array(file.bytes[...file.find(0x0A, from: file.textStart, to: file.count - 1)])
    }
  }

  /// Adds a record to `output`.
  package func append(_ record: Record, to output: inout [UInt8]) {
    output += record.bytes
    output += lineEnd
  }

  /// The path of a record's file in its folder; nil where there is no folder.
  package func place(of record: Record) -> String? {
    guard records.isFolder else { return nil }
    let file = records.files[Int(record.reference.fileIndex)]
    let prefix = FilePath.join(records.path, "")
    return file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : FilePath.parts(file).last
  }
}

extension RecordFiles {
  /// Whether the records lie in the files of a folder.
  package var isFolder: Bool { format == .folderPerClass || format == .filePerClass || FilePath.isFolder(path) }

  /// What was recognized of the texts, in one line such as `csv, text = column 3 "review"`.
  package var textSummary: String {
    guard let columns else { return formatSummary }
    let texts = columns.describeTexts(format: format)
    guard let second = columns.second else { return "\(formatSummary), text = \(texts)" }
    return "\(formatSummary), first = \(texts), second = \(columns.describe(second, format: format))"
  }

  /// The fields of the texts; of pairs, those of the first and then of the second.
  package var textFields: [Int] {
    guard let columns else { return [0] }
    return columns.texts + (columns.second.map { [$0] } ?? [])
  }

  /// The field that a selector means.
  ///
  /// - Throws: `DataError` where there is none, or several.
  package func field(_ selector: ColumnSelector) throws(DataError) -> Int {
    guard let columns else {
      throw DataError(
        .missingColumn, path: path, problem: "is read as \(format.rawValue), which has no columns to choose from",
        advice: "give a table or JSON lines")
    }
    let listed = (0..<columns.count).map { columns.describe($0, format: format) }.joined(separator: ", ")
    switch selector {
    case .index(let number) where columns.names.filter({ $0 == String(number) }).isEmpty:
      if (1...columns.count).contains(number) { return number - 1 }
    case .index, .name, .joined:
      let name = selector.argument
      let exact = columns.names.indices.filter { columns.names[$0] == name }
      let places =
        exact.isEmpty ? columns.names.indices.filter { ColumnNames.matches(columns.names[$0], name) } : exact
      if places.count == 1 { return places[0] }
      if places.count > 1 {
        throw DataError(
          .ambiguousColumn, path: path, problem: "\(places.count) columns are called \"\(name)\"",
          advice: "choose by number: \(listed)")
      }
    }
    throw DataError(
      .missingColumn, path: path, problem: "there is no column \"\(selector.argument)\"", advice: "there are \(listed)")
  }
}
