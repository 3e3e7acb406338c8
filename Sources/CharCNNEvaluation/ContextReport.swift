/// How well a network predicts the words around a window of a text.
///
/// As JSON, the names of the members are the names of the properties.
public struct ContextReport: Codable, Equatable, Sendable {
  /// Mean cross entropy of a word in nats.
  public let natsPerWord: Double
  /// Share of words that are the likeliest guess.
  public let accuracy: Double
  /// Number of predicted words.
  public let words: Int

  /// The report of some predictions.
  ///
  /// - Parameters:
  ///   - nats: Sum of the cross entropies.
  ///   - correct: Words that are the likeliest guess.
  ///   - words: Number of words.
  public init(nats: Double, correct: Int, words: Int) {
    let count = Double(max(words, 1))
    natsPerWord = nats / count
    accuracy = Double(correct) / count
    self.words = words
  }
}
