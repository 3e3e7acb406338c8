internal import CharCNNCompute
internal import CharCNNNetworks

extension NgramScorer {
  /// Texts that are scored between two checks.
  private static let block = 1_024
  /// Bytes of scores that are kept at most.
  private static let mostBytes = 256 << 20

  /// The scores of some texts of a corpus, [texts, classes].
  ///
  /// - Throws: When a text cannot be read again.
  func scores(
    of texts: [Int], _ corpus: any TextCorpus, _ lengths: [Int], _ device: any Device
  ) throws -> [Float] {
    try scores(of: texts, lengths: lengths, device: device) { try corpus.copyCharacters(of: $0, into: $1) }
  }

  /// The scores of all texts of a corpus; nil where they would take too much memory.
  ///
  /// - Throws: When a text cannot be read again; what `check`, called now and then, throws.
  func scores(
    of corpus: any TextCorpus, classes: Int, mostBytes: Int = mostBytes, device: any Device, check: () throws -> Void
  ) throws -> NgramScores? {
    guard corpus.count * classes * MemoryLayout<Float>.stride <= mostBytes else { return nil }
    let lengths = corpus.lengths
    var all: [Float] = []
    all.reserveCapacity(corpus.count * classes)
    for first in stride(from: 0, to: corpus.count, by: Self.block) {
      try check()
      all += try scores(of: Array(first..<min(first + Self.block, corpus.count)), corpus, lengths, device)
    }
    return NgramScores(all, classes: classes)
  }
}
