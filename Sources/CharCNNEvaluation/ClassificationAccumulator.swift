/// Collects the predictions of a classifier, one after another, for a report.
public struct ClassificationAccumulator: Sendable {
  /// What was predicted for what, so far.
  public private(set) var matrix: ConfusionMatrix
  private var calibration = Calibration()
  private var lossSum = 0.0
  private var lossCount = 0
  private var squares = 0.0
  private var squaresCount = 0
  /// Where a text may have several labels.
  private var several: SeveralLabelsCounts?

  /// No predictions yet; `labels` are those the model can predict, in the order of its outputs.
  public init(labels: [String]) {
    matrix = ConfusionMatrix(labels: labels)
  }

  /// No predictions yet of texts that may have several labels, or none.
  ///
  /// - Parameters:
  ///   - labels: Those the model can predict, in the order of its outputs.
  ///   - thresholds: How likely each must be to be given to a text.
  package init(labels: [String], thresholds: [Float]) {
    self.init(labels: labels)
    several = SeveralLabelsCounts(labels: labels, thresholds: thresholds)
  }

  /// Counts the predictions for one text that may have several labels, or none.
  ///
  /// - Parameters:
  ///   - actual: The indices of the right labels.
  ///   - unseen: Right labels that the model does not know.
  ///   - probabilities: The probability of each label.
  /// - Throws: ``EvaluationError/noSuchLabel(index:labels:)`` for an index of no label; nothing is counted then.
  package mutating func add(actual: [Int], unseen: [String], probabilities: ArraySlice<Float>) throws(EvaluationError) {
    try several?.add(actual: actual, unseen: unseen, probabilities: probabilities)
  }

  /// Counts one prediction.
  ///
  /// - Parameters:
  ///   - actual: The index of the right label, or nil if the model does not know that label; the prediction is wrong then.
  ///   - unseenLabel: The right label where `actual` is nil; nil stands for the empty label.
  ///   - predicted: The index of the label predicted.
  ///   - probability: The probability the model gives for its prediction.
  ///   - loss: The cross entropy of the example in nats, or nil if it is not known.
  ///   - squaredError: The sum of the squared distances between the probabilities of all labels and what is right, or nil if it is not known.
  /// - Throws: ``EvaluationError/noSuchLabel(index:labels:)`` for an index of no label; nothing is counted then.
  public mutating func add(
    actual: Int?, unseenLabel: String? = nil, predicted: Int, probability: Double, loss: Double? = nil,
    squaredError: Double? = nil
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
    if let squaredError {
      squares += squaredError
      squaresCount += 1
    }
  }

  /// The scores of all predictions so far.
  public func report() -> ClassificationReport {
    if let several { return several.report() }
    var report = ClassificationReport(
      matrix, loss: lossCount == 0 ? nil : lossSum / Double(lossCount), calibrationError: calibration.error,
      brierScore: squaresCount == 0 ? nil : squares / Double(squaresCount))
    report.reliability = calibration.reliability
    return report
  }
}
