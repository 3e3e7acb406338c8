/// How far the probabilities a model gives for its predictions are from how often it is right.
///
/// The expected calibration error of Guo et al. 2017, "On Calibration of Modern Neural Networks", section 2: predictions
/// are sorted into bins of equal width by their probability, and the distances between mean probability and accuracy of
/// the bins are averaged, each bin counting as often as it has predictions.
public struct Calibration: Equatable, Sendable {
  private struct Bin: Equatable {
    var examples = 0
    var correct = 0
    var confidence = 0.0
  }

  private var bins: [Bin]

  /// The greatest number of bins.
  public static let mostBins = 1_000_000

  /// No predictions yet, and 15 bins.
  public init() { bins = Array(repeating: Bin(), count: 15) }

  /// No predictions yet. Bin m of M takes the probabilities in ((m - 1) / M, m / M]; the first one takes 0 as well.
  ///
  /// - Throws: ``EvaluationError/bins(_:)`` unless there are 1 to ``mostBins``.
  public init(bins: Int) throws(EvaluationError) {
    guard (1...Self.mostBins).contains(bins) else { throw .bins(bins) }
    self.bins = Array(repeating: Bin(), count: bins)
  }

  /// Counts one prediction. A probability outside 0 ... 1 counts as the nearest of them, one that is not a number as 0.
  public mutating func add(probability: Double, isCorrect: Bool) {
    let confidence = probability.isNaN ? 0 : min(max(probability, 0), 1)
    let place = Int((confidence * Double(bins.count)).rounded(.up)) - 1
    let bin = max(place, 0)
    bins[bin].examples += 1
    bins[bin].correct += isCorrect ? 1 : 0
    bins[bin].confidence += confidence
  }

  /// The bins that have predictions, from the least sure to the surest: a reliability diagram (Niculescu-Mizil & Caruana 2005, "Predicting
  /// Good Probabilities with Supervised Learning").
  public var reliability: [ClassificationReport.Reliability] {
    bins.enumerated().filter { $0.element.examples > 0 }.map { place, bin in
      ClassificationReport.Reliability(
        lower: Double(place) / Double(bins.count), upper: Double(place + 1) / Double(bins.count),
        examples: bin.examples, confidence: bin.confidence / Double(bin.examples),
        accuracy: Double(bin.correct) / Double(bin.examples))
    }
  }

  /// The expected calibration error, from 0 (calibrated) to 1, or nil if there are no predictions.
  public var error: Double? {
    let examples = bins.reduce(0) { $0 + $1.examples }
    guard examples > 0 else { return nil }
    let sum = bins.reduce(0.0) { $0 + abs(Double($1.correct) - $1.confidence) }
    return sum / Double(examples)
  }
}
