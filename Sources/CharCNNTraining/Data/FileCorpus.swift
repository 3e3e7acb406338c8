internal import CharCNNText

/// Texts that are read and encoded again each time they are needed: for data larger than memory. Only a reference, a
/// length and a class number of each text stay in memory.
struct FileCorpus: TextCorpus {
  private let originals: OriginalTexts
  private let encoder: TextEncoder
  private let lengths: [Int32]
  private let labels: [Int32]

  init(originals: OriginalTexts, encoder: TextEncoder, lengths: [Int32], labels: [Int32]) {
    self.originals = originals
    self.encoder = encoder
    self.lengths = lengths
    self.labels = labels
  }

  var count: Int { lengths.count }

  func length(of text: Int) -> Int { Int(lengths[text]) }

  func label(of text: Int) -> Int32 { labels[text] }

  func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    var indices: [Int32] = []
    indices.reserveCapacity(buffer.count)
    encoder.limited(to: buffer.count).encode(try originals.text(text), into: &indices)
    guard indices.count == buffer.count else { throw originals.changed(text) }
    _ = buffer.update(fromContentsOf: indices)
  }
}
