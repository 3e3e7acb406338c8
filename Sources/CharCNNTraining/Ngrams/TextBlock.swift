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
  ///   - vectors: Gives a text's vector, whose numbers, times ``NgramChoice/vectorLength``, are the features behind those of the n-grams; nil for
  ///     none.
  ///   - device: Does the vectors' arithmetic.
  func rows(
    of texts: Range<Int>, reader: WeighedNgrams, featureOfRow: [UInt32], vectors: VectorReader?, device: any Device
  ) -> SparseRows {
    var reader = reader
    let dimension = vectors?.dimension ?? 0
    var rows = SparseRows(featureCount: featureOfRow.count + dimension)
    var known: [[Int32]] = []
    if vectors != nil { forEachText(of: texts) { known.append(Array($0)) } }
    let numbers = vectors?.vectors(of: known, device: device) ?? []
    var first = 0
    featureOfRow.withUnsafeBufferPointer { featureOfRow in
      forEachText(of: texts) { text in
        reader.read(text)
        rows.features.append(contentsOf: reader.rows[..<reader.count].lazy.map { featureOfRow[Int($0)] })
        rows.values.append(contentsOf: reader.values[..<reader.count])
        rows.features.append(contentsOf: (0..<dimension).lazy.map { UInt32(featureOfRow.count + $0) })
        rows.values.append(contentsOf: numbers[first..<first + dimension].lazy.map { NgramChoice.vectorLength * $0 })
        first += dimension
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
