internal import CharCNNStorage

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

  /// All pairs.
  ///
  /// - Throws: `DataError` at the first faulty record or without a label; ``TrainingError/noExamples(path:)`` where there is
  ///   none.
  func read() throws -> [TextPair] {
    let pairs: [TextPair]
    switch self {
    case .source(let source): pairs = try source.pairs()
    case .array(let array, _): pairs = array
    }
    if pairs.isEmpty { throw TrainingError.noExamples(path: path) }
    for (place, pair) in pairs.enumerated() where pair.label == nil {
      throw DataError(
        .missingLabel, path: path, line: pair.line > 0 ? pair.line : place + 1, problem: "the pair has no label",
        advice: "add one or leave the pair out")
    }
    return pairs
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

extension [TextPair] {
  /// A digest of all texts and labels.
  var digest: String {
    var digest = RunningSHA256()
    for pair in self {
      digest.add(pair.first)
      digest.add(pair.second)
      digest.add(pair.label ?? "")
    }
    return digest.hexDigest
  }
}
