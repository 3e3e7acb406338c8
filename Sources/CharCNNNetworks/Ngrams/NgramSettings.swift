/// Which n-grams of a text a linear model counts.
public struct NgramFeatures: Codable, Hashable, Sendable {
  /// Lengths of the character n-grams; empty for none.
  public var characters: [Int]
  /// Lengths of the word n-grams; empty for none.
  public var words: [Int]
  /// Texts that an n-gram must occur in to be counted.
  public var minimumTexts: Int

  /// These lengths.
  public init(characters: [Int] = [1, 2, 3, 4, 5], words: [Int] = [1, 2], minimumTexts: Int = 2) {
    self.characters = characters
    self.words = words
    self.minimumTexts = minimumTexts
  }
}
