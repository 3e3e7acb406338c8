internal import CharCNNCompute
internal import CharCNNNetworks

/// Texts in a row of a corpus, in memory.
struct TextBlock: Sendable {
  /// The characters of all of them.
  var characters: [Int32] = []
  /// Where each ends.
  var ends: [Int] = []

  /// The texts in parts that threads share.
  var parts: [Range<Int>] {
    let size = 64
    return stride(from: 0, to: ends.count, by: size).map { $0..<min($0 + size, ends.count) }
  }

  /// The n-grams of some of its texts.
  ///
  /// - Parameters:
  ///   - texts: Their numbers in the block.
  ///   - reader: Weighs them; its memory is not written to.
  ///   - featureOfRow: The feature of each row of the vocabulary.
  func rows(of texts: Range<Int>, reader: WeighedNgrams, featureOfRow: [UInt32]) -> SparseRows {
    var reader = reader
    var rows = SparseRows(featureCount: featureOfRow.count)
    featureOfRow.withUnsafeBufferPointer { featureOfRow in
      forEachText(of: texts) { text in
        reader.read(text)
        rows.features.append(contentsOf: reader.rows[..<reader.count].lazy.map { featureOfRow[Int($0)] })
        rows.values.append(contentsOf: reader.values[..<reader.count])
        rows.endRow()
      }
    }
    return rows
  }

  /// Hands over the characters of some of its texts.
  func forEachText(of texts: Range<Int>, _ body: (UnsafeBufferPointer<Int32>) -> Void) {
    characters.withUnsafeBufferPointer { characters in
      for text in texts {
        body(UnsafeBufferPointer(rebasing: characters[(text == 0 ? 0 : ends[text - 1])..<ends[text]]))
      }
    }
  }
}

extension TextCorpus {
  /// Hands over the texts in order, some at a time.
  ///
  /// - Parameter most: Characters from which on there are enough.
  func forEachBlock(characters most: Int = 1 << 20, _ body: (TextBlock) throws -> Void) throws {
    var block = TextBlock()
    try forEachText { text in
      block.characters += text
      block.ends.append(block.characters.count)
      guard block.characters.count >= most else { return }
      try body(block)
      block = TextBlock()
    }
    if !block.ends.isEmpty { try body(block) }
  }

  /// Hands over the indices of one text after another.
  package func forEachText(_ body: (UnsafeBufferPointer<Int32>) throws -> Void) throws {
    var memory: [Int32] = []
    for text in 0..<count {
      let length = length(of: text)
      if memory.count < length { memory = Array(repeating: 0, count: length) }
      try memory.withUnsafeMutableBufferPointer { memory in
        let window = UnsafeMutableBufferPointer(rebasing: memory[..<length])
        try copyCharacters(of: text, into: window)
        try body(UnsafeBufferPointer(window))
      }
    }
  }
}
