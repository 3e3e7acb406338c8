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
  public var summary: String {
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

  /// The fields that make a labelled text: its texts, then the label.
  private var fields: [Int] {
    if let columns {
      return columns.texts + (columns.label.map { [$0] } ?? []) + columns.furtherLabels + columns.flags
    }
    return format == .lines ? [0] : [0, 1]
  }

  /// What stands between the labels of a text; nil where a value is one label.
  package var labelSeparator: String? { options.labelSeparator ?? options.trained?.labelSeparator }

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
    let text = LabeledText(text: try records.text(of: record), labels: try labels(of: record), line: record.line)
    if text.labels == nil, options.needsLabels {
      throw DataError(
        .missingLabel, path: records.files[Int(record.reference.fileIndex)], line: record.line,
        problem: "the record has no label", advice: "add one or remove the record")
    }
    return text
  }

  /// The labels of a record; none where it says that none is right, nil where it says nothing.
  private func labels(of record: Record) throws(DataError) -> [String]? {
    let texts = columns?.texts.count ?? 1
    let flags = columns?.flags ?? []
    let firstFlag = record.values.count - flags.count
    let given = record.labels ?? record.values[min(texts, firstFlag)..<firstFlag].compactMap { $0 }
    let parts =
      labelSeparator.map { separator in given.flatMap { $0.split(separator: separator).map(String.init) } } ?? given
    let seen = parts.compactMap(Label.seen)
    var raised: [String] = []
    for (place, column) in flags.enumerated() {
      guard let name = columns?.names[column] else { continue }
      if try isRaised(record.values[firstFlag + place], name, of: record) { raised.append(name) }
    }
    // An empty list says that no label is right, and so do zeros; an empty text says nothing.
    let saysNothing = seen.isEmpty && flags.isEmpty && record.labels?.isEmpty != true
    return saysNothing ? nil : seen + raised
  }

  /// Whether a column says that its label is right.
  private func isRaised(_ value: String?, _ name: String, of record: Record) throws(DataError) -> Bool {
    let value = value.map(VisibleText.of) ?? ""
    switch value.lowercased() {
    case "1", "1.0", "true": return true
    case "0", "0.0", "false": return false
    default:
      throw DataError(
        .unsuitableValue, path: records.files[Int(record.reference.fileIndex)], line: record.line,
        problem: value.isEmpty
          ? "nothing says whether the label \"\(name)\" is right"
          : "\"\(value)\" does not say whether the label \"\(name)\" is right",
        advice: "write 1 where it is and 0 where it is not")
    }
  }
}
