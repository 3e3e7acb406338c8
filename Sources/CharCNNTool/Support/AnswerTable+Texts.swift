#if Tool
internal import CharCNN

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
      let probabilities = assigned.map { Cell.number($0.probability) }
      return [
        .integer(answer.row), .list(labels.map { .text($0) }, separator: separator),
        .list(assigned.map { .text($0.label) }, separator: separator), .list(probabilities, separator: separator),
        .text(answer.text),
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
