#if Tool
internal import CharCNN

/// `charcnn evaluate` with a classifier.
extension Evaluate {
  /// Measures a classifier.
  func evaluate(_ classifier: TextClassifier, console: Console) throws {
    let source = try reading.source(data, trained: classifier.columns)
    console.say("\(data): \(source.summary)")
    try FilePlace.refuse(predictions, amongst: source.files, option: "--predictions")
    let terminal = quiet ? nil : Terminal()
    let table = try predictions.map {
      try AnswerTable($0, columns: ["row", "label", "predicted", "probability", "text"], overwrite: overwrite)
    }
    let (report, read) = try classifier.evaluate(
      on: Examples(source),
      progress: { examples in terminal?.draw("evaluating: \(Numbers.count(examples, "text"))") },
      answered: table.map { table in
        { answer in
          try table.append(
            [
              .integer(answer.row), .text(answer.label), .text(answer.prediction.label),
              .number(answer.prediction.probability), .text(answer.text),
            ])
        }
      })
    terminal?.clear()
    try table?.finish()
    for warning in read.warnings { console.warn(warning) }
    console.warn(
      cutTexts: report.cutTexts ?? 0, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
    console.warn(unseen: report.unseenLabels, of: "text", with: "labels")
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
#endif
