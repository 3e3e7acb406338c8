/// Scores as they stand in the place of labels: numbers that are no greater than a thousand million.
package enum ScoreText {
  /// The largest magnitude of a score.
  private static let largest = 1e9

  /// The score that a label is; nil for words, for what is no decimal number or infinite, and for numbers beyond the bounds.
  package static func value(_ label: String) -> Double? {
    // Swift reads numbers with the base 16, too, which nobody means by a score.
    if label.utf8.contains(where: { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") }) { return nil }
    return Double(label).flatMap { abs($0) <= largest ? $0 : nil }
  }

  /// What to say of a label that is no score.
  ///
  /// - Parameters:
  ///   - label: The label.
  ///   - path: Where it is from.
  ///   - line: The line of its record; nil where there is none.
  ///   - isInMemory: Whether it is from no file, so that advice about columns is of no use.
  package static func fault(_ label: String, path: String, line: Int?, isInMemory: Bool = false) -> DataError {
    DataError(
      label.isEmpty ? .missingLabel : .unsuitableValue, path: path, line: line, problem: "\"\(label)\" is no score",
      advice: "give a number from -1e9 to 1e9" + (isInMemory ? "" : ", or choose another column with `label`"))
  }
}

extension LabeledText {
  /// The label as a score.
  ///
  /// - Parameters:
  ///   - examples: Where the text is from.
  ///   - row: Its number.
  /// - Throws: ``DataError`` where it is no number, or where there are several.
  package func score(of examples: Examples<LabeledText>, row: Int) throws(DataError) -> Double {
    if furtherLabels.isEmpty, shares == nil, let score = label.flatMap(ScoreText.value) { return score }
    throw ScoreText.fault(
      shownLabels ?? "", path: examples.name, line: line > 0 ? line : row, isInMemory: examples.isInMemory)
  }
}
