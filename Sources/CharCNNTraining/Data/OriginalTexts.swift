internal import CharCNNCompute
internal import CharCNNText

/// Texts before encoding, by number: in memory, or read again from their file.
indirect enum OriginalTexts: Sendable {
  case memory([String])
  case file(LabeledTextSource, references: RecordReferences)
  /// Others with noise: always the same for the same text.
  case noisy(OriginalTexts, most: Float, seed: UInt64)

  /// A text.
  ///
  /// - Throws: `DataError` when the file has changed.
  func text(_ number: Int) throws -> String {
    switch self {
    case .memory(let texts): texts[number]
    case .file(let source, let references): try source.record(at: references[number]).text
    case .noisy(let texts, let most, let seed):
      try Self.noisy(texts.text(number), number, most: most, seed: seed)
    }
  }

  private static func noisy(_ text: String, _ number: Int, most: Float, seed: UInt64) -> String {
    // No epoch has this number: n-grams are counted before the first.
    var stream = RandomStream(key: Randomness(seed: seed, step: .max).key(.augmentation, index: number))
    return TextVariation.noisy(text, atMost: most, using: &stream)
  }

  /// What to say when a text is not what it was.
  func changed(_ number: Int) -> DataError {
    switch self {
    case .memory: DataError(.unreadable, path: "the given texts", problem: "have changed", advice: "keep them")
    case .file(let source, let references):
      DataError(
        .unreadable, path: source.path, line: Int(references[number].line), problem: "the text has changed",
        advice: "keep the file as it is while it is in use")
    case .noisy(let texts, _, _): texts.changed(number)
    }
  }
}
