import CharCNNEvaluation
import Foundation
import Testing

/// Texts that may have several labels, or none.
@Suite struct SeveralLabelsTests {
  /// Probabilities of four labels for twelve texts, some of them equal, and the right labels.
  private static let probabilities: [[Float]] = [
    [0.6, 0.7, 0.3, 0.5], [0.9, 0.9, 0.1, 0.2], [0.1, 0.4, 0.0, 0.5], [0.6, 0.3, 0.7, 0.6], [0.0, 0.6, 0.3, 0.4],
    [0.3, 0.7, 0.4, 0.2], [0.5, 0.8, 0.3, 0.2], [0.4, 0.9, 1.0, 0.7], [0.9, 0.8, 0.4, 0.1], [0.7, 0.6, 0.4, 0.2],
    [0.4, 0.5, 0.3, 0.3], [0.5, 0.9, 0.6, 0.3],
  ]
  private static let right: [[Int]] = [
    [0, 2, 3], [1], [], [], [0, 2, 3], [0, 1, 2, 3], [3], [0, 1, 2, 3], [0, 2], [3], [], [],
  ]

  private func accumulator(_ thresholds: [Float] = [0.5, 0.3, 0.6, 0.5]) -> ClassificationAccumulator {
    ClassificationAccumulator(labels: ["a", "b", "c", "d"], thresholds: thresholds)
  }

  @Test func `the figures are those of scikit-learn`() throws {
    var accumulator = accumulator()
    for (row, right) in zip(Self.probabilities, Self.right) {
      try accumulator.add(actual: right, unseen: [], probabilities: row[...])
    }
    let report = accumulator.report()
    // f1_score with average micro, macro and weighted, accuracy_score, label_ranking_average_precision_score.
    #expect(abs(report.microF1! - 0.35555555555555557) < 1e-12)
    #expect(abs(report.macroF1 - 0.3458333333333333) < 1e-12)
    #expect(abs(report.weightedF1 - 0.34298245614035094) < 1e-12)
    #expect(report.subsetAccuracy == 0 && report.accuracy == 0)
    #expect(abs(report.rankingAveragePrecision! - 0.7592592592592592) < 1e-12)
    #expect(report.examples == 12 && report.confusion == nil && report.mostConfused.isEmpty)
    #expect(report.figures.map(\.key) == ["microF1", "macroF1", "subsetAccuracy"] && report.score == report.microF1)
    #expect(report.thresholds == [0.5, 0.3, 0.6, 0.5])
    #expect(try JSONDecoder().decode(ClassificationReport.self, from: JSONEncoder().encode(report)) == report)
    let table = report.table()
    for name in ["micro F1", "subset accuracy", "ranking average precision"] { #expect(table.contains(name)) }
  }

  @Test func `the loss is the sum of the labels' cross entropies, and whole sets are counted`() throws {
    var accumulator = accumulator([0.5, 0.5, 0.5, 0.5])
    try accumulator.add(actual: [0, 3], unseen: [], probabilities: [0.9, 0.2, 0.4, 0.8])
    try accumulator.add(actual: [], unseen: [], probabilities: [0.1, 0.2, 0.4, 0.3])
    let report = accumulator.report()
    let losses = [0.9, 0.8, 0.6, 0.8, 0.9, 0.8, 0.6, 0.7].map { -log($0) }
    #expect(abs(report.loss! - losses.reduce(0, +) / 2) < 1e-6)
    #expect(report.subsetAccuracy == 1 && report.microF1 == 1 && report.rankingAveragePrecision == 1)
  }

  @Test func `a label that the model does not know is missed`() throws {
    var accumulator = accumulator()
    try accumulator.add(actual: [1], unseen: ["e"], probabilities: [0.1, 0.9, 0.1, 0.1])
    let report = accumulator.report()
    #expect(report.unseenLabels == ["e": 1] && report.subsetAccuracy == 0)
    #expect(report.microF1 == 2.0 / 3 && report.macroF1 == 0.5)
    var other = self.accumulator()
    #expect(throws: EvaluationError.self) { try other.add(actual: [4], unseen: [], probabilities: [0, 0, 0, 0]) }
    #expect(other.report().examples == 0)
  }

  @Test func `nothing counted is no error`() {
    let report = accumulator().report()
    #expect(report.examples == 0 && report.microF1 == 0 && report.loss == nil && report.calibrationError == nil)
  }

  /// F1 of one label.
  private func f1(_ probabilities: [Float], _ isRight: [Bool], at threshold: Float) -> Double {
    let given = probabilities.map { $0 >= threshold }
    let hits = zip(given, isRight).count { $0 && $1 }
    return 2 * Double(hits) / Double(given.count { $0 } + isRight.count { $0 })
  }

  @Test func `no other threshold has a better F1`() {
    var state: UInt64 = 3
    func next() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    // Right texts of the first label are unlikely ones, of the second likely ones.
    let isRight = (0..<3_000).map { _ in [next() < 0.05, next() < 0.5] }
    let rows: [[Float]] = isRight.map { [next() * ($0[0] ? 0.4 : 0.2), min(next() * 0.5 + ($0[1] ? 0.5 : 0.2), 1)] }
    var fit = LabelThresholds(labels: 2)
    for (row, right) in zip(rows, isRight) { fit.add(row[...], right: [Int32(0), 1].filter { right[Int($0)] }) }
    let thresholds = fit.thresholds()
    #expect(thresholds[0] < 0.35 && thresholds[1] > 0.5)
    for label in 0..<2 {
      let (values, right) = (rows.map { $0[label] }, isRight.map { $0[label] })
      let best = f1(values, right, at: thresholds[label])
      for step in 1...1_000 { #expect(f1(values, right, at: Float(step) / 1_000) <= best + 1e-12) }
    }
  }

  @Test func `few texts choose no threshold of their own, and none chooses one half`() {
    #expect(LabelThresholds(labels: 3).thresholds() == [0.5, 0.5, 0.5])
    var fit = LabelThresholds(labels: 2)
    for text in 0..<400 {
      let isRight = text % 2 == 0
      fit.add([isRight ? 0.8 : 0.2, text == 0 ? 0.05 : 0.01], right: (isRight ? [0] : []) + (text == 0 ? [1] : []))
    }
    let thresholds = fit.thresholds()
    #expect(thresholds[0] == thresholds[1] && abs(thresholds[0] - 0.5) < 0.01)
    // Where nothing is right, nothing is to be given.
    var empty = LabelThresholds(labels: 1)
    empty.add([0.3], right: [])
    #expect(empty.thresholds()[0] > 0.3)
  }
}
