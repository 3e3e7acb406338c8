/// The scores that texts have. A corpus gives each text the number of its score, as it gives others the number of their class.
package struct ScoreValues: Sendable {
  /// Each score once: first those of the training texts, rising, then those that came later.
  package private(set) var values: [Float]
  private var numbers: [Float: Int32]

  /// The scores of training texts.
  package init(_ scores: Set<Float>) {
    values = scores.sorted()
    numbers = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.element, Int32($0.offset)) })
  }

  /// The number of a score, which is known or new.
  package mutating func number(of score: Float) -> Int32 {
    if let number = numbers[score] { return number }
    let number = Int32(values.count)
    values.append(score)
    numbers[score] = number
    return number
  }
}
