import CharCNNFiles
import CharCNNText

extension TextPair {
  /// The label as a score.
  ///
  /// - Parameter examples: Where the pair is from.
  /// - Throws: `DataError` where it is no number.
  func score(of examples: Examples<TextPair>) throws(DataError) -> Float {
    if let score = label.flatMap({ Float($0) }), abs(score) <= 1e9 { return score }
    throw DataError(
      .missingLabel, path: examples.name, line: line > 0 ? line : nil, problem: "\"\(label ?? "")\" is no score",
      advice: "give a number from -1e9 to 1e9"
        + (examples.isInMemory ? "" : ", or choose another column with `label`"))
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
