#if Tool
internal import CharCNN
import CharCNNText

/// `charcnn evaluate` with a matcher.
extension Evaluate {
  /// Measures a matcher.
  func evaluate(_ matcher: TextMatcher, console: Console) throws {
    let isScore = matcher.objective == .regression
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
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
#endif
