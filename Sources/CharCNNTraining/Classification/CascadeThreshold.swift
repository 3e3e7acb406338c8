/// The threshold of a cascade: the least margin of n-grams at which leaving the texts of at least that margin to them alone loses no right
/// answer on the whole.
struct CascadeThreshold {
  /// What is known of a text.
  private struct Judged {
    var margin: Float
    /// 1 where the n-grams alone are right and the mixture is wrong, -1 the other way round, otherwise 0.
    var gain: Int
  }

  private var texts: [Judged] = []

  /// Takes a text.
  ///
  /// - Parameters:
  ///   - margin: By how much the highest score of the n-grams is ahead.
  ///   - isRightAlone: Whether the n-grams alone are right about it.
  ///   - isRight: Whether n-grams and network together are.
  mutating func add(margin: Float, isRightAlone: Bool, isRight: Bool) {
    texts.append(Judged(margin: margin, gain: (isRightAlone ? 1 : 0) - (isRight ? 1 : 0)))
  }

  /// The threshold, and the number of texts of that margin or more; nil where no text can be left to the n-grams.
  func found() -> (threshold: Double, texts: Int)? {
    let sorted = texts.sorted { $0.margin > $1.margin }
    var best: (threshold: Double, texts: Int)?
    var gain = 0
    for (place, text) in sorted.enumerated() {
      gain += text.gain
      // Texts of one margin are left to the n-grams together.
      let isLast = place + 1 == sorted.count || sorted[place + 1].margin < text.margin
      if isLast, gain >= 0 { best = (Double(text.margin), place + 1) }
    }
    return best
  }
}
