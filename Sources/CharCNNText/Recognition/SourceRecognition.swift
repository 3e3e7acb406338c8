/// Recognizes the format of one file, and its columns where the format has such.
struct SourceRecognition {
  let file: FileBytes
  let options: DataOptions

  /// The format and the columns.
  func recognize() throws(DataError) -> (DataFormat, LabeledTextColumns?) {
    try file.checkEncoding()
    let format: DataFormat
    if let known = options.format {
      format = known
    } else {
      format = try FormatRecognition(file: file, needsLabels: options.needsLabels).format()
    }
    let recognition = ColumnRecognition(path: file.path, options: options)
    switch format {
    case .csv, .tsv:
      return (format, try recognition.table(try sampleTable(format)))
    case .jsonLines:
      let (names, statistics) = try sampleObjects()
      return (format, try recognition.fields(names: names, statistics))
    case .fastText:
      return (format, nil)
    case .lines:
      if options.needsLabels {
        throw DataError(
          .noLabels, path: file.path, problem: "plain lines have no labels",
          advice: "choose another --format, or put a label before each text and a tab between")
      }
      return (format, nil)
    case .conllu, .columns: throw format.isForTaggers(path: file.path)
    case .folderPerClass, .filePerClass:
      throw DataError(
        .unrecognizedFormat, path: file.path, problem: "is a file, and \(format.rawValue) is the format of a folder",
        advice: "name a folder, or leave --format out")
    }
  }

  func sampleTable(_ format: DataFormat) throws(DataError) -> [[String]] {
    var scanner = TableScanner(file, format: format)
    var rows: [[String]] = []
    while rows.count <= ColumnRecognition.sampleSize, try scanner.next(in: file) {
      guard rows.first.map({ $0.count == scanner.row.fields.count }) ?? true else {
        break  // The reader reports it, with the columns known.
      }
      var values: [String] = []
      for position in scanner.row.fields.indices { values.append(try scanner.row.string(position, in: file)) }
      rows.append(values)
    }
    if rows.isEmpty { throw noRecords() }
    return rows
  }

  func sampleObjects() throws(DataError) -> ([String], [ColumnStatistics]) {
    var names: [String] = []
    var positions: [String: Int] = [:]
    var values: [[String]] = []
    var scanner = LineScanner(file)
    var count = 0
    while count < ColumnRecognition.sampleSize, scanner.next(in: file) {
      count += 1
      var json = JSONLine(file, start: scanner.start, end: scanner.end, line: scanner.line)
      let reader = json
      try json.forEachField { (name, value) throws(DataError) in
        guard let name = try reader.text(name), let value = try reader.text(value) else { return }
        if let position = positions[name] {
          values[position].append(value)
        } else {
          positions[name] = names.count
          names.append(name)
          values.append([value])
        }
      }
    }
    if count == 0 { throw noRecords() }
    return (names, values.map { ColumnStatistics($0) })
  }

  private func noRecords() -> DataError {
    DataError(
      .noRecords, path: file.path, problem: "there are only blank lines", advice: "name a file with records")
  }
}

extension DataFormat {
  /// The error for a format of tagged sentences where texts with labels are read.
  func isForTaggers(path: String) -> DataError {
    DataError(
      .unrecognizedFormat, path: path, problem: "\(rawValue) is a format of sentences with tags, which taggers read",
      advice: "train a tagger (--task tagging), or choose --format csv, tsv, jsonl, fasttext, folders or files")
  }
}
