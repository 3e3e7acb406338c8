internal import CharCNNCompute

/// What the n-grams of a text say, taken apart.
package struct NgramShares: Sendable {
  /// An n-gram of the text.
  package struct Entry: Sendable {
    /// Its row.
    package let row: Int
    /// What it is made of.
    package let kind: NgramKind
    /// Its weight in the text.
    package let value: Double
    /// For each time that it occurs, the ranges of the text's characters that it is made of; none for marks alone.
    package let places: [[Range<Int>]]
    /// Whether it has the mark before the text, and the one behind it.
    package let marks: (start: Bool, end: Bool)
  }

  /// The n-grams that the model knows, each once for each kind.
  package let entries: [Entry]
  /// Characters of the text that were read.
  package let characters: Int
  /// The sum of the weights of each class, times those of the n-grams that characters bring, [classes].
  package let scores: [Double]
  /// The scores without these: the bias, and what marks alone bring, [classes].
  package let rest: [Double]
}

extension LinearNgrams {
  /// Takes a text's score apart.
  ///
  /// - Parameters:
  ///   - text: Alphabet indices, as many as count.
  ///   - reader: Memory of ``makeReader()``.
  package func shares(of text: UnsafeBufferPointer<Int32>, reader: inout WeighedNgrams) -> NgramShares {
    reader.read(text)
    var entries: [NgramShares.Entry] = []
    var first = 0
    for (kind, end) in zip(NgramKind.allCases, reader.ends) {
      var places: [Int32: [[Range<Int>]]] = [:]
      if end > first {
        for (key, place) in zip(scanner.keys(of: kind, in: text), scanner.places(of: kind, in: text)) {
          if let row = row(of: key) { places[row, default: []].append(place) }
        }
      }
      for entry in first..<end {
        let row = reader.rows[entry]
        entries.append(
          NgramShares.Entry(
            row: Int(row), kind: kind, value: Double(reader.values[entry]),
            places: (places[row] ?? []).map { $0.compactMap { Self.clipped($0, text.count) } },
            marks: Self.marks(of: places[row]?.first, text.count)))
      }
      first = end
    }
    var scores = [Double](repeating: 0, count: classes)
    var rest = spread(bias.map { Double($0) })
    for entry in entries {
      let own = Double(entry.places.count { !$0.isEmpty }) / Double(max(entry.places.count, 1))
      for (place, weight) in weights(ofRow: entry.row).enumerated() {
        scores[place] += own * entry.value * weight
        rest[place] += (1 - own) * entry.value * weight
      }
    }
    return NgramShares(entries: entries, characters: text.count, scores: scores, rest: rest)
  }

  /// The characters of a range that may have a mark at an end; nil where there are none.
  private static func clipped(_ range: Range<Int>, _ count: Int) -> Range<Int>? {
    let clipped = range.clamped(to: 0..<count)
    return clipped.isEmpty ? nil : clipped
  }

  private static func marks(of place: [Range<Int>]?, _ count: Int) -> (start: Bool, end: Bool) {
    guard let first = place?.first, let last = place?.last else { return (false, false) }
    return (first.lowerBound < 0, last.upperBound > count)
  }

  /// The weights of an n-gram, one for each class; of two classes whose difference one number tells, half of it with either sign.
  package func weights(ofRow row: Int) -> [Double] {
    let scale = Double(scales[row])
    return spread((0..<columns).map { Double(weights[row * columns + $0]) * scale })
  }

  /// The row of a key; nil for an n-gram that the model does not know.
  package func row(of key: UInt64) -> Int32? {
    withUnsafePointer(to: key) { key in
      var row: Int32 = 0
      return vocabulary.keys.find(UnsafeBufferPointer(start: key, count: 1), into: &row) == 1 ? row : nil
    }
  }

  private func spread(_ numbers: [Double]) -> [Double] {
    columns < classes ? [-numbers[0] / 2, numbers[0] / 2] : numbers
  }

  /// Adds what each character brings to a weighted sum of the scores: the share of an n-gram is spread evenly over the times that it
  /// occurs, and over its characters there.
  ///
  /// - Parameters:
  ///   - shares: The text taken apart.
  ///   - factors: What the score of each class counts, [classes].
  ///   - characters: Receives the sums, of the text's first characters.
  package func add(_ shares: NgramShares, times factors: [Double], to characters: inout ArraySlice<Double>) {
    for entry in shares.entries {
      var sum = 0.0
      for (weight, factor) in zip(weights(ofRow: entry.row), factors) { sum += weight * factor }
      let once = entry.value * sum / Double(max(entry.places.count, 1))
      for place in entry.places {
        let count = place.reduce(0) { $0 + $1.count }
        for range in place {
          for character in range { characters[characters.startIndex + character] += once / Double(count) }
        }
      }
    }
  }

  /// Whether a word is one of the n-grams.
  ///
  /// - Parameters:
  ///   - word: Its characters.
  ///   - reader: Memory of ``makeReader()``.
  package func knows(word: [Int32], reader: inout WeighedNgrams) -> Bool {
    word.withUnsafeBufferPointer { reader.read($0) }
    return reader.ends[1] > reader.ends[0]
  }
}
