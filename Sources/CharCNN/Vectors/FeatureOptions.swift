public import CharCNNCompute
public import CharCNNNetworks

/// Which vectors to take from a model.
public struct FeatureOptions: Sendable, Hashable {
  /// What gets a vector of its own.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Level: String, Codable, Sendable, CaseIterable {
    /// The whole text.
    case text
    /// Each word: what white space separates; of a tagger of words, what it gives a tag.
    case word
    /// Each character, as the model's text settings cut them; of a tagger of characters, what it gives a tag.
    case character
  }

  /// How the rows of several characters become one vector.
  public typealias Pooling = CharCNNCompute.Pooling

  /// What gets a vector.
  public var level: Level
  /// The layer, 0 for the embedding and N for block N; nil for the vector that a classifier's scores are computed from or a
  /// matcher compares (texts), or for the last block (words and characters, and the texts of other models).
  public var layer: Int?
  /// How the characters of a word, or of a text where it is made of a layer's rows, become one vector.
  public var pooling: Pooling

  /// Options.
  public init(level: Level = .text, layer: Int? = nil, pooling: Pooling = .max) {
    self.level = level
    self.layer = layer
    self.pooling = pooling
  }
}

/// The vectors of a text.
public struct TextFeatures: Sendable, Hashable {
  /// UTF-8 offsets in the text of what each vector stands for: the text, its words or its characters.
  public var ranges: [Range<Int>]
  /// Numbers of a vector.
  public var dimension: Int
  /// The vectors, one after another, [ranges, dimension].
  public var values: [Float]

  /// Vectors of a text.
  public init(ranges: [Range<Int>], dimension: Int, values: [Float]) {
    self.ranges = ranges
    self.dimension = dimension
    self.values = values
  }

  /// The vector of a range.
  public subscript(index: Int) -> ArraySlice<Float> { values[index * dimension..<(index + 1) * dimension] }
}

/// A model that turns texts, words and characters into vectors for other models to use.
public protocol FeatureExtractor: TextVectorizer {
  /// Numbers of a vector.
  ///
  /// - Throws: ``ConfigurationError`` where the model has no such vectors.
  func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int
  /// The vectors of some texts. A text's vectors do not depend on its neighbours.
  ///
  /// - Throws: ``ConfigurationError`` where the model has no such vectors.
  func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures]
}
