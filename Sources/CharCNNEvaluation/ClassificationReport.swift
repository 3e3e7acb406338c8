/// What there is to say about a classifier after it was run on labelled examples.
///
/// As JSON, the names of the members are the names of the properties; values that are nil are left out.
public struct ClassificationReport: Codable, Equatable, Sendable {
  /// More labels than this, and the matrix is left out.
  private static let largestMatrix = 256

  /// The share of examples that were predicted right; 0 if there are none.
  public let accuracy: Double
  /// The mean F1 score of the labels that occur, see `ConfusionMatrix.macroF1`.
  public let macroF1: Double
  /// The mean F1 score of the labels weighted by their examples.
  public let weightedF1: Double
  /// How many examples there were.
  public let examples: Int
  /// The mean cross entropy in nats; nil if it is not known or not finite.
  public let loss: Double?
  /// The expected calibration error, see `Calibration`; nil if there are no examples.
  public let calibrationError: Double?
  /// The scores of each label, in the order of the model's outputs.
  public let labels: [LabelScore]
  /// Counts in rows of actual labels with columns of predicted ones, in the order of `labels`; nil if there are more than
  /// 256 labels.
  public let confusion: [[Int]]?
  /// The pairs of labels mixed up most often, at most 20.
  public let mostConfused: [Confusion]
  /// How many examples had a label the model does not know, by label. Each of them counts as an error.
  public let unseenLabels: [String: Int]
  /// How many texts were longer than what the model reads, so that only their beginnings count; nil where they were not
  /// counted.
  public internal(set) var cutTexts: Int?
  /// The part of the texts that n-grams answered alone, without the network beside them, 0 to 1; nil for a model that asks its network
  /// of all texts.
  public internal(set) var ngramShare: Double?

  /// The same with the number of texts that were cut.
  public func counting(cutTexts: Int) -> Self {
    var report = self
    report.cutTexts = cutTexts
    return report
  }

  /// The same with the number of texts that n-grams answered alone.
  public func counting(answeredByNgrams texts: Int) -> Self {
    var report = self
    report.ngramShare = Double(texts) / Double(max(examples, 1))
    return report
  }

  /// The scores that follow from `matrix`.
  public init(_ matrix: ConfusionMatrix, loss: Double? = nil, calibrationError: Double? = nil) {
    accuracy = matrix.accuracy
    macroF1 = matrix.macroF1
    weightedF1 = matrix.weightedF1
    examples = matrix.examples
    // JSON has no infinity.
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
    self.calibrationError = calibrationError
    labels = matrix.scores
    confusion = matrix.labels.count <= Self.largestMatrix ? matrix.counts : nil
    mostConfused = matrix.mostConfused(top: 20)
    unseenLabels = matrix.unseen
  }
}
