/// Pairs of texts in a file: a table, with or without a header, or JSON objects, one a line. They are read one by one, so
/// that they need not fit into memory.
///
/// The file is mapped; one that is shortened while it is read gives an error at the next record.
public final class TextPairSource: Sendable {
  let records: RecordFiles
  /// What was recognized.
  public let columns: RecordColumns

  /// Opens a file and recognizes what the options leave open.
  ///
  /// - Throws: ``DataError`` if it cannot be read, holds nothing, or is not recognized.
  public init(path: String, options: DataOptions = .init()) throws(DataError) {
    records = try RecordFiles(path: path, options: options, arePairs: true)
    guard let columns = records.columns else {
      throw DataError(
        .unrecognizedFormat, path: path, problem: "\(records.format.rawValue) is no format of pairs",
        advice: "give csv, tsv or JSON lines")
    }
    self.columns = columns
  }

  /// The file.
  public var path: String { records.path }
  /// What it was opened with.
  public var options: DataOptions { records.options }
  /// The format, given or recognized.
  public var format: DataFormat { records.format }

  /// What was recognized, in one line such as `tsv, first = column 2 "sentence_A", second = …, label = …`.
  public var summary: String {
    let label = columns.label.map { "label = " + columns.describe($0, format: format) } ?? "no labels"
    return
      "\(records.formatSummary), first = \(columns.describeTexts(format: format)), second = "
      + "\(columns.second.map { columns.describe($0, format: format) } ?? ""), \(label)"
  }

  private var fields: [Int] {
    records.textFields + (columns.label.map { [$0] } ?? [])
  }

  /// Hands every pair to `body`.
  ///
  /// - Returns: What was left out.
  /// - Throws: ``DataError`` for faulty records, with the number of all of them, unless the options say that they are left
  ///   out; and what `body` throws.
  @discardableResult
  public func forEachPair(_ body: (TextPair, RecordReference) throws -> Void) throws -> ReadingReport {
    try forEachRow { pair, reference, _ in try body(pair, reference) }
  }

  /// As ``forEachPair(_:)``, with the number of each record from 1; records that are left out have numbers too.
  @discardableResult
  package func forEachRow(_ body: (TextPair, RecordReference, _ row: Int) throws -> Void) throws -> ReadingReport {
    var report = ReadingReport(path: path, skipsInvalid: options.skipsInvalid)
    let fields = fields
    try records.forEachRecord(fields, report: &report) { record, report in
      let pair: TextPair
      do throws(DataError) { pair = try self.pair(record) } catch {
        report.add(error)
        return
      }
      guard report.isDelivering else { return }
      report.addRecord()
      try body(pair, record.reference, report.row)
    }
    try report.finish()
    return report
  }

  /// Reads a pair again.
  ///
  /// - Throws: ``DataError`` if the reference is of another source or the file has been written to since it was opened.
  public func pair(at reference: RecordReference) throws -> TextPair {
    try records.withRecord(at: reference, fields) { record throws(DataError) in try pair(record) }
  }

  /// All pairs.
  ///
  /// - Throws: ``DataError`` for faulty records.
  public func pairs() throws -> [TextPair] {
    var result: [TextPair] = []
    try forEachPair { pair, _ in result.append(pair) }
    return result
  }

  private func pair(_ record: Record) throws(DataError) -> TextPair {
    let count = columns.texts.count
    let (first, second) = (try records.text(of: record), try records.secondText(of: record))
    var label = record.values.count > count + 1 ? record.values[count + 1].map(VisibleText.of) : nil
    if label?.isEmpty == true || isWithoutJudgment(label) { label = nil }
    if label == nil, options.needsLabels {
      throw DataError(
        .missingLabel, path: path, line: record.line, problem: "the pair has no label",
        advice: "add one or remove the record")
    }
    if let label, options.needsScores, ScoreText.value(label) == nil {
      throw ScoreText.fault(label, path: path, line: record.line)
    }
    return TextPair(first, second, label: label, line: record.line)
  }

  /// In the data of SNLI and MultiNLI, a hyphen for the gold label says that those who were asked did not agree on one.
  private func isWithoutJudgment(_ label: String?) -> Bool {
    guard label == "-", let column = columns.label, column < columns.names.count else { return false }
    return ColumnNames.simplified(columns.names[column]) == "goldlabel"
  }
}
