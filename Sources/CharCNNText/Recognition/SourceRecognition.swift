internal import CharCNNFiles

/// What a file was recognized as.
struct RecognizedSource {
  var format: DataFormat
  /// How a table is written; nil for other formats.
  var dialect: TableDialect?
  /// Columns of a table or fields of objects; nil for other formats.
  var columns: RecordColumns?
  /// Labels that the first records of a table have more than once.
  var labels: Set<String> = []
}

/// Recognizes the format of one file, and its columns where the format has such.
struct SourceRecognition {
  let file: ScannedFile
  let options: DataOptions
  /// Whether pairs of texts are wanted.
  let arePairs: Bool

  /// How much of a file without known form is looked at.
  private static let sampleBytes = 1 << 18
  private static let sampleLines = 200

  /// The format and the columns.
  func recognize() throws(DataError) -> RecognizedSource {
    try file.checkEncoding()
    let (format, sample) = try formatAndSample()
    if arePairs, ![.csv, .tsv, .jsonLines, .conllu, .columns].contains(format) {
      throw DataError(
        .unrecognizedFormat, path: file.path, problem: "\(format.rawValue) is no format of pairs",
        advice: "give csv, tsv or JSON lines (`format`: csv, tsv or jsonl)")
    }
    switch format {
    case .csv, .tsv:
      guard let sample else { throw unrecognized() }
      let columns = try columns(of: sample)
      return RecognizedSource(
        format: sample.dialect.format, dialect: sample.dialect, columns: columns,
        labels: columns.label.map { Self.repeated($0, in: sample.rows) } ?? [])
    case .jsonLines:
      try refuseTableOptions(format)
      return RecognizedSource(format: format, columns: try fields())
    case .lines:
      try refuseColumns(format)
      if options.needsLabels {
        throw DataError(
          .noLabels, path: file.path, problem: "plain lines have no labels",
          advice: "choose another `format`, or put a label before each text and a tab between")
      }
    case .conllu, .columns: throw format.isForTaggers(path: file.path)
    case .folderPerClass, .filePerClass:
      throw DataError(
        .unrecognizedFormat, path: file.path, problem: "is a file, and \(format.rawValue) is the format of a folder",
        advice: "name a folder, or leave `format` out")
    default:
      try refuseColumns(format)
    }
    return RecognizedSource(format: format)
  }

  /// The values that a column has more than once, where it has few.
  private static func repeated(_ column: Int, in rows: [[String]]) -> Set<String> {
    let counts = rows.reduce(into: [String: Int]()) { $0[VisibleText.of($1[column]), default: 0] += 1 }
    guard counts.count * 2 <= rows.count else { return [] }
    return Set(counts.filter { $0.value > 1 && !$0.key.isEmpty }.keys)
  }

  // MARK: Format

  private func formatAndSample() throws(DataError) -> (DataFormat, TableSample?) {
    if let format = options.format {
      guard format == .csv || format == .tsv else { return (format, nil) }
      // Tabs are the separator of the one and any other of the other, unless it was said.
      let said = options.separator ?? (format == .tsv ? .tab : nil)
      return (format, DialectRecognition(file: file, separator: said, expected: said ?? .comma).recognize())
    }
    let lines = sampleLines()
    guard let first = lines.first else {
      throw DataError(
        .noRecords, path: file.path, problem: "there are only blank lines", advice: "name a file with records")
    }
    let fileExtension = FilePath.fileExtension(of: file.path)
    if options.separator == nil {
      if let format = DataFormat.ofLabeledLines(in: file, lines: lines) { return (format, nil) }
      if ["json", "jsonl", "ndjson"].contains(fileExtension), file[first.lowerBound] == UInt8(ascii: "[") {
        throw DataError(
          .unrecognizedFormat, path: file.path, line: 1, problem: "the file holds a JSON array",
          advice: "write one object a line: jq -c '.[]'")
      }
      if ["jsonl", "ndjson", "json"].contains(fileExtension) || isJSONObject(first) { return (.jsonLines, nil) }
    }
    let expected: FieldSeparator? =
      fileExtension == "csv" ? .comma : ["tsv", "tab"].contains(fileExtension) ? .tab : nil
    let sample = DialectRecognition(file: file, separator: options.separator, expected: expected).recognize()
    if let sample, isTable(sample, expected: expected) { return (sample.dialect.format, sample) }
    if !options.needsLabels { return (.lines, nil) }
    throw unrecognized()
  }

  /// Whether separators make a table of the file: one called so, or with known names, or with many records alike.
  private func isTable(_ sample: TableSample, expected: FieldSeparator?) -> Bool {
    if expected != nil || options.separator != nil || sample.dialect.hasSeparatorLine { return true }
    guard sample.count > 1 else { return false }
    if sample.dialect.separator == .tab, sample.isPerfect { return true }
    return sample.isNamed || sample.all >= 5 && (!sample.isProse || options.needsLabels)
  }

  private func unrecognized() -> DataError {
    DataError(
      .unrecognizedFormat, path: file.path, problem: "no format with labels was recognized",
      advice:
        "choose with `format`: csv, tsv, jsonl or fasttext, or say what stands between the fields with `separator`"
    )
  }

  /// The first lines that are not blank.
  private func sampleLines() -> [Range<Int>] {
    var scanner = LineScanner(file)
    var lines: [Range<Int>] = []
    while lines.count < Self.sampleLines, scanner.next(in: file) {
      lines.append(scanner.start..<scanner.end)
      if scanner.end > Self.sampleBytes { break }
    }
    return lines
  }

  private func isJSONObject(_ line: Range<Int>) -> Bool {
    var json = JSONLine(file, start: line.lowerBound, end: line.upperBound, line: 1)
    do {
      try json.forEachField { (_, _) throws(DataError) in }
      return true
    } catch {
      return false
    }
  }

  // MARK: Columns

  private func columns(of sample: TableSample) throws(DataError) -> RecordColumns {
    if sample.all == 0 {
      throw sample.fault
        ?? DataError(
          .noRecords, path: file.path, problem: "there are only blank lines", advice: "name a file with records")
    }
    if sample.rows.isEmpty, let fault = sample.fault { throw fault }
    // Names that cannot be read are no names; another record must not take their place.
    if options.header != false, let fault = sample.firstFault { throw fault }
    let isHeader =
      options.header
      ?? HeaderRecognition(sample.rows, wanted: wantedNames, arePairs: arePairs).isHeader
    try checkFirst(sample, isHeader: isHeader)
    let first = sample.rows.first ?? []
    let body = isHeader ? HeaderRecognition.without(first, sample.rows.dropFirst()) : sample.rows
    if isHeader, body.isEmpty {
      throw sample.all > 1 && sample.fault != nil
        ? sample.fault ?? noRecords() : noRecords()
    }
    if arePairs, first.count < (options.needsLabels ? 3 : 2) {
      throw DataError(
        .missingColumn, path: file.path, line: sample.firstLine,
        problem: "there is \(first.count == 1 ? "1 column" : "no more than \(first.count) columns")",
        advice:
          "a pair needs a first text, a second one\(options.needsLabels ? " and a label" : ""), in columns of their own"
      )
    }
    return try roles(
      RoleRecognition(
        path: file.path, options: options, arePairs: arePairs, names: isHeader ? first.map(VisibleText.of) : [],
        hasHeader: isHeader,
        statistics: first.indices.map { column in ColumnStatistics(body.lazy.map { $0[column] }) }),
      fault: sample.fault)
  }

  /// The roles. Where faulty records leave too little to recognize them by, the first fault is the error.
  private func roles(_ recognition: RoleRecognition, fault: DataError?) throws(DataError) -> RecordColumns {
    do throws(DataError) { return try recognition.choose() } catch {
      if let fault, !options.skipsInvalid { throw fault }
      throw error
    }
  }

  private func noRecords() -> DataError {
    DataError(
      .noRecords, path: file.path, problem: "there is a header and no record after it",
      advice: "name a file with records")
  }

  /// Refuses a first record, be it a header or not, that has another number of fields than nearly all others: then they are
  /// not those of the columns, and no record can be left out instead.
  private func checkFirst(_ sample: TableSample, isHeader: Bool) throws(DataError) {
    guard sample.firstCount != sample.count else { return }
    var scanner = TableScanner(file, dialect: sample.dialect)
    do throws(DataError) { _ = try scanner.next(in: file) } catch { return }
    let first = scanner.row
    var names: [String] = []
    for position in first.fields.indices { names.append(try first.string(position, in: file)) }
    let looksLikeNames = options.header ?? names.contains(where: ColumnNames.isKnown)
    var other = sample.firstLine
    repeat {
      do throws(DataError) {
        guard try scanner.next(in: file) else { break }
      } catch {
        scanner.skipLine(in: file)
        continue
      }
      other = scanner.row.line
    } while scanner.row.fields.count != sample.count
    let share = Int((100 * sample.share).rounded(.down))
    throw DataError(
      .raggedRow, path: file.path, line: looksLikeNames ? other : sample.firstLine,
      problem: looksLikeNames
        ? "this record has \(Self.fields(sample.count)), as \(share) % of the first records have, and the header has "
          + "\(sample.firstCount)"
        : "this record has \(Self.fields(sample.firstCount)) and \(share) % of the first records have \(sample.count)",
      advice: sample.dialect.raggedAdvice)
  }

  static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  /// Names of columns that were said, or that a model was trained on.
  private var wantedNames: [String] {
    func names(_ selector: ColumnSelector?) -> [String] {
      switch selector {
      case .name(let name): [name]
      case .joined(let parts): [selector?.argument ?? ""] + parts.flatMap(names)
      case .index, nil: []
      }
    }
    let trained =
      options.trained.map {
        $0.text + [$0.second, $0.label].compactMap { $0 } + ($0.furtherLabels ?? []) + ($0.flags ?? [])
          + ($0.shares ?? [])
      } ?? []
    return names(options.text) + names(options.second) + names(options.label) + names(options.weight) + trained
  }

  private func fields() throws(DataError) -> RecordColumns {
    var names: [String] = []
    var positions: [String: Int] = [:]
    var values: [[String]] = []
    var unsuitable: [(name: String, kind: String, line: Int)] = []
    var lists: Set<String> = []
    var scanner = LineScanner(file)
    var (count, good) = (0, 0)
    var fault: DataError?
    var unreadable: Set<String> = []
    while count < TableSample.records, scanner.next(in: file) {
      count += 1
      var json = JSONLine(file, start: scanner.start, end: scanner.end, line: scanner.line)
      let reader = json
      do throws(DataError) {
        try json.forEachField { (name, value) throws(DataError) in
          guard let name = try reader.text(name) else { return }
          var list = arePairs ? nil : try reader.strings(value)
          if !arePairs, list == nil, let numbers = try reader.numbers(value) {
            // The class of the largest share stands for them.
            list = [LabeledText.largest(numbers) ?? ""]
          }
          if list != nil { lists.insert(name) }
          if list == nil, let kind = value.unsuitableKind {
            unreadable.insert(name)
            if !unsuitable.contains(where: { $0.name == name }) { unsuitable.append((name, kind, scanner.line)) }
            return
          }
          let joined = list?.joined(separator: ",")
          guard let value = joined != nil ? joined : try reader.text(value) else {
            unreadable.insert(name)
            return
          }
          if let position = positions[name] {
            values[position].append(value)
          } else {
            positions[name] = names.count
            names.append(name)
            values.append([value])
          }
        }
        good += 1
      } catch {
        if fault == nil { fault = error }
      }
    }
    if good == 0 { throw fault ?? noLines() }
    // A field that now and then holds a list is one all the same; its records are faulty.
    var columns = try roles(
      RoleRecognition(
        path: file.path, options: options, arePairs: arePairs, names: names, hasHeader: false,
        statistics: values.map { ColumnStatistics($0) },
        areFields: true, unsuitable: unsuitable.filter { field in !names.contains(field.name) },
        lists: Set(names.indices.filter { lists.contains(names[$0]) })),
      fault: fault)
    columns.unreadable = unreadable.sorted()
    return columns
  }

  private func noLines() -> DataError {
    DataError(
      .noRecords, path: file.path, problem: "there are only blank lines", advice: "name a file with records")
  }

  // MARK: Options without effect

  private func refuseTableOptions(_ format: DataFormat) throws(DataError) {
    let given = [options.separator.map { _ in "`separator`" }, options.header.map { _ in "`header`" }].compactMap { $0 }
    guard let option = given.first else { return }
    throw DataError(
      .unrecognizedFormat, path: file.path, problem: "is read as \(format.rawValue), which has no use for \(option)",
      advice: "leave it out, or choose `format=csv`")
  }

  private func refuseColumns(_ format: DataFormat) throws(DataError) {
    try refuseTableOptions(format)
    guard options.text != nil || options.label != nil || options.second != nil else { return }
    throw DataError(
      .missingColumn, path: file.path, problem: "is read as \(format.rawValue), which has no columns to choose from",
      advice: "leave `text` and `label` out, or choose another `format`")
  }
}

extension DataFormat {
  /// The error for a format of tagged sentences where texts with labels are read.
  func isForTaggers(path: String) -> DataError {
    DataError(
      .unrecognizedFormat, path: path, problem: "\(rawValue) is a format of sentences with tags, which taggers read",
      advice: "train a tagger (`task=tagging`), or choose `format`: csv, tsv, jsonl, fasttext, folders or files")
  }
}
