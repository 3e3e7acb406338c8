internal import CharCNN

/// `charcnn evaluate` with a matcher.
extension Evaluate {
  /// Measures a matcher.
  func evaluate(_ matcher: TextMatcher, console: Console) throws {
    let source = try reading.pairSource(data, scores: matcher.objective == .regression)
    console.say("\(data): \(source.summary)")
    let report = try matcher.evaluate(on: .source(source))
    console.warn(unseen: report.unseenLabels, of: "pair", with: "labels")
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
