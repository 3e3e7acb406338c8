/// Which n-grams of a text a linear model counts.
package struct NgramFeatures: Codable, Hashable, Sendable {
  /// Lengths of the character n-grams; empty for none.
  package var characters: [Int]
  /// Lengths of the word n-grams; empty for none.
  package var words: [Int]
  /// Distances of the words that make a pair, from 1, which are neighbours; empty for no pairs.
  package var pairs: [Int]
  /// Texts that an n-gram must occur in to be counted.
  package var minimumTexts: Int

  /// These lengths.
  package init(
    characters: [Int] = [1, 2, 3, 4, 5], words: [Int] = [1, 2], pairs: [Int] = [], minimumTexts: Int = 2
  ) {
    self.characters = characters
    self.words = words
    self.pairs = pairs
    self.minimumTexts = minimumTexts
  }

  /// The lengths, for people: `characters 1–5, words 1–2, pairs 1–5`.
  package var description: String {
    [("characters", characters), ("words", words), ("pairs", pairs)].filter { !$0.1.isEmpty }
      .map { "\($0) \(Self.ranges($1))" }.joined(separator: ", ")
  }

  /// Numbers, of which those that follow each other are told as a range.
  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
