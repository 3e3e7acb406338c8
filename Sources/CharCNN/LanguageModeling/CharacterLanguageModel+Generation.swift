import CharCNNCompute
internal import CharCNNFiles
public import CharCNNNetworks
import CharCNNText

extension CharacterLanguageModel {
  /// How characters are drawn from a model's probabilities.
  public struct SamplingOptions: Sendable, Hashable {
    /// What scores are divided by: below 1 for likelier texts, above for more surprising ones, 0 for the likeliest character
    /// each time.
    public var temperature = 1.0
    /// Only so many of the likeliest characters are drawn from; nil for all.
    public var topK: Int?
    /// Seed; the same gives the same text.
    public var seed: UInt64 = 1

    /// The default options.
    public init() {}
  }

  /// A text that goes on after `prompt`, which is not part of it.
  ///
  /// - Parameters:
  ///   - prompt: How it begins; empty for the beginning of a text.
  ///   - length: Number of characters to add.
  ///   - options: How they are drawn.
  ///   - isCancelled: Asked before each character.
  /// - Throws: ``ConfigurationError`` for a model with the masked objective, or numbers that make no sense.
  public func text(
    continuing prompt: String, length: Int, options: SamplingOptions = .init(), isCancelled: () -> Bool = { false }
  ) throws(ConfigurationError) -> String {
    guard objective == .causal else {
      throw ConfigurationError(
        setting: "the model",
        problem: "fills in hidden characters and cannot write",
        advice: "train one with the causal objective")
    }
    guard options.temperature >= 0, options.temperature.isFinite else {
      throw ConfigurationError(setting: "temperature", problem: "must be 0 or more, not \(options.temperature)")
    }
    if let topK = options.topK, topK < 1 {
      throw ConfigurationError(setting: "topK", problem: "must be at least 1, not \(topK)")
    }
    guard length >= 0 else { throw ConfigurationError(setting: "length", problem: "must be 0 or more, not \(length)") }
    var settings = encoder.settings
    settings.maximumLength = .max
    var characters: [Int32] = []
    TextEncoder(settings: settings, alphabet: alphabet).encode(prompt, into: &characters)
    var writer = NextCharacter(self)
    var scores = writer.scores(after: -1)
    for character in characters { scores = writer.scores(after: character) }
    var stream = RandomStream(key: Randomness(seed: options.seed).key(.generation))
    var written: [Int32] = []
    while written.count < length, !isCancelled() {
      let character = Self.draw(from: scores, options, using: &stream)
      written.append(character)
      scores = writer.scores(after: character)
    }
    return text(of: written)
  }

  /// A text that goes on after `prompt`, written on a thread of its own; see ``text(continuing:length:options:isCancelled:)``.
  ///
  /// - Parameters:
  ///   - prompt: How it begins; empty for the beginning of a text.
  ///   - length: Number of characters to add.
  ///   - options: How they are drawn.
  /// - Throws: ``ConfigurationError`` for a model with the masked objective, or numbers that make no sense;
  ///   `CancellationError` where the task was cancelled, which is looked at before each character.
  public func text(continuing prompt: String, length: Int, options: SamplingOptions = .init()) async throws -> String {
    try await BackgroundWork.run { isAbandoned in
      let text = try self.text(continuing: prompt, length: length, options: options, isCancelled: isAbandoned)
      if isAbandoned() { throw CancellationError() }
      return text
    }
  }

  /// A character by its score; never the unknown one, which cannot be written.
  private static func draw(from scores: [Float], _ options: SamplingOptions, using stream: inout RandomStream) -> Int32
  {
    let known = 1..<scores.count
    guard let best = known.max(by: { scores[$0] < scores[$1] }) else { return 0 }
    if options.temperature == 0 { return Int32(best) }
    var candidates = Array(known)
    if let topK = options.topK, topK < candidates.count {
      candidates.sort { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
      candidates.removeLast(candidates.count - topK)
    }
    let weights = candidates.map { exp(Double(scores[$0] - scores[best]) / options.temperature) }
    var left = weights.reduce(0, +) * Double(stream.uniform())
    for (candidate, weight) in zip(candidates, weights) {
      left -= weight
      if left < 0 { return Int32(candidate) }
    }
    return Int32(best)
  }

  private func text(of characters: [Int32]) -> String {
    let units = characters.compactMap(alphabet.unit(at:))
    guard textSettings.unit == .byte else { return units.joined() }
    // Bytes are written as the scalars of the same value.
    let bytes = units.compactMap { $0.unicodeScalars.first.flatMap { UInt8(exactly: $0.value) } }
    return String(decoding: bytes, as: UTF8.self)
  }
}
