/// Numbers that no figures can be made of.
public enum EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A place that is none of the list of labels.
  case noSuchLabel(index: Int, labels: Int)
  /// Lists that should have a number for each other's.
  case differentCounts(predicted: Int, actual: Int)
  /// A number of bins out of 1 to ``Calibration/mostBins``.
  case bins(Int)

  /// One line: what is wrong and what is allowed.
  public var description: String {
    switch self {
    case .noSuchLabel(let index, let labels): "\(index) is no index of \(labels) labels; it must be 0 to \(labels - 1)"
    case .differentCounts(let predicted, let actual):
      "\(predicted) predictions stand beside \(actual) actual values; there must be as many"
    case .bins(let count): "\(count) is no number of bins; it must be 1 to \(Calibration.mostBins)"
    }
  }
}
