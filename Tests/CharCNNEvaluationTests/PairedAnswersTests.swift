import CharCNNEvaluation
import Testing

/// How one model differs from another on the same texts.
@Suite struct PairedAnswersTests {
  /// 100 texts of two labels: both right 60 times, the first alone 6, the second alone 16, neither 18.
  private static let comparison: ClassificationReport.Comparison = {
    var answers = PairedAnswers()
    func add(_ count: Int, _ actual: String, _ first: String, _ second: String) {
      for _ in 0..<count { answers.add(actual: actual, first: first, second: second) }
    }
    add(40, "a", "a", "a")
    add(20, "b", "b", "b")
    add(4, "a", "a", "b")
    add(2, "b", "b", "a")
    add(1, "a", "b", "a")
    add(15, "b", "a", "b")
    add(18, "b", "a", "a")
    return answers.comparison()
  }()

  @Test func `figures are those of both models`() {
    let comparison = Self.comparison
    #expect(comparison.examples == 100 && comparison.otherAccuracy == 0.66 && comparison.accuracy == 0.76)
    #expect(comparison.onlyOther == 6 && comparison.onlyThis == 16)
    // scikit-learn's f1_score(average="macro") of the same answers.
    #expect((comparison.otherMacroF1 - (88.0 / 122 + 44.0 / 78) / 2).magnitude < 1e-12)
    #expect((comparison.macroF1 - (82.0 / 106 + 70.0 / 94) / 2).magnitude < 1e-12)
    // Twice the sum of the binomial coefficients of 22 over 0 to 6, over 2^22.
    #expect((comparison.pValue - 0.052478790283203125).magnitude < 1e-12, "\(comparison.pValue)")
    #expect(comparison.labels.map(\.label) == ["b", "a"] && comparison.labels[0].onlyThis == 15)
    #expect(comparison.labels[1].support == 45 && comparison.labels[1].otherRecall == 44.0 / 45)
  }

  @Test func `the interval is about as wide as theory has it`() {
    // The variance of a difference of paired proportions: (b + c - (b - c)^2 / n) / n^2.
    let deviation = (22.0 - 100 / 100).squareRoot() / 100
    let interval = Self.comparison.differenceInterval
    #expect((interval.lower - (0.1 - 1.96 * deviation)).magnitude < 0.012)
    #expect((interval.upper - (0.1 + 1.96 * deviation)).magnitude < 0.012)
  }

  @Test func `models that answer alike do not differ`() {
    var answers = PairedAnswers()
    for number in 0..<50 { answers.add(actual: "x", first: "\(number % 3)", second: "\(number % 3)") }
    let comparison = answers.comparison()
    #expect(comparison.difference == 0 && comparison.pValue == 1 && comparison.differenceInterval.upper == 0)
    #expect(comparison.table(this: "new", other: "old").contains("0 are right by old alone"))
  }

  @Test func `intervals of a report hold what theory says`() throws {
    var accumulator = ClassificationAccumulator(labels: ["a", "b"])
    for number in 0..<1_000 {
      try accumulator.add(
        actual: number % 2, predicted: number % 10 == 0 ? 1 - number % 2 : number % 2, probability: 0.9)
    }
    let report = accumulator.report().adding(errors: [], intervalsOf: accumulator.matrix)
    let interval = try #require(report.accuracyInterval)
    let deviation = (0.9 * 0.1 / 1_000).squareRoot()
    #expect((interval.lower - (0.9 - 1.96 * deviation)).magnitude < 0.004)
    #expect((interval.upper - (0.9 + 1.96 * deviation)).magnitude < 0.004)
    #expect(report.adding(errors: [], intervalsOf: accumulator.matrix) == report, "the same counts, the same interval")
  }

  @Test func `intervals of few texts, and of ones that are all right, are wide enough`() throws {
    for (right, all, lower, upper) in [(3, 3, 0.4385, 1.0), (0, 2, 0.0, 0.6576), (9, 10, 0.5958, 0.9821)] {
      var accumulator = ClassificationAccumulator(labels: ["a", "b"])
      for number in 0..<all {
        try accumulator.add(actual: 0, predicted: number < right ? 0 : 1, probability: 0.9)
      }
      let report = accumulator.report().adding(errors: [], intervalsOf: accumulator.matrix)
      let interval = try #require(report.accuracyInterval)
      // The formula, by hand.
      #expect((interval.lower - lower).magnitude < 1e-3 && (interval.upper - upper).magnitude < 1e-3, "\(interval)")
      #expect((report.macroF1Interval == nil) == (right == all))
    }
  }
}
