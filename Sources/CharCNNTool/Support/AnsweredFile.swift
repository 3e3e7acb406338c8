#if Tool
internal import CharCNN
import CharCNNText

/// A file of texts that is written anew with answers, piece by piece.
struct AnsweredFile {
  /// What is read and what is added.
  struct Columns {
    /// Names of the added columns.
    var names: [String]
    /// The columns that the model was trained on.
    var trained: DataColumns?
    var arePairs = false
    var areScores = false
  }

  /// Texts of a piece, and their bytes, at most.
  private static let texts = 4_096
  private static let bytes = 4 << 20

  private let path: String
  private let records: RecordFiles
  private let annotated: AnnotatedRecords
  private let output: String?
  private let overwrite: Bool
  private let console: Console

  /// Opens a file and tells what was recognized.
  init(
    _ path: String, _ columns: Columns, output: String?, overwrite: Bool, reading: DataArguments, console: Console
  ) throws {
    records = try RecordFiles(
      path: path, options: reading.options(trained: columns.trained, needsLabels: false, scores: columns.areScores),
      arePairs: columns.arePairs)
    try FilePlace.refuse(output, amongst: records.files, option: "--output")
    annotated = try AnnotatedRecords(records, adding: columns.names)
    (self.path, self.output, self.overwrite, self.console) = (path, output, overwrite, console)
    console.say("\(records.path): \(records.textSummary)")
    if annotated.isRenamed {
      console.say(
        "\(records.path): has columns of such names already, so the new ones are \(annotated.names.joined(separator: ", "))"
      )
    }
  }

  /// Writes all records with what `answers` gives for their texts (and second texts).
  func write(
    _ answers: (_ texts: [String], _ seconds: [String], _ areObjects: Bool) throws -> [[AnnotatedRecords.Value]]
  ) throws {
    let sink = try AnswerSink(output, overwrite: overwrite)
    let terminal = console.isQuiet ? nil : Terminal()
    var piece = Piece(bytes: try annotated.beginning())
    var done = 0
    func flush() throws {
      let values = piece.texts.isEmpty ? [] : try answers(piece.texts, piece.seconds, annotated.areObjects)
      var bytes = piece.beginning
      for (place, values) in values.enumerated() {
        piece.withRecord(place) { annotated.append($0, values, to: &bytes) }
      }
      try sink.write(bytes)
      done += values.count
      terminal?.draw("answering: \(Numbers.count(done, "text"))")
      piece.removeAll()
    }
    var report = ReadingReport(path: records.path, skipsInvalid: records.options.skipsInvalid)
    try records.forEachRecord(records.textFields, report: &report) { record, report in
      let (text, second): (String, String?)
      do throws(DataError) {
        text = try records.text(of: record)
        second = records.columns?.second == nil ? nil : try records.secondText(of: record)
        if annotated.collides(record) {
          throw DataError(
            .ambiguousColumn, path: records.path, line: record.line,
            problem: "the object has a field of the name of a new one, which the first objects have not",
            advice: "rename it")
        }
      } catch {
        report.add(error)
        return
      }
      guard report.isDelivering else { return }
      report.addRecord()
      piece.append(record, text, second)
      if piece.texts.count >= Self.texts || piece.size >= Self.bytes { try flush() }
    }
    try flush()
    terminal?.clear()
    for warning in report.warnings { console.warn(warning) }
    try report.finish()
    try sink.finish()
    if let output {
      console.say(
        "\(output): \(Numbers.count(done, "text")) answered\(records.isConverted ? ", written in UTF-8" : "")")
    }
  }

  /// Records that are answered together.
  private struct Piece {
    private(set) var texts: [String] = []
    private(set) var seconds: [String] = []
    /// What is written before them.
    private(set) var beginning: [UInt8]
    private var records: [Record] = []
    /// Their bytes, which do not stay where they are once the next record is read.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(bytes: [UInt8]) { beginning = bytes }

    var size: Int { bytes.count }

    mutating func append(_ record: Record, _ text: String, _ second: String?) {
      texts.append(text)
      if let second { seconds.append(second) }
      bytes += record.bytes
      ends.append(bytes.count)
      var record = record
      record.values = []
      records.append(record)
    }

    /// Lends a record, with its bytes.
    func withRecord(_ place: Int, _ body: (Record) -> Void) {
      var record = records[place]
      let start = place == 0 ? 0 : ends[place - 1]
      bytes.withUnsafeBytes { all in
        record.bytes = UnsafeRawBufferPointer(rebasing: all[start..<ends[place]])
        body(record)
      }
    }

    mutating func removeAll() {
      texts.removeAll(keepingCapacity: true)
      seconds.removeAll(keepingCapacity: true)
      beginning = []
      records.removeAll(keepingCapacity: true)
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
    }
  }
}
#endif
