/// Texts with labels in files of any supported form, read record by record, so that they need not fit into memory.
///
/// Labels are taken as they are meant: what nobody sees, such as blanks at their ends, is no part of them. Files are mapped.
/// One that is shortened while a source of it is in use gives an error at the next record.
public final class LabeledTextSource: Sendable {
  let records: RecordFiles

  /// Opens a file or folder and recognizes what the options leave open.
  /// - Throws: ``DataError`` if it cannot be read, holds nothing, or is not recognized.
  public init(path: String, options: DataOptions = .init()) throws(DataError) {
    records = try RecordFiles(path: path, options: options, arePairs: false)
  }

  /// The file or folder.
  public var path: String { records.path }
  /// What it was opened with.
  public var options: DataOptions { records.options }
  /// The format, given or recognized.
  public var format: DataFormat { records.format }
  /// All files: one, or those of a folder in the order in which they are read.
  public var files: [String] { records.files }
  /// What was recognized of a table or of JSON objects; nil for other formats.
  public var columns: RecordColumns? { records.columns }

  /// What was recognized, in one line such as `csv, text = column 3 "review", label = column 1 "cat"`.
  public var summary: String { summary(withLabels: true) }

  /// What was recognized, in one line; without what the labels are, where nobody asks for them.
  package func summary(withLabels: Bool) -> String {
    guard withLabels else {
      return columns.map { "\(records.formatSummary), text = \($0.describeTexts(format: format))" }
        ?? records.formatSummary
    }
    switch format {
    case .folderPerClass, .filePerClass: return records.formatSummary
    case .lines, .conllu, .columns: return "\(records.formatSummary), no labels"
    default:
      if let line = format.labeledLine { return "\(records.formatSummary), label = \(line.labelSummary)" }
      guard let columns else { return records.formatSummary }
      let label = columns.describeLabels(format: format) ?? "no labels"
      let separated = labelSeparator.map { ", several with \($0) between" } ?? ""
      return "\(records.formatSummary), text = \(columns.describeTexts(format: format)), \(label)\(separated)"
    }
  }

  /// The fields that make a labelled text: its texts, then its labels.
  private var fields: [Int] {
    (columns?.texts ?? [0]) + records.labelFields + (columns?.weight.map { [$0] } ?? [])
  }

  /// What stands between the labels of a text; nil where a value is one label.
  package var labelSeparator: String? { records.labelSeparator }

  /// Hands every record to `body`, in the order of the files.
  ///
  /// - Returns: What was left out.
  /// - Throws: ``DataError`` for faulty records, with the number of all of them, unless the options say that they are left
  ///   out; and what `body` throws.
  @discardableResult
  public func forEachRecord(_ body: (LabeledText, RecordReference) throws -> Void) throws -> ReadingReport {
    try forEachRow { text, reference, _ in try body(text, reference) }
  }

  /// As ``forEachRecord(_:)``, with the number of each record from 1; records that are left out have numbers too.
  package func forEachRow(_ body: (LabeledText, RecordReference, _ row: Int) throws -> Void) throws -> ReadingReport {
    var report = ReadingReport(path: path, skipsInvalid: options.skipsInvalid)
    let fields = fields
    try records.forEachRecord(fields, report: &report) { record, report in
      let text: LabeledText
      do throws(DataError) { text = try labeled(record) } catch {
        report.add(error)
        return
      }
      guard report.isDelivering else { return }
      report.addRecord(hasFurtherLabels: !text.furtherLabels.isEmpty)
      try body(text, record.reference, report.row)
    }
    try report.finish()
    return report
  }

  /// Reads a record again.
  /// - Throws: ``DataError`` if the reference is of another source or the file has been written to since it was opened. Of
  ///   `DataFormat.folderPerClass`, whose files do not stay open, only a text that has become shorter is noticed.
  public func record(at reference: RecordReference) throws -> LabeledText {
    try records.withRecord(at: reference, fields) { record throws(DataError) in try labeled(record) }
  }

  private func labeled(_ record: Record) throws(DataError) -> LabeledText {
    let place = columns?.texts.count ?? 1
    var text = LabeledText(
      text: try records.text(of: record), labels: try records.labels(of: record, from: place), line: record.line)
    text.shares = try records.shares(of: record, from: place)
    if columns?.weight != nil { text.weight = try records.weight(record.values.last ?? nil, of: record) }
    if text.labels == nil, options.allowsNoLabel { text.labels = [] }
    if text.labels == nil, options.needsLabels {
      throw DataError(
        .missingLabel, path: records.files[Int(record.reference.fileIndex)], line: record.line,
        problem: "the record has no label", advice: "add one or remove the record")
    }
    if options.needsScores, let label = text.label, !text.furtherLabels.isEmpty || ScoreText.value(label) == nil {
      throw ScoreText.fault(
        text.shownLabels ?? label, path: records.files[Int(record.reference.fileIndex)], line: record.line)
    }
    return text
  }
}
