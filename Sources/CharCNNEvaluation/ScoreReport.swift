internal import CharCNNFiles

/// What there is to say about a model that gives texts scores.
///
/// As JSON, the names of the members are the names of the properties; values that are nil are left out.
public struct ScoreReport: Codable, Equatable, Sendable {
  /// How many texts there were.
  public let texts: Int
  /// Pearson's correlation of predicted and actual scores; nil where all on a side are alike.
  public let pearson: Double?
  /// Spearman's correlation, that of the ranks; nil likewise.
  public let spearman: Double?
  /// The mean distance of predicted and actual scores.
  public let meanAbsoluteError: Double
  /// The root of the mean squared distance.
  public let rootMeanSquaredError: Double
  /// The score above which a text counts as one of the high ones for ``areaUnderROC``.
  public let cut: Double
  /// How often a high text gets a higher score than another one, equal scores counted a half; nil where all texts are high, or none.
  public let areaUnderROC: Double?
  /// Of grades: the part of the texts whose most probable grade is right; nil for scores.
  public let accuracy: Double?
  /// Of grades: Cohen's kappa of the most probable ones with quadratic weights; nil for scores, or where all grades are alike.
  public let quadraticKappa: Double?
  /// The mean loss of a text: the squared error of standardised scores, or the sum of the cross entropies of being above each grade; nil if it
  /// is not known or not finite.
  public let loss: Double?
  /// How many texts were longer than what some part of the model reads; nil where they were not counted.
  public internal(set) var cutTexts: Int?

  /// The same with the number of texts that were cut.
  public func counting(cutTexts: Int) -> Self {
    var report = self
    report.cutTexts = cutTexts
    return report
  }

  /// The report of predictions.
  ///
  /// - Parameters:
  ///   - predicted: The predicted scores; of grades the expected ones.
  ///   - actual: What they should be.
  ///   - cut: The score above which a text is a high one.
  ///   - grades: The most probable grades; nil for scores.
  ///   - loss: The mean loss of a text.
  /// - Throws: `EvaluationError.differentCounts(predicted:actual:)` unless there is a prediction, and a grade where there are such, for each
  ///   score.
  public init(
    predicted: [Double], actual: [Double], cut: Double, grades: [Double]? = nil, loss: Double? = nil
  ) throws(EvaluationError) {
    let measures = try ScoreMeasures(predicted: predicted, actual: actual)
    if let grades, grades.count != actual.count {
      throw .differentCounts(predicted: grades.count, actual: actual.count)
    }
    texts = actual.count
    pearson = measures.pearson
    spearman = measures.spearman
    meanAbsoluteError = measures.meanAbsoluteError
    rootMeanSquaredError = measures.meanSquaredError.squareRoot()
    self.cut = cut
    areaUnderROC = ScoreMeasures.areaUnderROC(predicted: predicted, actual: actual, above: cut)
    accuracy = grades.map { grades in Double(zip(grades, actual).count { $0 == $1 }) / Double(max(actual.count, 1)) }
    quadraticKappa = grades.flatMap { ScoreMeasures.quadraticKappa(predicted: $0, actual: actual) }
    // JSON has no infinity.
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension ScoreReport: ModelReport {
  /// The root of the mean squared error, which is the better the lower it is.
  public var score: Double { -rootMeanSquaredError }
  /// The texts.
  public var examples: Int { texts }

  /// The correlations and the errors; of grades accuracy and kappa before them.
  public var figures: [ReportFigure] {
    var figures: [ReportFigure] = []
    if let accuracy { figures.append(.init("accuracy", key: "accuracy", value: accuracy)) }
    if let quadraticKappa {
      figures.append(.init("quadratic kappa", key: "quadraticKappa", value: quadraticKappa))
    }
    return figures + [
      .init("pearson", key: "pearson", value: pearson ?? 0),
      .init("spearman", key: "spearman", value: spearman ?? 0),
      .init("mean absolute error", key: "meanAbsoluteError", value: meanAbsoluteError),
      .init("root mean squared error", key: "rootMeanSquaredError", value: rootMeanSquaredError),
    ]
  }

  /// The report as text for people.
  public func table() -> String {
    var rows = [["texts", "\(texts)"]]
    let known = [
      ("accuracy", accuracy), ("quadratic kappa", quadraticKappa), ("pearson", pearson), ("spearman", spearman),
      ("mean absolute error", meanAbsoluteError), ("root mean squared error", rootMeanSquaredError),
      ("area under ROC, scores above \(Decimals.short(cut))", areaUnderROC),
    ]
    for case (let name, let value?) in known { rows.append([name, Decimals.readable(value)]) }
    if areaUnderROC == nil {
      rows.append(["area under ROC", "not known: the texts are all on one side of \(Decimals.short(cut))"])
    }
    return TextTable(rows: rows, leftColumns: 2, cells: .whole).text()
  }
}
