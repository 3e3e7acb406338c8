internal import CharCNNText

/// Texts that are read and encoded again each time they are needed: for data larger than memory. Only a reference, a
/// length and a class number of each text stay in memory.
struct FileCorpus: TextCorpus {
  private let source: LabeledTextSource
  private let encoder: TextEncoder
  private let references: [RecordReference]
  private let lengths: [Int32]
  private let labels: [Int32]

  init(
    source: LabeledTextSource, encoder: TextEncoder, references: [RecordReference], lengths: [Int32], labels: [Int32]
  ) {
    self.source = source
    self.encoder = encoder
    self.references = references
    self.lengths = lengths
    self.labels = labels
  }

  var count: Int { references.count }

  func length(of text: Int) -> Int { Int(lengths[text]) }

  func label(of text: Int) -> Int32 { labels[text] }

  func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    var indices: [Int32] = []
    indices.reserveCapacity(buffer.count)
    encoder.encode(try source.record(at: references[text]).text, into: &indices)
    guard indices.count >= buffer.count else {
      throw DataError(
        .unreadable, path: source.path, line: Int(references[text].line), problem: "the text has changed",
        advice: "keep the file as it is while it is in use")
    }
    _ = buffer.update(fromContentsOf: indices.prefix(buffer.count))
  }
}
