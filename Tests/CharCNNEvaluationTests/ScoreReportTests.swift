import CharCNNEvaluation
import Foundation
import Testing

/// Figures of scores against their plain definitions, and against values that were computed by hand.
@Suite struct ScoreReportTests {
  private static let predicted = [1.5, 4.25, 3.0, 3.0, 2.0, 4.75, 1.0, 3.0, 2.5, 4.25]
  private static let actual = [1.0, 5.0, 2.5, 4.0, 2.5, 4.5, 1.5, 3.0, 3.0, 3.5]

  @Test func `errors and correlations are those of the definitions`() throws {
    let report = try ScoreReport(predicted: Self.predicted, actual: Self.actual, cut: 3, loss: 0.5)
    // Distances 0.5 0.75 0.5 1 0.5 0.25 0.5 0 0.5 0.75.
    #expect(abs(report.meanAbsoluteError - 0.525) < 1e-12)
    #expect(abs(report.rootMeanSquaredError - 0.34375.squareRoot()) < 1e-12)
    #expect(abs(try #require(report.pearson) - 0.8824082337357843) < 1e-12)
    #expect(abs(try #require(report.spearman) - 0.8731026756393483) < 1e-12)
    #expect(report.accuracy == nil && report.quadraticKappa == nil && report.loss == 0.5)
    #expect(report.score == -report.rootMeanSquaredError && report.examples == 10)
  }

  @Test func `the area under ROC is the part of the pairs that are in order, ties counted a half`() throws {
    // High ones are 4.25, 3.0, 4.75, 4.25; the others 1.5, 3.0, 2.0, 1.0, 3.0, 2.5. One of the high ones ties with two of them: 23 of 24.
    let report = try ScoreReport(predicted: Self.predicted, actual: Self.actual, cut: 3)
    #expect(abs(try #require(report.areaUnderROC) - 23 / 24) < 1e-12)
    for cut in [0.0, 1.2, 2.5, 3.2, 4.9, 5] {
      var (won, pairs) = (0.0, 0.0)
      for (high, highScore) in zip(Self.predicted, Self.actual) where highScore > cut {
        for (low, lowScore) in zip(Self.predicted, Self.actual) where lowScore <= cut {
          pairs += 1
          won += high > low ? 1 : high == low ? 0.5 : 0
        }
      }
      let area = try ScoreReport(predicted: Self.predicted, actual: Self.actual, cut: cut).areaUnderROC
      if pairs == 0 { #expect(area == nil) } else { #expect(abs(try #require(area) - won / pairs) < 1e-12) }
    }
    #expect(try ScoreReport(predicted: [1, 1, 1], actual: [1, 2, 3], cut: 2).areaUnderROC == 0.5)
  }

  @Test func `kappa is one less the squared distances over those of chance`() throws {
    let (predicted, actual) = ([1.0, 2, 3, 3, 5, 4, 1, 2], [1.0, 2, 3, 4, 5, 2, 2, 2])
    let report = try ScoreReport(predicted: predicted, actual: actual, cut: 3, grades: predicted)
    #expect(report.accuracy == 5.0 / 8)
    // By the definition: a matrix of counts, its margins and quadratic weights.
    var (observed, chance) = (0.0, 0.0)
    for first in 1...5 {
      for second in 1...5 {
        let weight = Double((first - second) * (first - second)) / 16
        let (rows, columns) = (predicted.count { $0 == Double(first) }, actual.count { $0 == Double(second) })
        observed += weight * Double(zip(predicted, actual).count { $0 == (Double(first), Double(second)) }) / 8
        chance += weight * Double(rows * columns) / 64
      }
    }
    #expect(abs(try #require(report.quadraticKappa) - (1 - observed / chance)) < 1e-12)
    // Squared distances: 0 0 0 1 0 4 1 0, mean 0.75. Chance: 8.625 + 8.375 - 2 · 2.625 · 2.625 = 3.21875.
    #expect(abs(try #require(report.quadraticKappa) - (1 - 0.75 / 3.21875)) < 1e-12)
    #expect(try ScoreReport(predicted: [2, 2], actual: [2, 2], cut: 2, grades: [2, 2]).quadraticKappa == nil)
    #expect(try ScoreReport(predicted: [1, 3], actual: [1, 3], cut: 2, grades: [1, 3]).quadraticKappa == 1)
    #expect(try ScoreReport(predicted: [3, 1], actual: [1, 3], cut: 2, grades: [3, 1]).quadraticKappa == -1)
  }

  @Test func `a report survives JSON, leaves out what it lacks and has a table`() throws {
    let report = try ScoreReport(
      predicted: Self.predicted, actual: Self.actual, cut: 3.5, grades: Self.predicted, loss: .infinity
    ).counting(cutTexts: 2)
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(ScoreReport.self, from: data) == report)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["loss"] == nil && object["cut"] as? Double == 3.5 && object["cutTexts"] as? Int == 2)
    for figure in report.figures {
      #expect(abs(try #require(object[figure.key] as? Double) - figure.value) < 1e-12)
    }
    for word in ["pearson", "spearman", "mean absolute error", "root mean squared", "above 3.5", "quadratic kappa"] {
      #expect(report.table().contains(word), "\(word)")
    }
    let alike = try ScoreReport(predicted: [1, 1], actual: [2, 2], cut: 5)
    #expect(alike.pearson == nil && alike.table().contains("all on one side of 5"))
    let none = try ScoreReport(predicted: [], actual: [], cut: 0, grades: [])
    #expect(none.meanAbsoluteError == 0 && none.accuracy == 0 && none.areaUnderROC == nil)
  }

  @Test func `lists of another length are refused`() {
    #expect(throws: EvaluationError.self) { try ScoreReport(predicted: [1], actual: [], cut: 0) }
    #expect(throws: EvaluationError.self) { try ScoreReport(predicted: [1], actual: [1], cut: 0, grades: []) }
  }
}
