internal import CharCNNEvaluation
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// Measures which answers a classifier gives, how many of the surest are right, and which of these are not.
struct SelectiveMeasure {
  /// Texts of no class that are answered together.
  private static let piece = 2_048
  /// Wrong answers that are kept.
  private static let mostErrors = 10

  private let classifier: TextClassifier
  /// Those to texts of a class, and to texts of none: their labels are not known, or they are said to be of none.
  private var answers = SelectiveAnswers()
  /// Those to all texts that are measured with; of a label that is not known none is right.
  private var measured = SelectiveAnswers()
  private var (answered, right) = (0, 0)
  private var refusedOutside = 0
  /// Faulty records among the texts of no class.
  private var leftOut = 0
  /// The surest first; of those that are equally sure, the first first.
  private var errors: [ClassificationReport.WrongAnswer] = []

  init(_ classifier: TextClassifier) { self.classifier = classifier }

  /// Counts the answer to a text.
  ///
  /// - Parameters:
  ///   - probabilities: Those of all labels.
  ///   - label: The number of its label, below 0 where the model does not know it.
  ///   - text: The text, with its label.
  ///   - row: Its number, from 1.
  /// - Returns: Whether the model says that it does not know; nil for one that answers everything.
  mutating func add(_ probabilities: ArraySlice<Float>, label: Int32, text: LabeledText, row: Int) -> Bool? {
    if classifier.allowsSeveralLabels { return nil }
    let answer = Evaluator.predicted(probabilities)
    let certainty = Certainty.of(probabilities)
    let isRight = Int32(answer) == label
    measured.add(probability: certainty, isRight: isRight)
    // A text of a label that the model does not know is of no class of its.
    if label < 0 { answers.add(outside: certainty) } else { answers.add(probability: certainty, isRight: isRight) }
    if !isRight {
      let probability = Double(probabilities[probabilities.startIndex + answer])
      if errors.count < Self.mostErrors || probability > errors[errors.count - 1].probability {
        let place = errors.firstIndex { $0.probability < probability } ?? errors.count
        errors.insert(
          ClassificationReport.WrongAnswer(
            row: row, label: text.label ?? "", predicted: classifier.labels[answer], probability: probability,
            text: text.text), at: place)
        if errors.count > Self.mostErrors { errors.removeLast() }
      }
    }
    guard let rejection = classifier.rejection, rejection.refuses else { return nil }
    guard rejection.allows(classifier.labels[answer], certainty: certainty) else {
      refusedOutside += label < 0 ? 1 : 0
      return true
    }
    answered += 1
    right += isRight ? 1 : 0
    return false
  }

  /// Answers texts of no class.
  mutating func add(_ outside: Examples<LabeledText>) throws {
    let before = answers.outsideCount
    var texts: [String] = []
    var measure = self
    func flush() {
      for answer in classifier.answers(for: texts) {
        measure.answers.add(outside: answer.certainty)
        measure.refusedOutside += answer.label == nil ? 1 : 0
      }
      texts.removeAll(keepingCapacity: true)
    }
    let reading = try outside.forEachText(needsLabels: false) { text, _, _ in
      texts.append(text.text)
      if texts.count == Self.piece { flush() }
    }
    flush()
    self = measure
    leftOut += reading.faultCount
    if answers.outsideCount == before {
      throw TrainingError.noExamples(path: outside.name, isInMemory: outside.isInMemory)
    }
  }

  /// A report with what was measured.
  ///
  /// - Parameter matrix: What was predicted for what.
  func adding(to report: ClassificationReport, _ matrix: ConfusionMatrix) -> ClassificationReport {
    if classifier.allowsSeveralLabels { return report }
    let refuses = classifier.rejection?.refuses ?? false
    let outside = answers.outsideCount
    return report.adding(errors: errors, intervalsOf: matrix).adding(
      curve: measured.curve(), answered: refuses ? (answered, right, measured.count) : nil,
      outside: outside == 0
        ? nil
        : ClassificationReport.Outside(
          texts: outside, refused: refuses ? Double(refusedOutside) / Double(outside) : nil,
          areaUnderROC: answers.areaUnderROC, leftOut: leftOut == 0 ? nil : leftOut))
  }
}
