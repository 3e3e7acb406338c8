#if Tool
internal import CharCNN
internal import CharCNNFiles

/// What `charcnn calibrate` found.
struct CalibrationResult: Encodable {
  /// The model that was written; nil where none was.
  let output: String?
  let temperature: Double
  /// The least certainty of an answer, and those of labels that have one of their own.
  let threshold: Double
  let labelThresholds: [String: Double]
  /// Where a text may have several labels: how likely each must be, by its name.
  let thresholds: [String: Float]?
  let texts: Int
  let outsideTexts: Int
  let accuracy: Double
  let coverage: Double
  let accuracyAnswered: Double?
  let outsideRefused: Double?
  let precision: Double?
  let areaUnderROC: Double?
  let expectedCalibrationError: Double?
  let expectedCalibrationErrorBefore: Double?
  let loss: Double
  let lossBefore: Double

  init(_ report: TextClassifier.CalibrationReport, labels: [String], output: String?) {
    self.output = output
    temperature = report.rejection.temperature
    threshold = report.rejection.threshold
    labelThresholds = report.rejection.labelThresholds
    thresholds = report.thresholds.map { Dictionary(uniqueKeysWithValues: zip(labels, $0)) }
    texts = report.texts
    outsideTexts = report.outsideTexts
    accuracy = report.accuracy
    coverage = report.coverage
    accuracyAnswered = report.accuracyAnswered
    outsideRefused = report.outsideRefused
    precision = report.precision
    areaUnderROC = report.areaUnderROC
    expectedCalibrationError = report.errorAfter
    expectedCalibrationErrorBefore = report.errorBefore
    loss = report.lossAfter
    lossBefore = report.lossBefore
  }

  var text: String {
    var rows = [["texts", Numbers.grouped(texts) + (thresholds == nil ? ", accuracy \(Numbers.fixed(accuracy))" : "")]]
    rows.append(["temperature", Numbers.fixed(temperature)])
    rows.append(["calibration error", change(expectedCalibrationErrorBefore, expectedCalibrationError)])
    rows.append(["loss", change(lossBefore, loss)])
    if let thresholds {
      let values = thresholds.values.sorted()
      if let first = values.first, let last = values.last {
        rows.append([
          "thresholds of labels",
          "\(values.count), from \(Numbers.fixed(Double(first), decimals: 3)) to \(Numbers.fixed(Double(last), decimals: 3))",
        ])
      }
    } else {
      rows += answerRows
    }
    if let output { rows.append(["written", output]) }
    return TextTable(rows: rows, leftColumns: 2, cells: .whole).text()
  }

  private var answerRows: [[String]] {
    if threshold == 0, labelThresholds.isEmpty { return [["threshold", "none: everything is answered"]] }
    var rows = [["threshold of certainty", Numbers.fixed(threshold)]]
    for (label, value) in labelThresholds.sorted(by: { $0.key < $1.key }) {
      rows.append([
        "  of \(label.withEscapedControls)", value < 1 ? Numbers.fixed(value) : "1, which is hardly ever reached",
      ])
    }
    rows.append(["answered", Numbers.percent(coverage)])
    if let accuracyAnswered { rows.append(["right of these", Numbers.percent(accuracyAnswered)]) }
    rows.append(["answered and right", Numbers.percent(coverage * (accuracyAnswered ?? 0))])
    if let outsideRefused {
      rows.append(["texts of no class", Numbers.grouped(outsideTexts)])
      rows.append(["refused of these", Numbers.percent(outsideRefused)])
    }
    if let precision { rows.append(["right of all answers", Numbers.percent(precision)]) }
    if let areaUnderROC { rows.append(["area under ROC", Numbers.fixed(areaUnderROC)]) }
    return rows
  }

  private func change(_ before: Double?, _ after: Double?) -> String {
    "\(before.map { Numbers.fixed($0) } ?? "–") before, \(after.map { Numbers.fixed($0) } ?? "–") now"
  }
}
#endif
