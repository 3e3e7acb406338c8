/// The scores that texts have. A corpus gives each text the number of its score, as it gives others the number of their class.
package struct ScoreValues: Sendable {
  /// Each score once: first those of the training texts, rising, then those that came later.
  package private(set) var values: [Double]
  private var numbers: [Double: Int32]

  /// Whether scores are what their text says, not rounded to single precision.
  private let areExact: Bool

  /// The scores of training texts.
  package init(_ scores: Set<Double>, areExact: Bool = true) {
    self.areExact = areExact
    values = scores.sorted()
    numbers = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.element, Int32($0.offset)) })
  }

  /// The number of a score, which is known or new.
  package mutating func number(of score: Double) -> Int32 {
    let score = areExact ? score : Double(Float(score))
    if let number = numbers[score] { return number }
    let number = Int32(values.count)
    values.append(score)
    numbers[score] = number
    return number
  }
}
