internal import CharCNNFiles

/// What there is to say about a matcher after it was run on pairs of texts.
///
/// As JSON, the names of the members are the names of the properties; values that are nil are left out: scores have no
/// accuracy, and labels no correlation.
public struct MatchingReport: Codable, Equatable, Sendable {
  /// How many pairs there were.
  public let pairs: Int
  /// The share of pairs with the right label; nil for scores.
  public let accuracy: Double?
  /// F1 of the positive label; nil where there are not two.
  public let f1: Double?
  /// The positive label, that of texts that match: the second of the matrix.
  public let positive: String?
  /// The mean F1 of the labels; nil for scores.
  public let macroF1: Double?
  /// Pearson's correlation of predicted and actual scores; nil for labels, or where all are alike.
  public let pearson: Double?
  /// Spearman's correlation of predicted and actual scores; nil for labels, or where all are alike.
  public let spearman: Double?
  /// The mean squared error of the scores; nil for labels.
  public let meanSquaredError: Double?
  /// The mean loss of a pair; nil if it is not known or not finite.
  public let loss: Double?
  /// The scores of each label; empty for scores.
  public let labels: [LabelScore]
  /// How many pairs had a label that the model does not know, by label. Each of them counts as an error.
  public let unseenLabels: [String: Int]
  /// How many texts were longer than what the model reads, so that only their beginnings count; nil where they were not
  /// counted.
  public internal(set) var cutTexts: Int?
  /// How the matcher differs from another one; nil where there is none to compare it with.
  public internal(set) var comparison: ClassificationReport.Comparison?
  /// How much accuracy is left when characters go wrong; nil where that was not measured.
  public internal(set) var robustness: ClassificationReport.Robustness?

  /// The same with the number of texts that were cut.
  public func counting(cutTexts: Int) -> Self {
    var report = self
    report.cutTexts = cutTexts
    return report
  }

  /// The same with how the matcher differs from another one.
  public func adding(_ comparison: ClassificationReport.Comparison) -> Self {
    var report = self
    report.comparison = comparison
    return report
  }

  /// The same with how much accuracy is left when characters go wrong.
  public func adding(_ robustness: ClassificationReport.Robustness) -> Self {
    var report = self
    report.robustness = robustness
    return report
  }

  /// The report of labels.
  public init(_ matrix: ConfusionMatrix, loss: Double? = nil) {
    let scores = matrix.scores
    pairs = matrix.examples
    accuracy = matrix.accuracy
    f1 = scores.count == 2 ? scores[1].f1 : nil
    positive = scores.count == 2 ? scores[1].label : nil
    macroF1 = matrix.macroF1
    (pearson, spearman, meanSquaredError) = (nil, nil, nil)
    // JSON has no infinity.
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
    labels = scores
    unseenLabels = matrix.unseen
  }

  /// The report of scores.
  ///
  /// - Throws: `EvaluationError.differentCounts(predicted:actual:)` unless there is a prediction for each score.
  public init(predicted: [Double], actual: [Double], loss: Double? = nil) throws(EvaluationError) {
    let measures = try ScoreMeasures(predicted: predicted, actual: actual)
    pairs = actual.count
    (accuracy, f1, positive, macroF1) = (nil, nil, nil, nil)
    pearson = measures.pearson
    spearman = measures.spearman
    meanSquaredError = measures.meanSquaredError
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
    labels = []
    unseenLabels = [:]
  }
}

extension MatchingReport {
  /// The report as text for people: the summary, and a table of the labels.
  public func table() -> String {
    var summary = [["pairs", String(pairs)]]
    let figures = [
      ("accuracy", accuracy), ("F1 of \(positive ?? "")", f1), ("macro F1", macroF1), ("pearson", pearson),
      ("spearman", spearman), ("mean squared error", meanSquaredError), ("loss", loss),
    ]
    for case (let name, let value?) in figures { summary.append([name, Decimals.rounded(value)]) }
    var parts = [TextTable(rows: summary).text()]
    if !labels.isEmpty {
      let rows = labels.filter { $0.support > 0 }.map { score in
        [
          shown(score.label), Decimals.rounded(score.precision), Decimals.rounded(score.recall),
          Decimals.rounded(score.f1), String(score.support),
        ]
      }
      parts.append(TextTable(rows: [["label", "precision", "recall", "F1", "pairs"]] + rows).text())
    }
    if !unseenLabels.isEmpty {
      let rows = unseenLabels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        [shown($0.key), String($0.value)]
      }
      parts.append(TextTable(rows: [["label not in training", "pairs"]] + rows).text())
    }
    return parts.joined(separator: "\n")
  }
}
