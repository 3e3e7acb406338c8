/// The threshold of a cascade: the least margin of n-grams at which leaving the texts of at least that margin to them alone takes a right
/// answer from one text of a thousand at most. Texts that only the n-grams are right about do not make up for it: which these are is
/// chance, where the network adds little.
struct CascadeThreshold {
  /// Texts of which one may lose its right answer.
  private static let textsOfOneLoss = 1_000
  /// Texts that are needed: where none of so many loses its right answer, not more than one of a hundred others is likely to (the "rule of
  /// three", Hanley & Lippman-Hand 1983).
  static let leastTexts = 300

  /// What is known of a text.
  private struct Judged {
    var margin: Float
    /// Whether the mixture is right and the n-grams alone are wrong.
    var isLost: Bool
  }

  private var texts: [Judged] = []

  /// Takes a text.
  ///
  /// - Parameters:
  ///   - margin: By how much the highest score of the n-grams is ahead.
  ///   - isRightAlone: Whether the n-grams alone are right about it.
  ///   - isRight: Whether n-grams and network together are.
  mutating func add(margin: Float, isRightAlone: Bool, isRight: Bool) {
    texts.append(Judged(margin: margin, isLost: isRight && !isRightAlone))
  }

  /// The threshold, and the number of texts of that margin or more; nil where no text can be left to the n-grams.
  func found() -> (threshold: Double, texts: Int)? {
    let sorted = texts.sorted { $0.margin > $1.margin }
    let most = texts.count / Self.textsOfOneLoss
    var best: (threshold: Double, texts: Int)?
    var lost = 0
    for (place, text) in sorted.enumerated() {
      if text.isLost { lost += 1 }
      if lost > most { break }
      // Texts of one margin are left to the n-grams together.
      let isLast = place + 1 == sorted.count || sorted[place + 1].margin < text.margin
      if isLast { best = (Double(text.margin), place + 1) }
    }
    return best
  }
}
