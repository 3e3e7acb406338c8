#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// `charcnn explain --data`.
extension Explain {
  /// N-grams and filters of a class, where nobody says how many.
  private static let usualCount = 10

  /// Shows what a classifier goes by.
  func read(_ classifier: TextClassifier, _ path: String) throws {
    let console = Console(isQuiet: quiet)
    if let html { try AtomicFile.checkWritable(html, overwrite: overwrite) }
    let source = try reading.source(path, for: classifier)
    console.say("\(path): \(source.summary)")
    try FilePlace.refuse(html, amongst: source.files, option: "--html")
    let terminal = quiet ? nil : Terminal()
    let started = ContinuousClock.now
    let found = try classifier.reading(of: Examples(source), count: top ?? Self.usualCount) { texts in
      let seconds = max((ContinuousClock.now - started) / .seconds(1), 1e-9)
      terminal?.draw("reading: \(Numbers.count(texts, "text")), \(Numbers.short(Double(texts) / seconds)) texts/s")
    }
    terminal?.clear()
    for warning in found.report.warnings(ofSeveralLabels: classifier.allowsSeveralLabels) { console.warn(warning) }
    let unseen = found.unseenLabels.values.reduce(0, +)
    if unseen > 0 {
      let what = classifier.allowsSeveralLabels ? "label" : "text"
      console.say("warning: \(Numbers.count(unseen, what)) left out, of labels that the model does not know")
    }
    if classifier.ngrams.isEnabled, !classifier.ngrams.isSolved {
      console.say(
        "note: the n-grams stand in a table of hashes, in which they have no names; the filters are shown alone")
    }
    if json {
      var output = StandardOutput()
      for own in found.classes { try output.append(json: ReadingOutput(own)) }
      try output.flush()
    } else {
      try StandardOutput.write(found.classes.map(Self.text).joined(separator: "\n"))
    }
    if let html {
      try AtomicFile.write(
        Array(ReadingPage(model: bundle, found).html().utf8), to: html, overwrite: overwrite)
      console.say("\(html): \(Numbers.count(found.classes.count, "class", "classes"))")
    }
  }

  private static func text(_ own: ClassifierReading.Class) -> String {
    var text = "\(own.label.onOneLine): \(Numbers.count(own.texts, "text"))\n"
    if !own.ngrams.isEmpty {
      let rows = own.ngrams.map {
        [
          "  " + shown($0.text), ExplanationPrinting.signed($0.effect), "\(Numbers.count($0.texts, "text"))",
          shown($0.example),
        ]
      }
      text += TextTable(rows: rows.map { [$0[0], $0[1], $0[2], $0[3]] }, leftColumns: 1, cells: .whole).text()
    }
    if !own.filters.isEmpty {
      let rows = own.filters.map { filter in
        [
          "  \(filter.name) \(filter.number)", ExplanationPrinting.signed(filter.effect),
          filter.windows.map { shown(String($0.text[$0.range])) }.joined(separator: "  "),
          filter.windows.first.map(shown) ?? "",
        ]
      }
      text += TextTable(rows: rows, leftColumns: 4, cells: .whole).text()
    }
    if own.ngrams.isEmpty, own.filters.isEmpty { text += "  nothing\n" }
    return text
  }

  private static func shown(_ text: String) -> String { text.replacing(" ", with: "␣").onOneLine }

  /// A part of a text in brackets, with what stands beside it.
  private static func shown(_ example: ClassifierReading.Example) -> String {
    let before = example.text[..<example.range.lowerBound]
    let after = example.text[example.range.upperBound...]
    let start = (before.count > 16 ? "…" : "") + String(before.suffix(16))
    let end = String(after.prefix(16)) + (after.count > 16 ? "…" : "")
    return "\(start)[\(example.text[example.range])]\(end)".onOneLine
  }
}
#endif
