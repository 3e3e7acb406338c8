internal import CharCNNFiles

/// What the chunks of a text say together: the mean of their log-probabilities, made probabilities again.
package struct PooledProbabilities {
  private var sums: [Double]
  private var chunks = 0

  /// Nothing said yet.
  package init(classes: Int) { sums = Array(repeating: 0, count: classes) }

  /// Takes what a chunk says.
  package mutating func add(_ probabilities: ArraySlice<Float>) {
    chunks += 1
    for (place, probability) in probabilities.enumerated() {
      sums[place] += log(Double(max(probability, .leastNormalMagnitude)))
    }
  }

  /// The probabilities of the text, and nothing said any more.
  package mutating func take() -> [Float] {
    let top = sums.max() ?? 0
    let shares = sums.map { exp(($0 - top) / Double(max(chunks, 1))) }
    let total = shares.reduce(0, +)
    self = PooledProbabilities(classes: sums.count)
    return shares.map { Float($0 / total) }
  }
}
