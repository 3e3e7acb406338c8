package import CharCNNCompute

/// Solved n-grams beside a network: they read more of a text than the network does, and say the same of it however far the network
/// has learned.
public final class NgramScorer: Sendable {
  private struct Reader: Sendable {
    var ngrams: WeighedNgrams
    var characters: [Int32] = []
  }

  let ngrams: LinearNgrams
  /// Characters of a text whose n-grams are counted, from its beginning.
  package let length: Int
  /// Characters of a text that the network reads at most.
  package let networkLength: Int
  /// Readers that nobody uses at the moment.
  private let free = Guarded<[Reader]>([])

  package init(_ ngrams: LinearNgrams, length: Int, networkLength: Int) {
    self.ngrams = ngrams
    self.length = length
    self.networkLength = networkLength
  }

  private func withReader<R>(_ body: (inout Reader) throws -> R) rethrows -> R {
    var reader = free.withLock { $0.popLast() } ?? Reader(ngrams: ngrams.makeReader())
    defer { free.withLock { $0.append(reader) } }
    return try body(&reader)
  }

  /// Texts whose vectors are found together.
  private static let block = 64

  /// The score of every class for each of some texts, [texts, classes]; all threads of the device share the texts.
  ///
  /// - Parameters:
  ///   - texts: Numbers of texts.
  ///   - lengths: Characters of every text, by its number.
  ///   - device: Its threads and instructions are used.
  ///   - copy: Writes the first characters of a text, as many as the buffer holds; called by several threads at once.
  /// - Throws: What `copy` throws.
  package func scores(
    of texts: [Int], lengths: [Int], device: any Device,
    copy: @escaping @Sendable (_ text: Int, _ buffer: UnsafeMutableBufferPointer<Int32>) throws -> Void
  ) throws -> [Float] {
    let size = ngrams.vectors == nil ? 1 : Self.block
    let blocks = stride(from: 0, to: texts.count, by: size).map { texts[$0..<min($0 + size, texts.count)] }
    let found = device.map(blocks.count) { place in
      Result { try self.scores(ofBlock: blocks[place], lengths: { lengths[$0] }, device, copy: copy) }
    }
    var all: [Float] = []
    all.reserveCapacity(texts.count * ngrams.classes)
    for scores in found { all += try scores.get() }
    return all
  }

  /// The score of every class for one text.
  package func scores(of text: [Int32], device: any Device) -> [Float] {
    scores(
      ofBlock: [0], lengths: { _ in text.count }, device,
      copy: { _, buffer in _ = buffer.update(fromContentsOf: text.prefix(buffer.count)) })
  }

  private func scores(
    ofBlock texts: ArraySlice<Int>, lengths: (Int) -> Int, _ device: any Device,
    copy: (Int, UnsafeMutableBufferPointer<Int32>) throws -> Void
  ) rethrows -> [Float] {
    let (classes, instructions) = (ngrams.classes, device.instructionSet)
    var scores = [Float](repeating: 0, count: texts.count * classes)
    var kept: [[Int32]] = []
    try withReader { reader in
      for (place, text) in texts.enumerated() {
        let count = min(lengths(text), length)
        if reader.characters.count < count { reader.characters = Array(repeating: 0, count: count) }
        try reader.characters.withUnsafeMutableBufferPointer { characters in
          let characters = UnsafeMutableBufferPointer(rebasing: characters[..<count])
          try copy(text, characters)
          scores.withUnsafeMutableBufferPointer {
            ngrams.score(
              UnsafeBufferPointer(characters), reader: &reader.ngrams,
              into: UnsafeMutableBufferPointer(rebasing: $0[place * classes..<(place + 1) * classes]),
              instructions: instructions)
          }
        }
        if ngrams.vectors != nil { kept.append(Array(reader.characters[..<count])) }
      }
    }
    if let vectors = ngrams.vectors {
      vectors.add(vectors.reader.vectors(of: kept, device: device), classes: classes, to: &scores)
    }
    return scores
  }

  /// Writes the scores that a batch brings into y, [texts, classes]; those of the characters that it has of each text, where it brings
  /// none.
  func write(scoresOf batch: CharacterBatch, into y: Tensor, _ pass: Pass) {
    if let known = batch.ngramScores {
      pass.device.copy(known, into: y)
    } else {
      score(batch, into: y, pass)
    }
  }

  /// Writes the score of every class for the characters that a batch has of each text into y, [texts, classes].
  private func score(_ batch: CharacterBatch, into y: Tensor, _ pass: Pass) {
    let texts = batch.texts
    let found = scores(
      ofBlock: ArraySlice(texts.indices), lengths: { texts[$0].count }, pass.device,
      copy: { _ = $1.update(fromContentsOf: texts[$0].prefix($1.count)) })
    pass.device.write(found, to: y)
  }
}

/// What n-grams say of all texts of a collection, kept because it stays the same while a network learns, or of a block of them.
package struct NgramScores: Sendable {
  /// [texts, classes].
  private let values: [Float]
  private let classes: Int
  /// The number of the first text.
  private let first: Int

  package init(_ values: [Float], classes: Int, first: Int = 0) {
    self.values = values
    self.classes = classes
    self.first = first
  }

  /// The scores of some texts, [texts, classes].
  package func scores(of texts: [Int]) -> [Float] {
    texts.flatMap { values[($0 - first) * classes..<($0 - first + 1) * classes] }
  }
}
