#if Tool
internal import ArgumentParser
internal import CharCNN

/// `charcnn evaluate` with a tagger.
extension Evaluate {
  /// Measures a tagger.
  func evaluate(_ tagger: SequenceTagger, console: Console) throws {
    let other = try against.map {
      try computing.open(
        SequenceTagger.self, at: $0, command: "evaluate --against", precision: precision.again(computing))
    }
    if let other, let against, other.unit != tagger.unit {
      throw ValidationError(
        "--against compares two taggers of words, or two of characters; \(against) tags \(other.unit == .word ? "words" : "characters")"
      )
    }
    let source = try reading.taggedSource(data, usualColumn: tagger.columnOfCoNLLU)
    console.say("\(data): \(source.summary)")
    let terminal = quiet ? nil : Terminal()
    let report = try tagger.evaluate(on: Examples(source)) { sentences in
      terminal?.draw("evaluating: \(Numbers.count(sentences, "sentence"))")
    }
    terminal?.clear()
    console.warn(unseen: report.unseenTags, of: "token", with: "tags")
    let comparison = try other.map { other in
      try tagger.comparison(with: other, on: Examples(source)) {
        terminal?.draw("comparing: \(Numbers.count($0, "sentence"))")
      }
    }
    let robustness =
      noise ? try tagger.robustness(on: Examples(source)) { terminal?.draw("noise: \(Numbers.percent($0))") } : nil
    terminal?.clear()
    if json {
      let whole = comparison.map { report.adding($0) } ?? report
      return try StandardOutput.write(json: robustness.map { whole.adding($0) } ?? whole)
    }
    var parts = [report.table()]
    if let comparison, let against {
      let names = names(against: against)
      parts.append(comparison.table(this: names.this, other: names.other))
    }
    if let robustness { parts.append(robustness.table()) }
    try StandardOutput.write(parts.joined(separator: "\n"))
  }
}
#endif
