#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn predict` with a matcher.
extension Predict {
  /// Writes how the texts of all pairs relate.
  func predictMatches(_ matcher: TextMatcher) throws {
    if top > 1, matcher.objective != .classification {
      throw ValidationError("--top \(top) has no effect: \(bundle) gives each pair one score and no labels")
    }
    var output = StandardOutput()
    if let pairs {
      if !texts.isEmpty { throw ValidationError("--pairs is a file of pairs; texts cannot stand beside it") }
      return try predictPairs(pairs, matcher, &output)
    }
    if !texts.isEmpty, texts != ["-"] {
      guard texts.count == 2 else {
        throw ValidationError("a matcher needs two texts, not \(texts.count); many pairs go through standard input")
      }
      return try write([(texts[0], texts[1])], matcher, &output)
    }
    var reader = LineReader(descriptor: 0)
    var line = 0
    while let lines = try reader.next() {
      var pairs: [(String, String)] = []
      for text in lines {
        line += 1
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 2 else {
          // What stands before can be answered.
          try write(pairs, matcher, &output)
          throw DataError(
            .raggedRow, path: "standard input", line: line,
            problem: "there \(fields.count == 1 ? "is no tab" : "are \(fields.count - 1) tabs")",
            advice: "give two texts a line with a tab between")
        }
        pairs.append((fields[0], fields[1]))
      }
      try write(pairs, matcher, &output)
    }
  }

  private func predictPairs(_ path: String, _ matcher: TextMatcher, _ output: inout StandardOutput) throws {
    let source = try reading.pairSource(
      path, scores: matcher.objective == .regression, trained: matcher.columns, needsLabels: false)
    var pairs: [(first: String, second: String)] = []
    try source.forEachPair { pair, _ in
      pairs.append((pair.first, pair.second))
      if pairs.count == 4_096 {
        try write(pairs, matcher, &output)
        pairs.removeAll(keepingCapacity: true)
      }
    }
    try write(pairs, matcher, &output)
  }

  private func write(
    _ pairs: [(first: String, second: String)], _ matcher: TextMatcher, _ output: inout StandardOutput
  ) throws {
    for (pair, match) in zip(pairs, matcher.matches(for: pairs)) {
      if json {
        try output.append(json: MatchOutput(pair, match, top: top))
        continue
      }
      let fields =
        match.hypotheses.isEmpty
        ? (match.label.map { [Self.field($0)] } ?? []) + [Numbers.fixed(match.score)]
        : match.hypotheses.prefix(top).flatMap { [Self.field($0.label), Numbers.fixed($0.probability)] }
      output.append(fields.joined(separator: "\t") + "\n")
    }
    try output.flush()
  }
}

/// The answer to a pair as JSON.
private struct MatchOutput: Encodable {
  struct Pair: Encodable {
    let label: String
    let probability: Double
  }

  let first: String
  let second: String
  let score: Double
  let label: String?
  let predictions: [Pair]?

  init(_ pair: (first: String, second: String), _ match: TextMatch, top: Int) {
    first = pair.first
    second = pair.second
    score = Decimals.toMillionths(match.score)
    label = match.label
    predictions =
      match.hypotheses.isEmpty
      ? nil
      : match.hypotheses.prefix(top).map { Pair(label: $0.label, probability: Decimals.toMillionths($0.probability)) }
  }

  /// Single precision has no more digits worth writing.
}
#endif
