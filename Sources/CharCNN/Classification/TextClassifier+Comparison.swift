public import CharCNNEvaluation
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextClassifier {
  /// Measures this classifier and another one on the same texts, and says how likely chance alone makes their difference.
  ///
  /// What counts is the likeliest label, whether or not a classifier thinks it sure enough for an answer.
  ///
  /// - Parameters:
  ///   - other: The other classifier, which may have other labels.
  ///   - examples: Labelled texts, which are read twice.
  ///   - progress: Receives the number of texts done, of twice as many as there are.
  /// - Throws: `DataError` for faulty records, or where one knows none of the labels; ``TrainingError/noExamples(path:isInMemory:)`` for
  ///   examples without one; ``ConfigurationError`` where a text may have several labels.
  public func comparison(
    with other: TextClassifier, on examples: Examples<LabeledText>, progress: (_ texts: Int) -> Void = { _ in }
  ) throws -> ClassificationReport.Comparison {
    if allowsSeveralLabels || other.allowsSeveralLabels {
      throw ConfigurationError(
        setting: "other",
        problem: "is compared text by text, and the texts of one of the models may have several labels",
        advice: "compare the reports of both")
    }
    var first: [String] = []
    _ = try other.evaluate(on: examples, progress: progress, answered: { first.append($0.prediction.label) })
    var pairs = PairedAnswers()
    var place = 0
    _ = try evaluate(
      on: examples, progress: { progress(first.count + $0) },
      answered: { answer in
        guard place < first.count else { return }
        pairs.add(actual: answer.label, first: first[place], second: answer.prediction.label)
        place += 1
      })
    guard place == first.count else {
      throw DataError(
        .unreadable, path: examples.name, problem: "has changed since it was opened",
        advice: "keep the file as it is while it is in use")
    }
    return pairs.comparison()
  }
}
