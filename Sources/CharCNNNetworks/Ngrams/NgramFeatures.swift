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

  /// Characters of few texts, and of a short one.
  private static let (fewCharacters, shortText) = (120_000, 400)
  /// Bytes that a model takes at most to count what one text alone has.
  private static let mostBytes = 16_000_000

  /// The same with the texts that an n-gram must occur in. What occurs in one text alone teaches nothing where texts are many or long; where they are
  /// few and short, most of what a text says occurs nowhere else.
  ///
  /// - Parameters:
  ///   - characters: Characters of all texts.
  ///   - texts: Number of texts.
  ///   - columns: Weights of an n-gram.
  package func choosingMinimum(characters: Int, texts: Int, columns: Int) -> NgramFeatures {
    // A character begins some four n-grams that no other one begins; each has a key and a weight for each column.
    let bytes = 4.0 * Double(characters) * Double(columns + 6)
    let areFew = characters <= Self.fewCharacters && characters <= Self.shortText * texts
    var result = self
    if areFew, bytes <= Double(Self.mostBytes) { result.minimumTexts = 1 }
    return result
  }

  /// Whether two are of the same lengths, however many texts an n-gram must occur in.
  package func hasLengths(of other: NgramFeatures) -> Bool {
    (characters, words, pairs) == (other.characters, other.words, other.pairs)
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
