#if Tool
internal import CharCNN
internal import CharCNNFiles

/// `charcnn predict` with a classifier.
extension Predict {
  /// Writes the labels of all texts.
  func predictLabels(_ classifier: TextClassifier) throws {
    var (cutTexts, unread) = (0, 0)
    try forEachPiece { texts, output in
      unread += texts.count { classifier.hasNoEvidence(in: $0) }
      cutTexts += texts.count { classifier.cuts($0) }
      // Of several labels those that are likely enough, unless more are asked for.
      if classifier.allowsSeveralLabels {
        let answers =
          top == 1 ? classifier.assignedLabels(for: texts) : classifier.predictions(for: texts, maximumCount: top)
        for (text, hypotheses) in zip(texts, answers) {
          try write(Prediction(text: text, hypotheses: hypotheses), first: nil, to: &output)
        }
      } else {
        for (text, answer) in zip(texts, classifier.answers(for: texts, maximumCount: top)) {
          let prediction = Prediction(text: text, hypotheses: answer.hypotheses, label: .some(answer.label))
          try write(prediction, first: answer.label == nil ? Self.unknown : nil, to: &output)
        }
      }
      try output.flush()
    }
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
    Console(isQuiet: quiet).warn(textsWithoutEvidence: unread)
  }

  /// What stands where a model says that it does not know.
  static let unknown = "unknown"

  /// Writes an answer.
  ///
  /// - Parameter first: What stands in the place of the likeliest label; nil for the label itself.
  private func write(_ prediction: Prediction, first: String?, to output: inout StandardOutput) throws {
    if json { return try output.append(json: prediction) }
    let pairs = prediction.predictions.enumerated().map { place, pair in
      "\(place == 0 ? first ?? Self.field(pair.label) : Self.field(pair.label))\t\(Numbers.fixed(pair.probability))"
    }
    output.append(pairs.joined(separator: "\t") + "\n")
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

  /// A label, or null where the model does not know.
  struct Answer: Encodable {
    let label: String?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let label { try container.encode(label) } else { try container.encodeNil() }
    }
  }

  let text: String
  /// Nil where a text may have several labels.
  let label: Answer?
  let predictions: [Pair]

  init(text: String, hypotheses: [Hypothesis], label: String?? = nil) {
    self.text = text
    self.label = label.map { Answer(label: $0) }
    // Single precision has no more digits worth writing.
    predictions = hypotheses.map { Pair(label: $0.label, probability: Decimals.toMillionths($0.probability)) }
  }
}
#endif
