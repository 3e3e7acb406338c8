import CharCNNEvaluation
import Foundation
import Testing

@Suite struct ClassificationReportTests {
  private func accumulated() throws -> ClassificationAccumulator {
    var accumulator = ClassificationAccumulator(labels: ["en", "中文"])
    try accumulator.add(actual: 0, predicted: 0, probability: 0.9, loss: 0.1)
    try accumulator.add(actual: 1, predicted: 1, probability: 0.8, loss: 0.2)
    try accumulator.add(actual: 1, predicted: 0, probability: 0.6, loss: 0.9)
    try accumulator.add(actual: nil, unseenLabel: "fr", predicted: 0, probability: 0.5)
    return accumulator
  }

  @Test func collectsWhatWasAdded() throws {
    let report = try accumulated().report()
    #expect(report.examples == 4)
    #expect(report.accuracy == 0.5)
    #expect(report.confusion == [[1, 0], [1, 1]])
    #expect(report.unseenLabels == ["fr": 1])
    #expect(report.mostConfused == [Confusion(actual: "中文", predicted: "en", count: 1)])
    #expect(Examples.isClose(try #require(report.loss), 0.4))
    // |0.9 - 1| + |0.8 - 1| + |0.6 - 0| + |0.5 - 0|, each in a bin of its own
    #expect(Examples.isClose(try #require(report.calibrationError), 1.4 / 4))
  }

  @Test func jsonHasTheNamesPromisedAndReadsBack() throws {
    let report = try accumulated().report()
    let json = try JSONEncoder().encode(report)
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    let names = [
      "accuracy", "macroF1", "weightedF1", "examples", "loss", "expectedCalibrationError", "reliability",
      "calibrationError", "labels",
      "confusion",
      "mostConfused",
      "unseenLabels",
    ]
    #expect(Set(object.keys) == Set(names))
    let labels = try #require(object["labels"] as? [[String: Any]])
    #expect(Set(labels[0].keys) == ["label", "precision", "recall", "f1", "support", "predictions"])
    #expect(try JSONDecoder().decode(ClassificationReport.self, from: json) == report)
  }

  @Test(arguments: [Double.infinity, .nan]) func aLossThatIsNotFiniteIsLeftOut(loss: Double) throws {
    var accumulator = try accumulated()
    try accumulator.add(actual: 0, predicted: 1, probability: .nan, loss: loss)
    #expect(accumulator.report().loss == nil)
    _ = try JSONEncoder().encode(accumulator.report())
  }

  @Test(arguments: [[], ["a"]]) func reportsNothingOnNoExamples(labels: [String]) throws {
    let report = ClassificationAccumulator(labels: labels).report()
    #expect(report.examples == 0)
    #expect(report.accuracy == 0)
    #expect(report.loss == nil)
    #expect(report.calibrationError == nil)
    #expect(report.table().hasPrefix("examples"))
    _ = try JSONEncoder().encode(report)
  }

  @Test func hugeMatricesAreLeftOut() throws {
    var accumulator = ClassificationAccumulator(labels: (0..<257).map(String.init))
    try accumulator.add(actual: 256, predicted: 0, probability: 1)
    let report = accumulator.report()
    #expect(report.confusion == nil)
    #expect(report.mostConfused == [Confusion(actual: "256", predicted: "0", count: 1)])
  }
}
