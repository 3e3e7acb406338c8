/// Finds out the format of a file from its name and its first lines.
struct FormatRecognition {
  /// How much of the file is looked at.
  private static let sampleBytes = 1 << 18
  private static let sampleLines = 200

  let file: FileBytes
  let needsLabels: Bool

  /// The format.
  func format() throws(DataError) -> DataFormat {
    let (lines, isWhole) = sample()
    guard let first = lines.first else {
      throw DataError(
        .noRecords, path: file.path, problem: "there are only blank lines", advice: "name a file with records")
    }
    let fileExtension = FilePath.fileExtension(of: file.path)
    if startsWith(FastTextLine.prefix, first) { return .fastText }
    switch fileExtension {
    case "csv":
      return file.find(0x2C, from: first.lowerBound, to: first.upperBound) == first.upperBound
        && tabCount(first) > 0 ? .tsv : .csv
    case "tsv", "tab": return .tsv
    case "jsonl", "ndjson": return .jsonLines
    case "json" where file[first.lowerBound] == UInt8(ascii: "["):
      throw DataError(
        .unrecognizedFormat, path: file.path, line: 1, problem: "the file holds a JSON array",
        advice: "write one object a line: jq -c '.[]'")
    case "json": return .jsonLines
    default: break
    }
    if isJSONObject(first) { return .jsonLines }
    if tabCount(first) > 0, lines.allSatisfy({ tabCount($0) == tabCount(first) }) { return .tsv }
    if isCSV(isWhole: isWhole) { return .csv }
    if !needsLabels { return .lines }
    throw DataError(
      .unrecognizedFormat, path: file.path, problem: "no format with labels was recognized",
      advice: "choose with --format csv, tsv, jsonl or fasttext")
  }

  /// The first lines that are not blank, without one that the sample cuts off.
  private func sample() -> (lines: [Range<Int>], isWhole: Bool) {
    var scanner = LineScanner(file)
    var lines: [Range<Int>] = []
    while lines.count < Self.sampleLines, scanner.next(in: file) {
      lines.append(scanner.start..<scanner.end)
      if scanner.end > Self.sampleBytes { break }
    }
    return (lines, scanner.offset >= file.count)
  }

  private func startsWith(_ prefix: [UInt8], _ line: Range<Int>) -> Bool {
    file.bytes[line].starts(with: prefix)
  }

  private func tabCount(_ line: Range<Int>) -> Int { file.count(of: 0x09, from: line.lowerBound, to: line.upperBound) }

  private func isJSONObject(_ line: Range<Int>) -> Bool {
    var json = JSONLine(file, start: line.lowerBound, end: line.upperBound, line: 1)
    do {
      try json.forEachField { (_, _) throws(DataError) in }
      return true
    } catch {
      return false
    }
  }

  /// Whether the file reads as a table with commas: a header with known names, or quotes, or many records alike.
  private func isCSV(isWhole: Bool) -> Bool {
    var scanner = TableScanner(file, format: .csv)
    var records = 0
    var fields = 0
    var isNamed = false
    do {
      while records < Self.sampleLines, try scanner.next(in: file) {
        if records == 0 {
          fields = scanner.row.fields.count
          for position in 0..<fields where ColumnNames.isKnown(try scanner.row.string(position, in: file)) {
            isNamed = true
          }
        }
        guard scanner.row.fields.count == fields, fields > 1 else { return false }
        records += 1
        if scanner.row.end > Self.sampleBytes { break }
      }
    } catch {
      return false
    }
    return isNamed || records >= 5
  }
}
