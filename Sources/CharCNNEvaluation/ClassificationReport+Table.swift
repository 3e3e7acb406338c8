internal import CharCNNFiles

extension ClassificationReport {
  /// The report as text for people: the summary, a table of the labels, and what is mixed up with what.
  ///
  /// Columns line up in terminals that draw East Asian characters twice as wide. Up to 12 labels the whole confusion
  /// matrix is shown, beyond that the pairs confused most.
  public func table() -> String {
    var parts = [summary(), labelTable()]
    if labels.count > 12 || confusion == nil {
      if !mostConfused.isEmpty { parts.append(confusedTable()) }
    } else if let confusion, !labels.isEmpty {
      parts.append(matrixTable(confusion))
    }
    if !unseenLabels.isEmpty { parts.append(unseenTable()) }
    if let surestErrors, !surestErrors.isEmpty { parts.append(errorTable(surestErrors)) }
    if let coverageCurve, coverage != nil || outside != nil { parts.append(coverageTable(coverageCurve)) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func summary() -> String {
    var rows = [["examples", String(examples)]]
    if let microF1 {
      rows.append(["micro F1", Decimals.rounded(microF1)])
    } else {
      rows.append(["accuracy", Decimals.rounded(accuracy)] + interval(accuracyInterval))
    }
    rows.append(["macro F1", Decimals.rounded(macroF1)] + interval(macroF1Interval))
    rows.append(["weighted F1", Decimals.rounded(weightedF1)])
    if let subsetAccuracy { rows.append(["subset accuracy", Decimals.rounded(subsetAccuracy)]) }
    if let rankingAveragePrecision {
      rows.append(["ranking average precision", Decimals.rounded(rankingAveragePrecision)])
    }
    if let loss { rows.append(["loss", Decimals.rounded(loss)]) }
    if let calibrationError { rows.append(["calibration error", Decimals.rounded(calibrationError)]) }
    if let brierScore { rows.append(["Brier score", Decimals.rounded(brierScore)]) }
    if let coverage { rows.append(["answered", Decimals.rounded(coverage)]) }
    if let accuracyAnswered { rows.append(["accuracy of answers", Decimals.rounded(accuracyAnswered)]) }
    if let outside {
      rows.append(["texts of no class", String(outside.texts)])
      if let refused = outside.refused { rows.append(["of them refused", Decimals.rounded(refused)]) }
      if let area = outside.areaUnderROC { rows.append(["area under ROC", Decimals.rounded(area)]) }
    }
    if let ngramShare { rows.append(["by n-grams alone", Decimals.rounded(ngramShare)]) }
    return TextTable(rows: rows).text()
  }

  private func interval(_ interval: Interval?) -> [String] {
    guard let interval else { return [] }
    return ["95 %: \(Decimals.rounded(interval.lower)) to \(Decimals.rounded(interval.upper))"]
  }

  /// The labels with most errors come first.
  private func labelTable() -> String {
    let measured = labels.enumerated().filter { $0.element.support > 0 }
      .sorted { ($1.element.errors, $0.offset) < ($0.element.errors, $1.offset) }.map(\.element)
    if measured.isEmpty { return "" }
    var rows = [["label", "precision", "recall", "F1", "examples"]]
    for score in measured {
      rows.append([
        shown(score.label), Decimals.rounded(score.precision), Decimals.rounded(score.recall),
        Decimals.rounded(score.f1), String(score.support),
      ])
    }
    let rest = labels.count - measured.count
    let note =
      rest == 0
      ? ""
      : "\(rest) \(rest == 1 ? "label" : "labels") of the model without an example \(rest == 1 ? "is" : "are") left out\n"
    return TextTable(rows: rows).text() + note
  }

  /// Rows of the labels that have examples, columns of those that have any or were predicted.
  private func matrixTable(_ counts: [[Int]]) -> String {
    let columns = labels.indices.filter { place in labels[place].support > 0 || counts.contains { $0[place] > 0 } }
    var rows = [["actual \\ predicted"] + columns.map { shown(labels[$0].label) }]
    for (score, row) in zip(labels, counts) where score.support > 0 {
      rows.append([shown(score.label)] + columns.map { String(row[$0]) })
    }
    return TextTable(rows: rows).text()
  }

  private func confusedTable() -> String {
    let rows = mostConfused.map { [shown($0.actual), shown($0.predicted), String($0.count)] }
    return TextTable(rows: [["actual", "predicted", "confused"]] + rows, leftColumns: 2).text()
  }

  private func errorTable(_ errors: [WrongAnswer]) -> String {
    var rows = [["row", "actual", "predicted", "probability", "text"]]
    for error in errors {
      rows.append([
        String(error.row), shown(error.label), shown(error.predicted), Decimals.rounded(error.probability),
        // More is not shown of a cell.
        error.text.prefix(200).split(whereSeparator: \.isWhitespace).joined(separator: " "),
      ])
    }
    return "the surest of the errors\n" + TextTable(rows: rows, leftColumns: 5).text()
  }

  private func coverageTable(_ curve: [Coverage]) -> String {
    // Of the whole curve the points that people ask for.
    var points: [Coverage] = []
    for part in [1, 0.95, 0.9, 0.8, 0.7, 0.5] {
      if let point = curve.last(where: { $0.coverage >= part - 1e-9 }), point != points.last { points.append(point) }
    }
    let rows = points.map { [$0.coverage, $0.accuracy, $0.threshold].map { Decimals.rounded($0) } }
    return TextTable(rows: [["if answered", "accuracy", "threshold"]] + rows, leftColumns: 0).text()
  }

  private func unseenTable() -> String {
    let listed = unseenLabels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var rows = [["label not in training", "examples"]] + listed.prefix(20).map { [shown($0.key), String($0.value)] }
    if listed.count > 20 {
      rows.append(["and \(listed.count - 20) more", String(listed.dropFirst(20).reduce(0) { $0 + $1.value })])
    }
    return TextTable(rows: rows).text()
  }
}

/// A label as a table shows it: in quotes where a blank at an end, or nothing at all, would not be seen.
func shown(_ label: String) -> String {
  let isPlain = label.first.map { !$0.isWhitespace } ?? false && label.last?.isWhitespace == false
  return isPlain && !label.contains("  ") ? label : "\"\(label)\""
}
