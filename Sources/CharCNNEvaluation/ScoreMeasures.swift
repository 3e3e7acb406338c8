/// How near predicted scores are to actual ones.
package struct ScoreMeasures: Sendable, Equatable {
  /// Pearson's correlation; nil where all scores on a side are alike, or fewer than two.
  package let pearson: Double?
  /// Spearman's correlation of the ranks; nil likewise.
  package let spearman: Double?
  /// The mean of the distances; 0 without a score.
  package let meanAbsoluteError: Double
  /// The mean of the squared distances; 0 without a score.
  package let meanSquaredError: Double

  /// - Throws: `EvaluationError.differentCounts(predicted:actual:)` unless there is a prediction for each score.
  package init(predicted: [Double], actual: [Double]) throws(EvaluationError) {
    guard predicted.count == actual.count else {
      throw .differentCounts(predicted: predicted.count, actual: actual.count)
    }
    pearson = Correlation.pearson(predicted, actual)
    spearman = Correlation.spearman(predicted, actual)
    var (distances, squares) = (0.0, 0.0)
    for (prediction, score) in zip(predicted, actual) {
      distances += abs(prediction - score)
      squares += (prediction - score) * (prediction - score)
    }
    let count = Double(max(actual.count, 1))
    meanAbsoluteError = distances / count
    meanSquaredError = squares / count
  }

  /// The area under the receiver operating characteristic (Hanley & McNeil 1982, "The meaning and use of the area under a receiver
  /// operating characteristic curve"): how often a prediction for a score above the cut is higher than one for another score; equal
  /// ones count a half.
  ///
  /// - Returns: Nil where no score is above the cut, or all are, or a prediction is not finite.
  package static func areaUnderROC(predicted: [Double], actual: [Double], above cut: Double) -> Double? {
    let isAbove = actual.map { $0 > cut }
    let above = Double(isAbove.count { $0 })
    let others = Double(isAbove.count) - above
    guard predicted.count == actual.count, above > 0, others > 0, predicted.allSatisfy(\.isFinite) else { return nil }
    let sum = zip(Correlation.ranks(of: predicted), isAbove).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
    return (sum - above * (above + 1) / 2) / (above * others)
  }

  /// Cohen's kappa with quadratic weights (Cohen 1968, "Weighted kappa"): 1 less the squared distance of the grades over what it would be
  /// if predictions had nothing to do with them.
  ///
  /// - Returns: Nil where that is 0, as where there is one grade alone.
  package static func quadraticKappa(predicted: [Double], actual: [Double]) -> Double? {
    guard predicted.count == actual.count, !actual.isEmpty, (predicted + actual).allSatisfy(\.isFinite) else {
      return nil
    }
    let count = Double(actual.count)
    // Distances from one grade, which change nothing and keep large grades exact.
    let origin = actual[0]
    let (first, second) = (predicted.map { $0 - origin }, actual.map { $0 - origin })
    let observed = zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / count
    let squares = (first + second).reduce(0) { $0 + $1 * $1 } / count
    let chance = squares - 2 * (first.reduce(0, +) / count) * (second.reduce(0, +) / count)
    return chance > 0 ? 1 - observed / chance : nil
  }
}
