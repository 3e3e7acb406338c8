#if Tool
internal import CharCNN
internal import CharCNNFiles

/// `charcnn predict` with a classifier.
extension Predict {
  /// Writes the labels of all texts.
  func predictLabels(_ classifier: TextClassifier) throws {
    var cutTexts = 0
    try forEachPiece { texts, output in
      cutTexts += texts.count { classifier.cuts($0) }
      // Of several labels those that are likely enough, unless more are asked for.
      let answers =
        classifier.allowsSeveralLabels && top == 1
        ? classifier.assignedLabels(for: texts) : classifier.predictions(for: texts, maximumCount: top)
      for (text, hypotheses) in zip(texts, answers) {
        if json {
          try output.append(json: Prediction(text: text, hypotheses: hypotheses))
        } else {
          let pairs = hypotheses.map { "\(Self.field($0.label))\t\(Numbers.fixed($0.probability))" }
          output.append(pairs.joined(separator: "\t") + "\n")
        }
      }
      try output.flush()
    }
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
  }

  /// A label that cannot be taken for two fields or lines.
  static func field(_ label: String) -> String {
    String(String.UnicodeScalarView(label.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

/// The answer to a text as JSON.
private struct Prediction: Encodable {
  struct Pair: Encodable {
    let label: String
    let probability: Double
  }

  let text: String
  let predictions: [Pair]

  init(text: String, hypotheses: [Hypothesis]) {
    self.text = text
    // Single precision has no more digits worth writing.
    predictions = hypotheses.map { Pair(label: $0.label, probability: Decimals.toMillionths($0.probability)) }
  }
}
#endif
