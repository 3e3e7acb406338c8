#if Tool
internal import CharCNN
import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNTraining

/// What a training writes to standard output.
struct TrainingResult<Report: ModelReport>: Encodable {
  let output: String
  let summary: TrainingSummary<Report>
  /// Number of labels; nil for tasks without.
  let labels: Int?

  private enum Key: String, CodingKey {
    case output, examples, epochs, bestEpoch, seconds, charactersPerSecond, parameters, labels, stopReason, cascade,
      history
  }

  /// The name of a figure of the task.
  private struct FigureKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }

  /// The figures of the task beside what every training has.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(output, forKey: .output)
    try container.encode(summary.report.examples, forKey: .examples)
    try container.encode(summary.epochs, forKey: .epochs)
    try container.encode(summary.bestEpoch, forKey: .bestEpoch)
    try container.encode(summary.seconds, forKey: .seconds)
    try container.encode(summary.charactersPerSecond, forKey: .charactersPerSecond)
    try container.encode(summary.parameters, forKey: .parameters)
    try container.encodeIfPresent(labels, forKey: .labels)
    try container.encode(summary.stopReason, forKey: .stopReason)
    try container.encodeIfPresent(summary.cascade, forKey: .cascade)
    if !summary.history.isEmpty { try container.encode(summary.history, forKey: .history) }
    var figures = encoder.container(keyedBy: FigureKey.self)
    for figure in summary.report.measuredFigures {
      try figures.encode(figure.value, forKey: FigureKey(stringValue: figure.key))
    }
  }

  /// How much faster predicting is; nothing where it takes too little time to be measured.
  private static func speedup(of cascade: CascadeReport) -> String {
    let least = 0.1
    guard cascade.seconds >= least else { return "" }
    return ", all predicted \(Numbers.fixed(cascade.speedup, decimals: 1)) times as fast"
  }

  /// The same for people.
  var text: String {
    let goesInSteps = summary.epochs > 0
    let reason =
      switch summary.stopReason {
      case .finished: goesInSteps ? "all epochs done" : "solved"
      case .converged: "no longer getting better"
      case .diverged: "the loss was no number any more; try a lower rate"
      case .timeLimit: "time limit reached"
      case .cancelled: "interrupted"
      }
    let size = Numbers.count(summary.parameters, "parameter") + (labels.map { ", \(Numbers.count($0, "label"))" } ?? "")
    var rows = [["model", "\(output) (\(size))"]]
    if summary.report.examples == 0 { rows.append(["measured", "nothing: there was no text to measure with"]) }
    for (number, figure) in summary.report.measuredFigures.enumerated() {
      let examples = number == 0 ? " on \(Numbers.count(summary.report.examples, "validation example"))" : ""
      rows.append([figure.name, Decimals.readable(figure.value) + examples])
    }
    if let cascade = summary.cascade {
      rows.append([
        "cascade",
        "network asked about \(Numbers.percent(1 - cascade.share)) of the validation texts\(Self.speedup(of: cascade)); "
          + "without: accuracy \(Numbers.fixed(cascade.accuracyWithout))",
      ])
    }
    rows.append(
      goesInSteps ? ["epochs", "\(summary.epochs), best \(summary.bestEpoch) (\(reason))"] : ["n-grams", reason])
    rows.append(
      ["time", "\(Numbers.time(summary.seconds)), \(Numbers.short(summary.charactersPerSecond)) characters/s"])
    return TextTable(rows: rows, leftColumns: 2, cells: .whole).text()
  }
}
#endif
