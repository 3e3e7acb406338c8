#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn evaluate` with a classifier.
extension Evaluate {
  /// Measures a classifier.
  func evaluate(_ classifier: TextClassifier, console: Console) throws {
    let source = try reading.source(data, trained: classifier.columns)
    console.say("\(data): \(source.summary)")
    try FilePlace.refuse(predictions, amongst: source.files, option: "--predictions")
    let terminal = quiet ? nil : Terminal()
    let table = try predictions.map {
      let columns =
        classifier.allowsSeveralLabels
        ? ["row", "labels", "predicted", "probabilities", "text"]
        : ["row", "label", "predicted", "probability", "text"]
      return try AnswerTable($0, columns: columns, overwrite: overwrite)
    }
    let separator = classifier.labelSeparator
    let (report, read) = try classifier.evaluate(
      on: Examples(source),
      progress: { examples in terminal?.draw("evaluating: \(Numbers.count(examples, "text"))") },
      answered: table.map { table in
        { answer in
          if let labels = answer.labels, let assigned = answer.assigned {
            let probabilities = assigned.map { "\(Decimals.toMillionths($0.probability))" }
            return try table.append(
              [
                .integer(answer.row), .text(labels.joined(separator: separator)),
                .text(assigned.map(\.label).joined(separator: separator)),
                .text(probabilities.joined(separator: separator)), .text(answer.text),
              ])
          }
          try table.append(
            [
              .integer(answer.row), .text(answer.label), .text(answer.prediction.label),
              .number(answer.prediction.probability), .text(answer.text),
            ])
        }
      })
    terminal?.clear()
    try table?.finish()
    for warning in read.warnings(ofSeveralLabels: classifier.allowsSeveralLabels) { console.warn(warning) }
    console.warn(
      cutTexts: report.cutTexts ?? 0, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
    console.warn(unseen: report.unseenLabels, of: "text", with: "labels")
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
#endif
