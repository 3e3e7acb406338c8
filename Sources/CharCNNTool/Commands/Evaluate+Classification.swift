internal import CharCNN

/// `charcnn evaluate` with a classifier.
extension Evaluate {
  /// Measures a classifier.
  func evaluate(_ classifier: TextClassifier, console: Console) throws {
    let source = try reading.source(data)
    console.say("\(data): \(source.summary)")
    let terminal = quiet ? nil : Terminal()
    let report = try classifier.evaluate(on: source) { examples in
      terminal?.draw("evaluating: \(Numbers.count(examples, "text"))")
    }
    terminal?.clear()
    console.warn(unseen: report.unseenLabels, of: "text", with: "labels")
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
