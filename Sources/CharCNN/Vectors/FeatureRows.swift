import CharCNNCompute

/// The rows of one text at some layer, and the vectors that are made of them.
struct FeatureRows {
  /// Row by row.
  let values: ArraySlice<Float>
  let dimension: Int
  /// Characters of a row.
  let stride: Int
  /// Characters that the network read, without padding.
  let characters: Int

  /// - Parameters:
  ///   - text: The text.
  ///   - places: UTF-8 offsets of its characters, or of its words where rows stand for those; not read for texts.
  ///   - options: Which vectors.
  func features(of text: String, places: [Range<Int>], _ options: FeatureOptions) -> TextFeatures {
    let ranges: [Range<Int>]
    switch options.level {
    case .text: ranges = [0..<text.utf8.count]
    case .word: ranges = Self.words(of: text)
    case .character: ranges = places
    }
    var vectors = [Float](repeating: 0, count: ranges.count * dimension)
    // Words and characters come in the order of the text.
    var first = 0
    for (number, range) in ranges.enumerated() {
      let units: Range<Int>
      switch options.level {
      case .text: units = 0..<characters
      case .character: units = min(number, characters)..<min(number + 1, characters)
      case .word:
        while first < characters, places[first].upperBound <= range.lowerBound { first += 1 }
        var end = first
        while end < characters, places[end].lowerBound < range.upperBound { end += 1 }
        units = first..<end
      }
      if !units.isEmpty {
        pool(units, by: options.pooling, into: &vectors[number * dimension..<(number + 1) * dimension])
      }
    }
    return TextFeatures(ranges: ranges, dimension: dimension, values: vectors)
  }

  /// Every row that a character of `units` has a part in counts once.
  private func pool(_ units: Range<Int>, by pooling: Pooling, into vector: inout ArraySlice<Float>) {
    let last = values.count / dimension - 1
    let rows = min(units.lowerBound / stride, last)...min((units.upperBound - 1) / stride, last)
    let start = vector.startIndex
    for channel in 0..<dimension {
      var value = values[values.startIndex + rows.lowerBound * dimension + channel]
      for row in rows.dropFirst() {
        let other = values[values.startIndex + row * dimension + channel]
        value = pooling == .max ? max(value, other) : value + other
      }
      vector[start + channel] = pooling == .max ? value : value / Float(rows.count)
    }
  }

  /// UTF-8 ranges of what white space separates.
  static func words(of text: String) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    var offset = 0
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if let first = start { words.append(first..<offset) }
        start = nil
      } else if start == nil {
        start = offset
      }
      offset += UTF8.width(scalar)
    }
    if let first = start { words.append(first..<offset) }
    return words
  }
}
