internal import CharCNN

/// `charcnn evaluate` with a matcher.
extension Evaluate {
  /// Measures a matcher.
  func evaluate(_ matcher: TextMatcher, console: Console) throws {
    let source = try reading.pairSource(data, scores: matcher.objective == .regression)
    console.say("\(data): \(source.summary)")
    let report = try matcher.evaluate(on: .source(source))
    if !report.unseenLabels.isEmpty {
      let total = report.unseenLabels.values.reduce(0, +)
      console.say("warning: \(Numbers.count(total, "pair")) counted as wrong, with labels that the model does not know")
    }
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
