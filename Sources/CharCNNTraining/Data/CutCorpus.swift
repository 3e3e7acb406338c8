internal import CharCNNCompute
internal import CharCNNFiles
public import CharCNNText

/// Texts of which some are cut to a random run of words, others in each epoch, so that a model learns to judge short texts
/// too. What a text becomes depends on seed, epoch and text number alone.
///
/// The length of a run is drawn from 3 characters to the whole text so that each factor of length is as likely (the
/// logarithm is uniform); its place is uniform; and its ends move outward to the ends of the words that they fall into. Runs
/// of scripts that put no spaces between words keep their ends.
struct CutCorpus: TextCorpus {
  let base: any TextCorpus
  /// Part of the texts that are cut.
  let rate: Float
  let seed: UInt64
  /// Index of the space in the alphabet; ``Alphabet/unknown`` where it has none.
  let space: Int32

  /// Characters of the shortest run before its ends move.
  private static let shortest = 3
  /// Characters by which an end moves at most.
  private static let longestMove = 20

  var count: Int { base.count }

  var varies: Bool { true }

  func length(of text: Int) -> Int { base.length(of: text) }

  func plannedLength(of text: Int) -> Int {
    let length = Double(base.plannedLength(of: text))
    guard length > Double(Self.shortest) else { return Int(length) }
    let cut = (length - Double(Self.shortest)) / log(length / Double(Self.shortest))
    return Int((length * Double(1 - rate) + cut * Double(rate)).rounded(.up))
  }

  func label(of text: Int) -> Int32 { base.label(of: text) }

  func original(of text: Int) -> Int { base.original(of: text) }

  func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    try base.copyCharacters(of: text, into: buffer)
  }

  func edition(of texts: [Int], epoch: Int) throws -> (corpus: any TextCorpus, texts: [Int]) {
    let (corpus, numbers) = base.varies ? try base.edition(of: texts, epoch: epoch) : (base, texts)
    var edition = MemoryCorpus()
    let randomness = Randomness(seed: seed, step: UInt64(epoch))
    for (text, number) in zip(texts, numbers) {
      var stream = RandomStream(key: randomness.key(.cut, index: text))
      var characters = [Int32](repeating: 0, count: corpus.length(of: number))
      try characters.withUnsafeMutableBufferPointer { try corpus.copyCharacters(of: number, into: $0) }
      let run = stream.uniform() < rate ? run(of: characters, using: &stream) : characters.indices
      edition.append(label: base.label(of: text)) { $0 += characters[run] }
    }
    return (edition, Array(0..<texts.count))
  }

  private func run(of characters: [Int32], using stream: inout RandomStream) -> Range<Int> {
    guard characters.count > Self.shortest else { return characters.indices }
    let ratio = Double(characters.count) / Double(Self.shortest)
    let drawn = Double(Self.shortest) * exp(Double(stream.uniform()) * log(ratio))
    let length = min(Int(drawn), characters.count)
    var start = stream.below(characters.count - length + 1)
    var end = start + length
    let (first, last) = (max(start - Self.longestMove, 0), min(end + Self.longestMove, characters.count))
    guard space > 0, characters[first..<last].contains(space) else { return start..<end }
    if let before = characters[first..<start].lastIndex(of: space) {
      start = before + 1
    } else if first == 0 {
      start = 0
    }
    if let after = characters[end..<last].firstIndex(of: space) {
      end = after
    } else if last == characters.count {
      end = last
    }
    return start..<end
  }
}

extension TextCorpus {
  /// The corpus with a part of its texts cut to random runs of words in training, others in each epoch.
  public func cut(part: Float, seed: UInt64, encoder: TextEncoder) -> any TextCorpus {
    CutCorpus(base: self, rate: part, seed: seed, space: encoder.alphabet[" "])
  }
}
