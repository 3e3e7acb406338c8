import CharCNNFiles
import CharCNNText

extension TextPair {
  /// The label as a score.
  ///
  /// - Parameter examples: Where the pair is from.
  /// - Throws: `DataError` where it is no number.
  func score(of examples: Examples<TextPair>) throws(DataError) -> Float {
    if let score = label.flatMap(ScoreText.value) { return Float(score) }
    throw ScoreText.fault(
      label ?? "", path: examples.name, line: line > 0 ? line : nil, isInMemory: examples.isInMemory)
  }
}

extension RunningSHA256 {
  /// Adds both texts and the label.
  mutating func add(_ pair: TextPair) {
    add(pair.first)
    add(pair.second)
    add(pair.label ?? "")
  }
}
