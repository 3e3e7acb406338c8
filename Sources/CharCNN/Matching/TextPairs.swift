internal import CharCNNFiles
public import CharCNNText

/// Pairs of texts to learn from or to measure with.
public enum TextPairs: Sendable {
  /// A file.
  case source(TextPairSource)
  /// Pairs in memory; the name is for messages.
  case array([TextPair], name: String)

  /// What messages call it.
  public var path: String {
    switch self {
    case .source(let source): source.path
    case .array(_, let name): name
    }
  }

  /// Hands every pair to `body`.
  ///
  /// - Returns: What a file has that was left out.
  /// - Throws: `DataError` for faulty records and pairs without a label; what `body` throws.
  @discardableResult
  func forEachPair(_ body: (TextPair, RecordReference?) throws -> Void) throws -> ReadingReport {
    switch self {
    case .source(let source):
      return try source.forEachPair { pair, reference in
        if pair.label == nil { throw unlabeled(line: pair.line) }
        try body(pair, reference)
      }
    case .array(let pairs, _):
      for (place, pair) in pairs.enumerated() {
        if pair.label == nil { throw unlabeled(line: pair.line > 0 ? pair.line : place + 1) }
        try body(pair, nil)
      }
      return ReadingReport(path: path)
    }
  }

  private func unlabeled(line: Int) -> DataError {
    DataError(
      .missingLabel, path: path, line: line, problem: "the pair has no label",
      advice: "add one or leave the pair out")
  }
}

extension TextPair {
  /// The label as a score.
  ///
  /// - Throws: `DataError` where it is no number.
  func score(path: String) throws(DataError) -> Float {
    if let score = label.flatMap({ Float($0) }), abs(score) <= 1e9 { return score }
    throw DataError(
      .missingLabel, path: path, line: line > 0 ? line : nil, problem: "\"\(label ?? "")\" is no score",
      advice: "give a number from -1e9 to 1e9, or choose another column with --label")
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
