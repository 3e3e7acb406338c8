package import CharCNNEvaluation
internal import CharCNNFiles

/// Gathers the figures of answers to texts with scores.
package struct ScoreAccumulator {
  private let scale: ScoreScale
  private var predicted: [Double] = []
  private var actual: [Double] = []
  private var grades: [Double] = []
  private var loss = 0.0

  /// No answers yet.
  package init(_ scale: ScoreScale) { self.scale = scale }

  /// Number of answers.
  package var count: Int { actual.count }

  /// Adds what the network says of a text.
  ///
  /// - Parameters:
  ///   - outputs: What it says: a score with the mean 0 and the deviation 1, or the probability of being above each grade but the last.
  ///   - score: What the score is.
  /// - Returns: The answer.
  @discardableResult package mutating func add(_ outputs: ArraySlice<Float>, score: Double) -> ScoreAnswer {
    let (answer, score) = (scale.answer(outputs), scale.score(score))
    predicted.append(answer.score)
    actual.append(score)
    if let grade = answer.grade, let known = scale.grades {
      grades.append(grade)
      for (output, grade) in zip(outputs, known) {
        let right = score > grade ? Double(output) : 1 - Double(output)
        loss -= log(max(right, Double(Float.leastNormalMagnitude)))
      }
    } else {
      let error = Double(outputs.first ?? 0) - Double(scale.standardised(score))
      loss += error * error
    }
    return answer
  }

  /// The report of all answers.
  ///
  /// - Parameter cut: The score above which a text is a high one; nil for the middle of the range.
  package func report(cut: Double? = nil) throws(EvaluationError) -> ScoreReport {
    try ScoreReport(
      predicted: predicted, actual: actual, cut: cut ?? scale.middle, grades: scale.grades == nil ? nil : grades,
      loss: actual.isEmpty ? nil : loss / Double(actual.count))
  }
}
