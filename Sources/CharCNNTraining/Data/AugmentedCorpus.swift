internal import CharCNNCompute
internal import CharCNNText

/// Texts whose words change from epoch to epoch. Batches are planned by the lengths of the texts as they are; what a batch
/// holds is encoded when it is needed, and depends on seed, epoch and text number alone.
struct AugmentedCorpus: TextCorpus {
  let base: any TextCorpus
  let originals: OriginalTexts
  let encoder: TextEncoder
  let replacement: SynonymReplacement
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
      let varied = replacement.replacing(in: try originals.text(text), using: &stream)
      edition.append(label: base.label(of: text)) { encoder.encode(varied, into: &$0) }
    }
    return (edition, Array(0..<texts.count))
  }
}
