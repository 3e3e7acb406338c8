#if Tool
internal import CharCNN
internal import CharCNNFiles

/// Rows for the answers of classifiers.
extension AnswerTable {
  /// The columns of the answers of a classifier.
  static func columns(of classifier: TextClassifier) -> [String] {
    classifier.allowsSeveralLabels
      ? ["row", "labels", "predicted", "probabilities", "text"] : ["row", "label", "predicted", "probability", "text"]
  }

  /// The row of an answer.
  ///
  /// - Parameter separator: What stands between several labels.
  static func cells(of answer: TextClassifier.EvaluatedText, separator: String) -> [Cell] {
    if let labels = answer.labels, let assigned = answer.assigned {
      let probabilities = assigned.map { "\(Decimals.toMillionths($0.probability))" }
      return [
        .integer(answer.row), .text(labels.joined(separator: separator)),
        .text(assigned.map(\.label).joined(separator: separator)),
        .text(probabilities.joined(separator: separator)), .text(answer.text),
      ]
    }
    return [
      .integer(answer.row), .text(answer.label),
      answer.isUnknown == true ? .none(Predict.unknown) : .text(answer.prediction.label),
      .number(answer.prediction.probability), .text(answer.text),
    ]
  }
}
#endif
