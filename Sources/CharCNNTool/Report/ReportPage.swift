#if Tool
internal import CharCNN
import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNText

/// A report on a classifier as one page that needs nothing else: no script, link or font from elsewhere. It is well-formed XML too.
struct ReportPage {
  typealias WrongAnswer = ClassificationReport.WrongAnswer

  let model: String
  let data: String
  let report: ClassificationReport
  /// What measuring took.
  let seconds: Double
  /// The surest errors, with what each character says for the answer.
  let errors: [(error: WrongAnswer, explained: ExplainedText)]
  /// Another model and how it differs.
  let comparison: (path: String, figures: ClassificationReport.Comparison)?
  let audit: LabeledText.Audit
  let history: TrainingHistory
  /// Names and values of what is known of the model.
  let facts: [[String]]

  /// The page.
  func html() -> String {
    let sections: [(title: String, body: String)] = [
      ("In short", summary()), ("Training", curves()), ("Compared", compared()), ("Surest errors", surest()),
      ("Labels", labels()), ("What is taken for what", confusion()),
      ("How far probabilities can be believed", reliability()),
      ("If only the surest were answered", coverage()), ("The texts", texts()), ("The model", model(facts)),
    ].filter { !$0.1.isEmpty }
    let body = sections.map { "<section><h2>\(MarkupText.escaped($0.title))</h2>\n\($0.body)</section>\n" }.joined()
    return """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(MarkupText.escaped(model)) on \(MarkupText.escaped(data))</title>
      <style>\(ReportStyle.css)</style>
      </head>
      <body>
      <h1>\(MarkupText.escaped(FilePath.parts(model).last ?? model))</h1>
      <p class="caption">measured on \(Numbers.grouped(report.examples)) texts of <code>\(MarkupText.escaped(data))</code> in \(Numbers.time(seconds))</p>
      \(body)<script>
      //<![CDATA[
      \(ReportStyle.script)
      //]]>
      </script>
      </body>
      </html>

      """
  }

  // MARK: Sections

  private func summary() -> String {
    func tile(_ name: String, _ value: Double?, _ interval: ClassificationReport.Interval? = nil) -> String {
      guard let value else { return "" }
      let range = interval.map { "\(Numbers.fixed($0.lower, decimals: 3)) to \(Numbers.fixed($0.upper, decimals: 3))" }
      return
        "<div class=\"tile\"><b>\(Numbers.fixed(value, decimals: 3))</b><span>\(name)</span><small>\(range.map { "95 %: \($0)" } ?? "")</small></div>"
    }
    let tiles = [
      report.microF1 == nil
        ? tile("accuracy", report.accuracy, report.accuracyInterval) : tile("micro F1", report.microF1),
      tile("macro F1", report.macroF1, report.macroF1Interval), tile("subset accuracy", report.subsetAccuracy),
      tile("calibration error", report.calibrationError), tile("answered", report.coverage),
      tile("accuracy of answers", report.accuracyAnswered), tile("of no class refused", report.outside?.refused),
      tile("area under ROC", report.outside?.areaUnderROC),
    ]
    let worst = report.labels.filter { $0.support > 0 && $0.errors > 0 }.max {
      ($0.errors, $1.label) < ($1.errors, $0.label)
    }
    let pair = report.mostConfused.first
    var sentences: [String] = []
    if let worst {
      sentences.append(
        "Most errors: \(worst.label), \(Numbers.count(worst.errors, "error")) with \(Numbers.count(worst.support, "text"))."
      )
    }
    if let pair {
      sentences.append(
        "Most often confused: \(pair.actual) taken for \(pair.predicted), \(Numbers.count(pair.count, "time")).")
    }
    return
      "<div class=\"tiles\">\(tiles.joined())</div>\n<p>\(MarkupText.escaped(sentences.joined(separator: " ")))</p>\n"
  }

  private func curves() -> String {
    let epochs = history.epochs
    guard epochs.count > 1 else { return "" }
    let losses = [
      ("training loss", epochs.map { Optional($0.trainingLoss) }),
      ("validation loss", epochs.map { $0.validation["loss"] }),
    ]
    let figures = ["accuracy", "macroF1", "microF1"].map { key in (key, epochs.map { $0.validation[key] }) }
    let best = epochs.lastIndex(where: \.isBest).map { Double(epochs[$0].epoch) }
    func chart(_ curves: [(String, [Double?])]) -> String {
      let lines = curves.compactMap { name, values -> ReportChart.Line? in
        let points = zip(epochs, values).compactMap { epoch, value in value.map { (Double(epoch.epoch), $0) } }
        return points.count > 1 ? ReportChart.Line(name: name, points: points) : nil
      }
      return lines.isEmpty ? "" : ReportChart(lines: lines, xTitle: "epoch", marked: best).svg()
    }
    return "<div class=\"charts\">\(chart(losses))\(chart(figures))</div>\n"
  }

  private func compared() -> String {
    guard let (path, figures) = comparison else { return "" }
    let names = [path, model].map { FilePath.parts($0).last ?? $0 }
    func signed(_ value: Double) -> String { ExplanationPrinting.signed(value) }
    var rows = [["", names[0], names[1], "difference", "95 % interval"]]
    rows.append([
      "accuracy", Numbers.fixed(figures.otherAccuracy), Numbers.fixed(figures.accuracy), signed(figures.difference),
      "\(signed(figures.differenceInterval.lower)) to \(signed(figures.differenceInterval.upper))",
    ])
    rows.append([
      "macro F1", Numbers.fixed(figures.otherMacroF1), Numbers.fixed(figures.macroF1),
      signed(figures.macroF1 - figures.otherMacroF1),
      "\(signed(figures.macroF1Interval.lower)) to \(signed(figures.macroF1Interval.upper))",
    ])
    let test =
      "Of \(Numbers.grouped(figures.examples)) texts \(Numbers.grouped(figures.onlyOther)) are right by \(names[0]) alone and \(Numbers.grouped(figures.onlyThis)) by \(names[1]) alone; by chance, such a difference has a probability of \(Numbers.fixed(figures.pValue)) (McNemar)."
    return MarkupTable(rows, hasHeader: true).html + "<p>\(MarkupText.escaped(test))</p>\n"
  }

  private func surest() -> String {
    if errors.isEmpty { return "" }
    let items = errors.map { error, explained in
      """
      <article><p class="caption">row \(error.row): <b><bdi>\(MarkupText.escaped(error.label))</bdi></b> taken for \
      <b><bdi>\(MarkupText.escaped(error.predicted))</bdi></b>, \
      \(Numbers.percent(error.probability))</p>
      <p class="text" dir="auto">\(ExplanationPage.characters(explained, 0))</p></article>

      """
    }
    return
      "<p class=\"caption\"><span class=\"plus\" style=\"--v:.6\">Orange</span> characters speak for the answer, <span class=\"minus\" style=\"--v:.6\">blue</span> ones against it.</p>\n"
      + items.joined()
  }

  private func labels() -> String {
    let measured = report.labels.filter { $0.support + $0.predictions > 0 }.sorted {
      ($1.errors, $0.label) < ($0.errors, $1.label)
    }
    if measured.isEmpty { return "" }
    let head = ["label", "precision", "recall", "F1", "texts", "errors"]
    let cells = head.enumerated().map {
      "<th data-sort=\"\($0.offset)\"><button type=\"button\">\($0.element)</button></th>"
    }
    let rows = measured.map { score in
      "<tr><th><bdi>\(MarkupText.escaped(score.label))</bdi></th>"
        + [score.precision, score.recall, score.f1].map { "<td>\(Numbers.fixed($0, decimals: 3))</td>" }.joined()
        + "<td>\(score.support)</td><td>\(score.errors)</td></tr>"
    }
    return
      "<div class=\"scroll\"><table class=\"sorts\"><thead><tr>\(cells.joined())</tr></thead><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>\n"
  }

  private func confusion() -> String {
    guard let counts = report.confusion, report.examples > 0 else { return "" }
    let used = report.labels.indices.filter { label in
      report.labels[label].support + report.labels[label].predictions > 0
    }
    let names = used.map { JSONText.quoted(report.labels[$0].label) }.joined(separator: ",")
    // Cells that are not 0: row, column, number.
    var cells: [String] = []
    for (row, actual) in used.enumerated() {
      for (column, predicted) in used.enumerated() where counts[actual][predicted] > 0 {
        cells.append("[\(row),\(column),\(counts[actual][predicted])]")
      }
    }
    let rows = report.mostConfused.prefix(10).map { [$0.actual, $0.predicted, String($0.count)] }
    let object = "{\"names\":[\(names)],\"cells\":[\(cells.joined(separator: ","))]}"
    return """
      <p class="caption">Rows are what is right, columns what was answered. <span id="cell" role="status"></span></p>
      <canvas id="confusion" role="img" aria-label="confusion matrix"></canvas>
      <script type="application/json" id="counts">\(ReportStyle.inScript(object))</script>

      """ + (rows.isEmpty ? "" : MarkupTable([["actual", "taken for", "texts"]] + rows, hasHeader: true).html)
  }

  private func reliability() -> String {
    guard let bins = report.reliability, !bins.isEmpty else { return "" }
    let line = ReportChart.Line(name: "right", points: bins.map { ($0.confidence, $0.accuracy) })
    let ideal = ReportChart.Line(name: "as sure as right", points: [(0, 0), (1, 1)], isFaint: true)
    let chart = ReportChart(
      lines: [ideal, line], xTitle: "probability of the answer", xRange: 0...1, yRange: 0...1,
      sizes: bins.map { Double($0.examples) })
    let error = report.calibrationError.map { "Expected calibration error \(Numbers.fixed($0)) (15 bins)." } ?? ""
    return
      "<p>\(error) Points below the line: surer than right. The larger a point, the more answers.</p>\n<div class=\"charts\">\(chart.svg())</div>\n"
  }

  private func coverage() -> String {
    guard let curve = report.coverageCurve, curve.count > 1 else { return "" }
    let line = ReportChart.Line(name: "accuracy", points: curve.map { ($0.coverage, $0.accuracy) })
    let threshold = ReportChart.Line(
      name: "threshold of certainty", points: curve.map { ($0.coverage, $0.threshold) }, isFaint: true)
    let chart = ReportChart(
      lines: [threshold, line], xTitle: "part that is answered", xRange: 0...1, marked: report.coverage)
    return "<div class=\"charts\">\(chart.svg())</div>\n"
  }

  private func texts() -> String {
    let findings = audit.findings.prefix(8)
    if findings.isEmpty { return "<p>The audit finds nothing.</p>\n" }
    let items = findings.map { "<li><b>\($0.gravity.rawValue)</b> \(MarkupText.escaped($0.message))</li>" }
    return "<ul class=\"findings\">\n\(items.joined(separator: "\n"))\n</ul>\n"
  }

  private func model(_ facts: [[String]]) -> String { MarkupTable(facts, hasHeader: false).html }
}
#endif
