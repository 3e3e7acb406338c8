#if Tool
internal import CharCNN
import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNTraining

/// What `tune` tells.
struct TuningResult<Report: ModelReport>: Encodable {
  private typealias Trial = TrainingSummary<Report>.Trial

  private let search: TrainingSummary<Report>.Search
  private let training: TrainingResult<Report>
  private let rows: [Row]

  /// Settings with what their trials came to.
  private struct Row {
    let settings: [String]
    let trials: [Trial]

    var name: String { settings.isEmpty ? "defaults" : settings.joined(separator: " ") }
    /// The largest part of the texts that they were tried on, then the mean of their figures there.
    var rank: (fraction: Double, figure: Double) {
      let measured = trials.filter { $0.figure != nil }
      guard let most = measured.map(\.fraction).max() else { return (0, 0) }
      return (most, mean(of: most) ?? 0)
    }

    func mean(of fraction: Double) -> Double? {
      let figures = trials.filter { $0.fraction == fraction }.compactMap(\.figure)
      return figures.isEmpty ? nil : figures.reduce(0, +) / Double(figures.count)
    }
  }

  private enum Key: String, CodingKey { case metric, settings, gain, interval, examples, trials, training }

  /// Rows of the table for people at most.
  private static var mostRows: Int { 20 }

  init(_ search: TrainingSummary<Report>.Search, training: TrainingResult<Report>) {
    (self.search, self.training) = (search, training)
    var order: [[String]] = []
    var groups: [[String]: [Trial]] = [:]
    for trial in search.trials {
      if groups[trial.settings] == nil { order.append(trial.settings) }
      groups[trial.settings, default: []].append(trial)
    }
    rows = order.map { Row(settings: $0, trials: groups[$0] ?? []) }.sorted { $0.rank > $1.rank }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(search.metric, forKey: .metric)
    try container.encode(search.settings, forKey: .settings)
    try container.encodeIfPresent(search.gain, forKey: .gain)
    try container.encodeIfPresent(search.interval.map { [$0.lowerBound, $0.upperBound] }, forKey: .interval)
    try container.encode(search.examples, forKey: .examples)
    try container.encode(search.trials, forKey: .trials)
    try container.encode(training, forKey: .training)
  }

  /// The trials as CSV, in the order in which they ended.
  var table: String {
    let header = "trial,settings,fraction,part,examples,\(search.metric),seconds,bytes,problem\n"
    return header
      + search.trials.enumerated().map { number, trial in
        let cells = [
          "\(number + 1)", trial.settings.joined(separator: " "), "\(trial.fraction)", "\(trial.part)",
          "\(trial.examples)", trial.figure.map { "\($0)" } ?? "", Numbers.fixed(trial.seconds, decimals: 2),
          "\(trial.bytes)", trial.problem ?? "",
        ]
        return cells.map(Self.cell).joined(separator: ",") + "\n"
      }.joined()
  }

  private static func cell(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The same for people.
  var text: String {
    guard !rows.isEmpty else {
      return "no settings were tried: one training takes longer than the time limit\n\n" + training.text
    }
    let fractions = Set(search.trials.map(\.fraction)).sorted()
    let best = search.trials.filter { $0.fraction == 1 }.compactMap(\.figure).max() ?? 1
    var table = [["settings"] + fractions.map { "\(Numbers.percent($0)) of texts" } + ["measured", ""]]
    for row in rows.prefix(Self.mostRows) {
      let bar = row.mean(of: 1).map { Self.bar($0, of: best) } ?? ""
      table.append(
        [row.name]
          + fractions.map { row.mean(of: $0).map { Numbers.fixed($0) } ?? "" }
          + [Numbers.count(row.trials.count, "time"), bar])
    }
    let left = rows.count > Self.mostRows ? "and \(rows.count - Self.mostRows) more (--trials, --json)\n" : ""
    return TextTable(rows: table, cells: .whole).text() + left + "\n" + verdict + "\n" + training.text
  }

  /// A bar that tells a twentieth of a figure from the best one.
  private static func bar(_ figure: Double, of best: Double) -> String {
    let share = max(0, 1 - (best - figure) / 0.05)
    return String(repeating: "█", count: max(1, Int((share * 20).rounded())))
  }

  private var verdict: String {
    let tried = "\(Numbers.count(rows.filter { !$0.settings.isEmpty }.count, "other setting")) tried"
    guard let gain = search.gain else {
      return "\(tried), none was better than the defaults by more than chance: they are kept\n"
    }
    let interval = search.interval.map {
      ", 95 %: \(Self.points($0.lowerBound)) to \(Self.points($0.upperBound))"
    }
    return
      "\(tried). The best: \(search.settings.joined(separator: " "))\n\(search.metric) \(Self.points(gain)) points beside the defaults\(interval ?? ""), on \(Numbers.count(search.examples, "text"))\n"
  }

  private static func points(_ difference: Double) -> String {
    (difference < 0 ? "-" : "+") + Numbers.fixed(abs(100 * difference), decimals: 2)
  }
}
#endif
