internal import CharCNNFiles

/// What the chunks of a text say together: the mean of their log-probabilities, made probabilities again; of labels of which each is right
/// or wrong by itself, the mean of their log-odds.
package struct PooledProbabilities {
  private var sums: [Double]
  private var chunks = 0
  private let hasSeveral: Bool
  /// Nothing is less likely, so that logarithms are numbers.
  private static let least = Double(Float.leastNormalMagnitude)

  /// Nothing said yet.
  ///
  /// - Parameter hasSeveral: Whether each label is right or wrong by itself.
  package init(classes: Int, hasSeveral: Bool = false) {
    sums = Array(repeating: 0, count: classes)
    self.hasSeveral = hasSeveral
  }

  /// Takes what a chunk says.
  package mutating func add(_ probabilities: ArraySlice<Float>) {
    chunks += 1
    for (place, probability) in probabilities.enumerated() {
      let (right, wrong) = (Double(probability), hasSeveral ? 1 - Double(probability) : 1)
      sums[place] += log(max(right, Self.least)) - log(max(wrong, Self.least))
    }
  }

  /// The probabilities of the text, and nothing said any more.
  package mutating func take() -> [Float] {
    if hasSeveral {
      let odds = sums.map { $0 / Double(max(chunks, 1)) }
      self = PooledProbabilities(classes: sums.count, hasSeveral: true)
      return odds.map { Float(LogisticLoss.probability($0)) }
    }
    let top = sums.max() ?? 0
    let shares = sums.map { exp(($0 - top) / Double(max(chunks, 1))) }
    let total = shares.reduce(0, +)
    self = PooledProbabilities(classes: sums.count)
    return shares.map { Float($0 / total) }
  }
}
