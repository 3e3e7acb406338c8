internal import CharCNNFiles

/// Makes the probabilities of a model less sure, or surer, without another answer: scores are divided by a number before softmax (Guo et al.
/// 2017, "On Calibration of Modern Neural Networks", equation 9), or before the logistic function where a text may have several labels.
package struct Temperature: Sendable, Hashable {
  /// What the scores are divided by, above 0; 1 changes nothing.
  package let value: Double
  private let hasSeveral: Bool

  /// A temperature; nil for 1, which changes nothing.
  ///
  /// - Parameters:
  ///   - value: What the scores are divided by, above 0.
  ///   - hasSeveral: Whether each probability is one of its label alone.
  package init?(_ value: Double, hasSeveral: Bool = false) {
    guard value != 1 else { return nil }
    precondition(value > 0 && value.isFinite, "a temperature is above 0")
    self.value = value
    self.hasSeveral = hasSeveral
  }

  /// The probabilities of a text at this temperature, by those at 1. Scores that are logarithms of probabilities are as good as those before
  /// softmax, which adds the same to all.
  package func applied(to probabilities: ArraySlice<Float>) -> [Float] {
    if hasSeveral {
      return probabilities.map { probability in
        let (of, against) = (Double(probability), 1 - Double(probability))
        guard of > 0, against > 0 else { return probability }
        let odds = exp((log(of) - log(against)) / value)
        return Float(odds.isInfinite ? 1 : odds / (1 + odds))
      }
    }
    let highest = Double(probabilities.max() ?? 0)
    guard highest > 0 else { return Array(probabilities) }
    let shares = probabilities.map { $0 > 0 ? exp(log(Double($0) / highest) / value) : 0 }
    let total = shares.reduce(0, +)
    return shares.map { Float($0 / total) }
  }
}

/// How sure a model is of an answer.
package enum Certainty {
  /// One over the number of classes between which a model hesitates: one over the perplexity of its probabilities, from 1 where one class has
  /// all, to one over the number of classes where each has the same. It tells texts of no class from others better than the highest probability
  /// alone, since it sees whether the rest goes to one class or to many.
  package static func of(_ probabilities: some Sequence<Float>) -> Double {
    var entropy = 0.0
    for probability in probabilities where probability > 0 { entropy -= Double(probability) * log(Double(probability)) }
    return min(exp(-entropy), 1)
  }
}
