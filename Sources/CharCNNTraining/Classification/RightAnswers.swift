/// Which of some answers are right, where these count differently.
struct RightAnswers {
  let isRight: [Bool]
  /// How much each answer counts.
  private let counts: [Double]
  /// How much the right ones count together.
  let sum: Double

  /// - Parameters:
  ///   - isRight: Whether each answer is right.
  ///   - counts: How much each counts.
  init(_ isRight: [Bool], counts: [Double]) {
    self.isRight = isRight
    self.counts = counts
    sum = zip(isRight, counts).reduce(0) { $1.0 ? $0 + $1.1 : $0 }
  }

  /// Whether these answers are better than others to the same texts by more than chance would put them (McNemar 1947: the square of the
  /// gain above the number of texts in which they differ, or the sum of the squares of what these count).
  func isAhead(of other: RightAnswers) -> Bool {
    let gain = sum - other.sum
    var differing = 0.0
    for place in isRight.indices where isRight[place] != other.isRight[place] {
      differing += counts[place] * counts[place]
    }
    return gain > 0 && gain * gain > differing
  }
}
