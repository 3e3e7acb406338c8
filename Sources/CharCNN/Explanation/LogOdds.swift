internal import CharCNNFiles

/// The log-odds of a label by the scores of all labels before softmax: its score less the logarithm of the sum of the exponentials of all
/// others. What is added to all scores alike does not change them. Where a text may have several labels, each score is the log-odds of its
/// label.
struct LogOdds {
  /// The number of the label.
  let label: Int
  /// Whether a text may have several labels.
  var hasSeveral = false
  /// What scores are divided by; see `Temperature`.
  var temperature = 1.0

  /// The log-odds, and their derivatives by the scores.
  func value(of scores: [Double]) -> (value: Double, gradient: [Double]) {
    if temperature == 1 { return plainValue(of: scores) }
    let (value, gradient) = plainValue(of: scores.map { $0 / temperature })
    return (value, gradient.map { $0 / temperature })
  }

  private func plainValue(of scores: [Double]) -> (value: Double, gradient: [Double]) {
    var gradient = [Double](repeating: 0, count: scores.count)
    gradient[label] = 1
    if hasSeveral { return (scores[label], gradient) }
    let highest = scores.indices.reduce(-Double.infinity) { $1 == label ? $0 : max($0, scores[$1]) }
    guard highest.isFinite else { return (0, gradient.map { _ in 0 }) }
    var sum = 0.0
    for place in scores.indices where place != label {
      gradient[place] = -exp(scores[place] - highest)
      sum -= gradient[place]
    }
    for place in scores.indices where place != label { gradient[place] /= sum }
    return (scores[label] - highest - log(sum), gradient)
  }
}
