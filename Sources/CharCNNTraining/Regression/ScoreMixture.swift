internal import CharCNNNetworks

/// The weights of the parts of a network whose weighted sum is nearest to some scores: the least sum of squares. As with classes (see
/// ``PartMixture``), weights below 0 are not tried, and a pull towards the usual weights, as strong as a text or so, keeps a few texts from
/// saying much.
struct ScoreMixture {
  /// Strength of the pull towards the usual weights.
  private static let ridge = 1.0
  /// Rounds at most, and the change of a weight below which they end. A round finds the best value of each weight beside the others.
  private static let (mostRounds, precision) = (100_000, 1e-9)

  private let usual: [Double]
  /// Sums over the texts of the products of two parts' scores, [parts, parts].
  private var products: [[Double]]
  /// The same of a part's score and the score that is right.
  private var rights: [Double]

  /// - Parameter usual: The weights that the parts have where nothing is known.
  init(usual: [Float]) {
    self.usual = usual.map(Double.init)
    products = usual.map { _ in usual.map { _ in 0 } }
    rights = usual.map { _ in 0 }
  }

  /// Takes the score that each part gives a text, and the one that is right.
  ///
  /// - Parameter weight: How much the text counts.
  mutating func add(_ scores: [Float], right: Float, weight: Float = 1) {
    for (first, score) in scores.enumerated() {
      rights[first] += Double(weight) * Double(score) * Double(right)
      for (second, other) in scores.enumerated() {
        products[first][second] += Double(weight) * Double(score) * Double(other)
      }
    }
  }

  /// The weights; the usual ones where nothing is known.
  func weights() -> [Float] {
    var weights = usual
    for _ in 0..<Self.mostRounds {
      var change = 0.0
      for part in weights.indices {
        let others = weights.indices.reduce(0) { $1 == part ? $0 : $0 + products[part][$1] * weights[$1] }
        let best = (rights[part] - others + Self.ridge * usual[part]) / (products[part][part] + Self.ridge)
        let next = min(max(best, 0), Double(PartWeights.largest))
        change = max(change, abs(next - weights[part]))
        weights[part] = next
      }
      if !(change > Self.precision) { break }
    }
    return weights.map(Float.init)
  }
}
