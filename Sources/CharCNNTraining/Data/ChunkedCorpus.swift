internal import CharCNNNetworks

/// The chunks of texts: every text is cut into pieces of about the same length, each with the text's class.
///
/// A model of long texts learns from their chunks and pools what it says of them; see ``TextSettings/chunkLength``.
package struct ChunkedCorpus: TextCorpus {
  private let base: any TextCorpus
  /// Number of the first chunk of each text, and after the last text the number of all chunks.
  private let firsts: [Int]
  /// Text of each chunk.
  private let texts: [Int32]

  package init(_ base: any TextCorpus, chunkLength: Int) {
    self.base = base
    var firsts = [0]
    var texts: [Int32] = []
    for text in 0..<base.count {
      let count = TextChunks.count(characters: base.length(of: text), chunkLength: chunkLength)
      texts.append(contentsOf: repeatElement(Int32(text), count: count))
      firsts.append(texts.count)
    }
    self.firsts = firsts
    self.texts = texts
  }

  package var count: Int { texts.count }

  /// Number of the text of a chunk.
  package func text(ofChunk chunk: Int) -> Int { Int(texts[chunk]) }

  /// Number of chunks of a text.
  func chunks(of text: Int) -> Int { firsts[text + 1] - firsts[text] }

  package func length(of chunk: Int) -> Int { range(of: chunk).count }

  package func label(of chunk: Int) -> Int32 { base.label(of: text(ofChunk: chunk)) }

  package func original(of chunk: Int) -> Int { base.original(of: text(ofChunk: chunk)) }

  package func copyCharacters(of chunk: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    let start = range(of: chunk).lowerBound
    var characters = [Int32](repeating: 0, count: start + buffer.count)
    try characters.withUnsafeMutableBufferPointer { try base.copyCharacters(of: text(ofChunk: chunk), into: $0) }
    _ = buffer.update(fromContentsOf: characters[start...])
  }

  private func range(of chunk: Int) -> Range<Int> {
    let text = text(ofChunk: chunk)
    return TextChunks.range(chunk - firsts[text], of: chunks(of: text), characters: base.length(of: text))
  }
}

extension TextCorpus {
  /// The chunks of the texts.
  public func chunked(length: Int) -> any TextCorpus { ChunkedCorpus(self, chunkLength: length) }
}
