#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// Several trainings that tell how good a model of some data is, and how much of that is chance.
struct RepetitionArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Cut the data into so many parts, leave each out in turn and measure on it (cross-validation). No model is written.",
      valueName: "number"))
  var folds: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Train with so many seeds, from --seed on, and tell how far the figures differ. No model is written.",
      valueName: "number"))
  var seeds: Int?

  @Option(
    help: ArgumentHelp(
      "With --folds: the column whose equal values stay in one part, such as a customer: its name or number.",
      valueName: "column"))
  var group: String?

  @Option(
    help: ArgumentHelp(
      "With --folds, for classifiers: write each text with the answer of the model that has not learned from it, as evaluate --predictions does; of several seeds that of the first.",
      valueName: "file"))
  var predictions: String?

  /// Whether there are several trainings.
  var isGiven: Bool { folds != nil || seeds != nil }

  func validate() throws {
    if let folds, !(2...100).contains(folds) { throw ValidationError("--folds must be 2 to 100, not \(folds)") }
    if let seeds, !(1...1_000).contains(seeds) { throw ValidationError("--seeds must be 1 to 1000, not \(seeds)") }
    if folds == nil, group != nil || predictions != nil {
      throw ValidationError("--group and --predictions go with --folds")
    }
    if let predictions, AnswerTable.Format(path: predictions) == nil {
      throw ValidationError("--predictions must end with .csv, .tsv or .jsonl, not '\(predictions)'")
    }
  }

  /// What the rows of a file belong to, by their numbers; nothing without a column.
  func groups(of data: String, _ reading: DataArguments) throws -> [Int: UInt64] {
    guard let group else { return [:] }
    let records = try RecordFiles(
      path: data, options: reading.options(needsLabels: false), arePairs: reading.secondColumn != nil)
    let field = try records.field(ColumnSelector(argument: group))
    var groups: [Int: UInt64] = [:]
    var report = ReadingReport(path: data, skipsInvalid: true)
    try records.forEachRecord([field], report: &report) { record, report in
      // Counted first: the numbers are those that the readers of texts give.
      report.addRecord()
      if let value = record.values[0], !value.isEmpty {
        groups[report.row] = TextLikeness.exactDigest(of: value)
      }
    }
    return groups
  }
}
#endif
