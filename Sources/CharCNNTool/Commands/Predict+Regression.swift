#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn predict` with a model of scores.
extension Predict {
  /// Writes the scores of all texts.
  func predictScores(_ regressor: TextRegressor) throws {
    try refuseTop(regressor)
    var cutTexts = 0
    try forEachPiece { texts, output in
      cutTexts += texts.count { regressor.cuts($0) }
      for (text, prediction) in zip(texts, regressor.predictions(for: texts)) {
        if json {
          try output.append(json: ScoreOutput(text, prediction, decimals: regressor.scoreDecimals, top: top))
          continue
        }
        let grades = (prediction.hypotheses ?? []).prefix(top).flatMap { [$0.label, Numbers.fixed($0.probability)] }
        output.append(
          ([Numbers.fixed(prediction.score, decimals: regressor.scoreDecimals - 2)] + grades).joined(separator: "\t")
            + "\n")
      }
      try output.flush()
    }
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: regressor.textSettings.maximumLength, ngrams: regressor.ngramLength)
  }

  /// Writes all records of a file with their scores.
  func predictFile(_ path: String, _ regressor: TextRegressor) throws {
    try refuseTop(regressor)
    var names = ["score"]
    if regressor.grades != nil {
      names += ["grade", "probability"]
      for place in stride(from: 2, through: top, by: 1) { names += ["grade_\(place)", "probability_\(place)"] }
    }
    var cutTexts = 0
    let columns = AnsweredFile.Columns(names: names, trained: regressor.columns, areScores: true)
    try answeredFile(path, columns).write { texts, _, _ in
      cutTexts += texts.count { regressor.cuts($0) }
      return regressor.predictions(for: texts).map { prediction in
        let grades = (prediction.hypotheses ?? []).prefix(top).flatMap { hypothesis -> [AnnotatedRecords.Value] in
          [.json(hypothesis.label), .number(Decimals.toMillionths(hypothesis.probability))]
        }
        let score = Decimals.nearest(prediction.score, decimals: regressor.scoreDecimals)
        let values = [.number(score)] + grades
        return values + [AnnotatedRecords.Value](repeating: .none, count: names.count - values.count)
      }
    }
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: regressor.textSettings.maximumLength, ngrams: regressor.ngramLength)
  }

  private func refuseTop(_ regressor: TextRegressor) throws {
    if top > 1, regressor.grades == nil {
      throw ValidationError("--top \(top) has no effect: \(bundle) gives each text one score and no grades")
    }
  }
}

/// The answer to a text as JSON.
private struct ScoreOutput: Encodable {
  struct Pair: Encodable {
    let grade: Double
    let probability: Double
  }

  let text: String
  let score: Double
  let grade: Double?
  let predictions: [Pair]?

  init(_ text: String, _ prediction: TextRegressor.Prediction, decimals: Int, top: Int) {
    self.text = text
    score = Decimals.nearest(prediction.score, decimals: decimals)
    grade = prediction.grade
    // Labels of grades are numbers.
    predictions = prediction.hypotheses?.prefix(top).compactMap { hypothesis in
      Double(hypothesis.label).map { Pair(grade: $0, probability: Decimals.toMillionths(hypothesis.probability)) }
    }
  }
}
#endif
