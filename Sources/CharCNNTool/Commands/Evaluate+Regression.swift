#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn evaluate` with a model of scores.
extension Evaluate {
  /// Measures a model of scores.
  func evaluate(_ regressor: TextRegressor, console: Console) throws {
    let source = try reading.scoreSource(data, trained: regressor.columns)
    console.say("\(data): \(source.summary)")
    try FilePlace.refuse(predictions, amongst: source.files, option: "--predictions")
    let hasGrades = regressor.grades != nil
    let table = try predictions.map {
      try AnswerTable(
        $0, columns: ["row", "score", "predicted"] + (hasGrades ? ["grade", "probability"] : []) + ["text"],
        overwrite: overwrite)
    }
    let terminal = quiet ? nil : Terminal()
    let (report, read) = try regressor.evaluate(
      on: Examples(source), cut: cut,
      progress: { texts in terminal?.draw("evaluating: \(Numbers.count(texts, "text"))") },
      answered: table.map { table in
        { answer in
          var cells: [AnswerTable.Cell] = [
            .integer(answer.row), .decimal(Decimals.short(answer.score)),
            .decimal("\(Decimals.nearest(answer.prediction.score, decimals: regressor.scoreDecimals))"),
          ]
          if let likeliest = answer.prediction.hypotheses?.first {
            cells += [.decimal(likeliest.label), .number(likeliest.probability)]
          }
          try table.append(cells + [.text(answer.text)])
        }
      })
    terminal?.clear()
    try table?.finish()
    for warning in read.warnings { console.warn(warning) }
    console.warn(
      cutTexts: report.cutTexts ?? 0, to: regressor.textSettings.maximumLength, ngrams: regressor.ngramLength)
    if cut == nil {
      console.say(
        "the cut of the area under ROC is \(Numbers.plain(report.cut)), the middle of the range of scores; --cut names another"
      )
    }
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
#endif
