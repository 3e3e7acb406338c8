import CharCNNEvaluation
import Testing

/// Values that a program can pass and that make no sense are errors.
@Suite struct ValueTests {
  @Test func `an index of no label is an error and counts nothing`() {
    var matrix = ConfusionMatrix(labels: ["a", "b"])
    for (actual, predicted) in [(-1, 0), (2, 0), (0, -1), (1, 2), (.max, .min)] {
      #expect(throws: EvaluationError.self) { try matrix.add(actual: actual, predicted: predicted) }
    }
    #expect(throws: EvaluationError.noSuchLabel(index: 2, labels: 2)) { try matrix.add(unseen: "x", predicted: 2) }
    #expect(matrix.examples == 0 && matrix.unseen.isEmpty && matrix.counts == [[0, 0], [0, 0]])
    #expect(matrix.support(of: -1) == 0 && matrix.support(of: 2) == 0 && matrix.predictions(of: 7) == 0)
    #expect(matrix[actual: -1, predicted: 9] == 0 && matrix.mostConfused(top: -1).isEmpty)
    var accumulator = ClassificationAccumulator(labels: [])
    #expect(throws: EvaluationError.self) { try accumulator.add(actual: nil, predicted: 0, probability: 1) }
    #expect(throws: EvaluationError.self) { try accumulator.add(actual: 0, predicted: 0, probability: .nan) }
    #expect(accumulator.matrix.examples == 0)
  }

  @Test func `lists of different counts and numbers of bins that are none are errors`() {
    #expect(throws: EvaluationError.differentCounts(predicted: 2, actual: 1)) {
      try MatchingReport(predicted: [1, 2], actual: [1])
    }
    for bins in [0, -1, .min, .max] { #expect(throws: EvaluationError.bins(bins)) { try Calibration(bins: bins) } }
  }
}
