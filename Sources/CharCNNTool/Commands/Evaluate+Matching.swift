#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNText

/// `charcnn evaluate` with a matcher.
extension Evaluate {
  /// Measures a matcher.
  func evaluate(_ matcher: TextMatcher, console: Console) throws {
    let isScore = matcher.objective == .regression
    let other = try against.map {
      try computing.open(TextMatcher.self, at: $0, command: "evaluate --against", precision: precision.again(computing))
    }
    if against != nil || noise, isScore || other?.objective == .regression {
      throw ValidationError(
        "--against and --noise are for matchers that give labels; of scores the correlations can be compared")
    }
    let source = try reading.pairSource(data, scores: isScore, trained: matcher.columns)
    console.say("\(data): \(source.summary)")
    try FilePlace.refuse(predictions, amongst: [data], option: "--predictions")
    let columns = ["row", "label", "predicted", matcher.objective == .classification ? "probability" : "score"]
    let table = try predictions.map {
      try AnswerTable($0, columns: columns + ["first", "second"], overwrite: overwrite)
    }
    var matches: [TextMatch] = []
    let (report, read) = try matcher.evaluate(
      on: Examples(source), answered: { _, match in if table != nil { matches.append(match) } })
    if let table {
      // The texts are read once more, so that they need not all be kept.
      var next = matches.makeIterator()
      try source.forEachRow { pair, _, row in
        guard let match = next.next() else {
          throw Failure(.data, "\(data): has changed while it was read; keep it as it is")
        }
        let score = match.hypotheses.first?.probability ?? match.score
        try table.append(
          [
            .integer(row), .text(pair.label ?? ""), match.label.map { .text($0) } ?? .number(match.score),
            .number(score), .text(pair.first), .text(pair.second),
          ])
      }
      try table.finish()
    }
    for warning in read.warnings { console.warn(warning) }
    console.warn(cutTexts: report.cutTexts ?? 0, to: matcher.textSettings.maximumLength)
    console.warn(unseen: report.unseenLabels, of: "pair", with: "labels")
    let comparison = try other.map { try matcher.comparison(with: $0, on: Examples(source)) }
    let terminal = quiet ? nil : Terminal()
    let robustness =
      noise ? try matcher.robustness(on: Examples(source)) { terminal?.draw("noise: \(Numbers.percent($0))") } : nil
    terminal?.clear()
    if json {
      let whole = comparison.map { report.adding($0) } ?? report
      return try StandardOutput.write(json: robustness.map { whole.adding($0) } ?? whole)
    }
    var parts = [report.table()]
    if let comparison, let against {
      let names = names(against: against)
      parts.append(comparison.table(this: names.this, other: names.other, unit: "pairs"))
    }
    if let robustness { parts.append(robustness.table(unit: "pairs")) }
    try StandardOutput.write(parts.joined(separator: "\n"))
  }
}
#endif
