#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn evaluate` with a classifier.
extension Evaluate {
  /// Measures a classifier.
  func evaluate(_ classifier: TextClassifier, console: Console) throws {
    let other = try against.map {
      try computing.open(
        TextClassifier.self, at: $0, command: "evaluate --against", precision: precision.again(computing))
    }
    if classifier.allowsSeveralLabels, against != nil || outsideData.outside != nil {
      throw ValidationError(
        "--against and --outside are for texts of one label each; \(bundle) gives a text several or none")
    }
    if let against, other?.allowsSeveralLabels == true {
      throw ValidationError("--against is for texts of one label each; \(against) gives a text several or none")
    }
    let source = try reading.source(data, for: classifier)
    console.say("\(data): \(source.summary)")
    let outside = try outsideData.source(classifier, reading, console)
    try FilePlace.refuse(predictions, amongst: source.files + (outside?.files ?? []), option: "--predictions")
    let terminal = quiet ? nil : Terminal()
    let table = try predictions.map {
      try AnswerTable($0, columns: AnswerTable.columns(of: classifier), overwrite: overwrite)
    }
    let separator = classifier.labelSeparator
    let (report, read) = try classifier.evaluate(
      on: Examples(source), outside: outside.map { Examples($0) },
      progress: { examples in terminal?.draw("evaluating: \(Numbers.count(examples, "text"))") },
      answered: table.map { table in
        { answer in try table.append(AnswerTable.cells(of: answer, separator: separator)) }
      })
    terminal?.clear()
    try table?.finish()
    let comparison = try other.map { other in
      try classifier.comparison(with: other, on: Examples(source)) { texts in
        terminal?.draw("comparing: \(Numbers.count(texts, "text"))")
      }
    }
    terminal?.clear()
    let robustness =
      noise
      ? try classifier.robustness(on: Examples(source)) { terminal?.draw("noise: \(Numbers.percent($0))") } : nil
    terminal?.clear()
    for warning in read.warnings(ofSeveralLabels: classifier.allowsSeveralLabels) { console.warn(warning) }
    console.warn(
      cutTexts: report.cutTexts ?? 0, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
    console.warn(unseen: report.unseenLabels, of: "text", with: "labels")
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
