/// How well a language model predicts characters.
///
/// As JSON, the names of the members are the names of the properties.
public struct LanguageReport: Codable, Equatable, Sendable {
  /// Mean cross entropy of a predicted character in nats.
  public let natsPerCharacter: Double
  /// The same in bits.
  public let bitsPerCharacter: Double
  /// Share of predicted characters whose likeliest guess is right.
  public let accuracy: Double
  /// Number of predicted characters: all of the text, or those that were hidden.
  public let characters: Int
  /// Characters of the text that the model does not know: all of them are one character to it, so that figures of models
  /// with other alphabets cannot be compared. Nil where they were not counted, as in a training.
  public internal(set) var unknown: Int?
  /// The part of the text's characters that they are; nil where they were not counted.
  public internal(set) var unknownShare: Double?

  /// The report of some predictions.
  ///
  /// - Parameters:
  ///   - nats: Sum of the cross entropies.
  ///   - correct: Predictions whose likeliest guess is right.
  ///   - characters: Number of predictions.
  public init(nats: Double, correct: Int, characters: Int) {
    let count = Double(max(characters, 1))
    natsPerCharacter = nats / count
    bitsPerCharacter = nats / count / 0.693_147_180_559_945_3
    accuracy = Double(correct) / count
    self.characters = characters
  }

  /// The same with the characters of the text that the model does not know.
  ///
  /// - Parameters:
  ///   - unknown: Their number.
  ///   - all: Characters of the text.
  public func counting(unknown: Int, of all: Int) -> LanguageReport {
    var report = self
    report.unknown = unknown
    report.unknownShare = Double(unknown) / Double(max(all, 1))
    return report
  }
}
