/// Which n-grams of a text a linear model counts.
package struct NgramFeatures: Codable, Hashable, Sendable {
  /// Lengths of the character n-grams; empty for none.
  package var characters: [Int]
  /// Lengths of the word n-grams; empty for none.
  package var words: [Int]
  /// Texts that an n-gram must occur in to be counted.
  package var minimumTexts: Int

  /// These lengths.
  package init(characters: [Int] = [1, 2, 3, 4, 5], words: [Int] = [1, 2], minimumTexts: Int = 2) {
    self.characters = characters
    self.words = words
    self.minimumTexts = minimumTexts
  }
}
