/// Collects the predictions of a classifier, one after another, for a report.
public struct ClassificationAccumulator: Sendable {
  /// What was predicted for what, so far.
  public private(set) var matrix: ConfusionMatrix
  private var calibration = Calibration()
  private var lossSum = 0.0
  private var lossCount = 0

  /// No predictions yet; `labels` are those the model can predict, in the order of its outputs.
  public init(labels: [String]) {
    matrix = ConfusionMatrix(labels: labels)
  }

  /// Counts one prediction.
  ///
  /// - Parameters:
  ///   - actual: The index of the right label, or nil if the model does not know that label; the prediction is wrong then.
  ///   - unseenLabel: The right label where `actual` is nil; nil stands for the empty label.
  ///   - predicted: The index of the label predicted.
  ///   - probability: The probability the model gives for its prediction.
  ///   - loss: The cross entropy of the example in nats, or nil if it is not known.
  /// - Throws: ``EvaluationError/noSuchLabel(index:labels:)`` for an index of no label; nothing is counted then.
  public mutating func add(
    actual: Int?, unseenLabel: String? = nil, predicted: Int, probability: Double, loss: Double? = nil
  ) throws(EvaluationError) {
    if let actual {
      try matrix.add(actual: actual, predicted: predicted)
    } else {
      try matrix.add(unseen: unseenLabel ?? "", predicted: predicted)
    }
    calibration.add(probability: probability, isCorrect: actual == predicted)
    if let loss {
      lossSum += loss
      lossCount += 1
    }
  }

  /// The scores of all predictions so far.
  public func report() -> ClassificationReport {
    ClassificationReport(
      matrix, loss: lossCount == 0 ? nil : lossSum / Double(lossCount), calibrationError: calibration.error)
  }
}
