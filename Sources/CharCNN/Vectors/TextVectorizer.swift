/// A model that turns a text into a vector: all trained models do. Texts that mean the same to the model have vectors that
/// point the same way; a ``VectorIndex`` finds them.
///
/// It is a protocol, so that a program can be tested with a simple stand-in for a model.
public protocol TextVectorizer: Sendable {
  /// Numbers of a vector; 0 for a network that makes none of a whole text.
  var dimension: Int { get }

  /// The vectors of many texts at once, which is faster than one after another. A text's vector does not depend on the others.
  func vectors(for texts: [String]) -> [[Float]]
}

extension TextVectorizer {
  /// The vector of a text.
  public func vector(for text: some StringProtocol) -> [Float] { vectors(for: [String(text)])[0] }
}

extension FeatureExtractor {
  /// Numbers of a text's vector.
  public var dimension: Int { (try? featureDimension(FeatureOptions())) ?? 0 }

  /// The vectors of texts: what a classifier's scores are computed from, what a matcher compares, of other models the largest
  /// number of each channel of the last block.
  public func vectors(for texts: [String]) -> [[Float]] {
    guard let features = try? features(of: texts, FeatureOptions()) else { return texts.map { _ in [] } }
    return features.map(\.values)
  }
}
