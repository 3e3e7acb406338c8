import CharCNNEvaluation
import Foundation
import Testing

/// Figures are those that correlations.py prints.
@Suite struct MatchingReportTests {
  private static let predicted = [1.5, 4.25, 3.0, 3.0, 2.0, 4.75, 1.0, 3.0, 2.5, 4.25]
  private static let actual = [1.0, 5.0, 2.5, 4.0, 2.5, 4.5, 1.5, 3.0, 3.0, 3.5]
  private static let predictedLabels = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1]
  private static let actualLabels = [1, 0, 0, 1, 1, 0, 1, 0, 0, 0]

  @Test func `correlations are SciPy's, and equal numbers share their ranks`() throws {
    let report = try MatchingReport(predicted: Self.predicted, actual: Self.actual)
    #expect(abs(try #require(report.pearson) - 0.8824082337357843) < 1e-12)
    #expect(abs(try #require(report.spearman) - 0.8731026756393483) < 1e-12)
    #expect(abs(try #require(report.meanSquaredError) - 0.34375) < 1e-12)
    #expect(Correlation.ranks(of: Self.predicted) == [2.0, 8.5, 6.0, 6.0, 3.0, 10.0, 1.0, 6.0, 4.0, 8.5])
    #expect(report.accuracy == nil && report.f1 == nil && report.loss == nil && report.labels.isEmpty)
  }

  @Test func `accuracy and F1 of the second label are NumPy's`() throws {
    var matrix = ConfusionMatrix(labels: ["0", "1"])
    for (predicted, actual) in zip(Self.predictedLabels, Self.actualLabels) {
      try matrix.add(actual: actual, predicted: predicted)
    }
    let report = MatchingReport(matrix, loss: .infinity)
    #expect(abs(try #require(report.accuracy) - 0.7) < 1e-12)
    #expect(abs(try #require(report.f1) - 0.6666666666666666) < 1e-12)
    #expect(abs(try #require(report.macroF1) - 0.696969696969697) < 1e-12)
    #expect(report.positive == "1" && report.pearson == nil && report.loss == nil)
    let three = MatchingReport(ConfusionMatrix(labels: ["a", "b", "c"]))
    #expect(three.f1 == nil && three.positive == nil && three.accuracy == 0)
  }

  @Test func `numbers that do not vary or are none have no correlation`() {
    #expect(Correlation.pearson([1, 1, 1], [1, 2, 3]) == nil)
    #expect(Correlation.spearman([1, 2, 3], [5, 5, 5]) == nil)
    #expect(Correlation.pearson([1], [2]) == nil && Correlation.pearson([], []) == nil)
    #expect(Correlation.pearson([1, .nan], [1, 2]) == nil && Correlation.spearman([1, .infinity], [1, 2]) == nil)
    #expect(abs((Correlation.pearson([1, 2, 3], [2, 4, 6]) ?? 0) - 1) < 1e-12)
    #expect(abs((Correlation.pearson([1, 2], [3, 1]) ?? 0) + 1) < 1e-12)
    #expect(abs((Correlation.spearman([1, 2, 3], [1, 10, 1_000]) ?? 0) - 1) < 1e-12)
  }

  @Test func `a report survives JSON, leaves out what it lacks and has a table`() throws {
    let report = try MatchingReport(predicted: Self.predicted, actual: Self.actual, loss: 0.25)
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(MatchingReport.self, from: data) == report)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["accuracy"] == nil && object["pearson"] is Double)
    for word in ["pearson", "spearman", "mean squared error", "loss"] { #expect(report.table().contains(word)) }
    var matrix = ConfusionMatrix(labels: ["no", "yes"])
    try matrix.add(actual: 1, predicted: 1)
    try matrix.add(unseen: "maybe", predicted: 0)
    let table = MatchingReport(matrix).table()
    for word in ["accuracy", "F1 of yes", "macro F1", "label not in training", "maybe"] {
      #expect(table.contains(word), "\(word)")
    }
  }
}
