public import CharCNNFiles

/// Numbers that no figures can be made of.
public enum EvaluationError: CharCNNError, Hashable {
  /// A place that is none of the list of labels.
  case noSuchLabel(index: Int, labels: Int)
  /// Lists that should have a number for each other's.
  case differentCounts(predicted: Int, actual: Int)
  /// A number of bins out of 1 to ``Calibration/mostBins``.
  case bins(Int)

  /// Nowhere in particular.
  public var place: String? { nil }

  /// What is wrong.
  public var problem: String {
    switch self {
    case .noSuchLabel(let index, let labels): "\(index) is no index of \(labels) labels"
    case .differentCounts(let predicted, let actual):
      "\(predicted) predictions stand beside \(actual) actual values"
    case .bins(let count): "\(count) is no number of bins"
    }
  }

  /// What is allowed.
  public var advice: String? {
    switch self {
    case .noSuchLabel(_, let labels): "it must be 0 to \(labels - 1)"
    case .differentCounts: "there must be as many"
    case .bins: "it must be 1 to \(Calibration.mostBins)"
    }
  }
}
