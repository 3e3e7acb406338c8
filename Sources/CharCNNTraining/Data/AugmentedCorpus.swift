internal import CharCNNCompute
package import CharCNNText

/// What becomes of a text in training, other things in each epoch.
package struct TextVariation: Sendable {
  /// Puts synonyms in the place of words; nil leaves them.
  package let replacement: SynonymReplacement?
  /// Part of the characters to which something happens at most; nil for none.
  package let noise: Float?

  /// Nil where nothing becomes of it.
  package init?(replacement: SynonymReplacement?, noise: Float?) {
    if replacement == nil, noise == nil { return nil }
    (self.replacement, self.noise) = (replacement, noise)
  }

  /// A text with what becomes of it.
  func varied(_ text: String, using stream: inout RandomStream) -> String {
    let replaced = replacement?.replacing(in: text, using: &stream) ?? text
    return noise.map { Self.noisy(replaced, atMost: $0, using: &stream) } ?? replaced
  }

  /// A text with noise at a rate between 0 and the most, so that texts without a mistake are learned from as well.
  static func noisy(_ text: String, atMost most: Float, using stream: inout RandomStream) -> String {
    CharacterNoise(rate: Double(most * stream.uniform())).applied(to: text, seed: stream.next())
  }
}

/// Texts whose words and characters change from epoch to epoch. Batches are planned by the lengths of the texts as they are; what a batch
/// holds is encoded when it is needed, and depends on seed, epoch and text number alone.
struct AugmentedCorpus: TextCorpus {
  let base: any TextCorpus
  let originals: OriginalTexts
  let encoder: TextEncoder
  let variation: TextVariation
  let seed: UInt64

  var count: Int { base.count }

  var varies: Bool { true }

  func length(of text: Int) -> Int { base.length(of: text) }

  func label(of text: Int) -> Int32 { base.label(of: text) }

  func original(of text: Int) -> Int { base.original(of: text) }

  func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    try base.copyCharacters(of: text, into: buffer)
  }

  func edition(of texts: [Int], epoch: Int) throws -> (corpus: any TextCorpus, texts: [Int]) {
    var edition = MemoryCorpus()
    let randomness = Randomness(seed: seed, step: UInt64(epoch))
    for text in texts {
      var stream = RandomStream(key: randomness.key(.augmentation, index: text))
      let varied = variation.varied(try originals.text(text), using: &stream)
      edition.append(label: base.label(of: text)) { encoder.encode(varied, into: &$0) }
    }
    return (edition, Array(0..<texts.count))
  }
}
