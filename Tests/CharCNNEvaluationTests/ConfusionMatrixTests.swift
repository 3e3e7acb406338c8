import CharCNNEvaluation
import Testing

@Suite struct ConfusionMatrixTests {
  @Test func countsEveryPair() {
    let matrix = Examples.small
    #expect(
      matrix.counts == [[3, 1, 0, 1, 0], [1, 3, 1, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]])
    #expect(matrix.examples == 12)
    #expect(matrix.correct == 7)
    #expect(matrix.support(of: 0) == 5)
    #expect(matrix.predictions(of: 1) == 5)
  }

  @Test func unseenLabelsAreErrorsOfTheirOwn() {
    let matrix = Examples.smallWithUnseen
    #expect(matrix.unseen == ["x": 2, "y": 1])
    #expect(matrix.examples == 15)
    #expect(matrix.correct == 7)
    #expect(matrix.counts == Examples.small.counts)
    #expect(matrix.predictions(of: 0) == Examples.small.predictions(of: 0) + 1)
  }

  @Test func mostConfusedPairsComeFirst() throws {
    var matrix = ConfusionMatrix(labels: ["a", "b", "c"])
    for _ in 0..<9 { try matrix.add(actual: 0, predicted: 0) }
    for _ in 0..<3 { try matrix.add(actual: 2, predicted: 0) }
    for _ in 0..<2 { try matrix.add(actual: 1, predicted: 2) }
    for _ in 0..<2 { try matrix.add(actual: 1, predicted: 0) }
    #expect(
      matrix.mostConfused(top: 10) == [
        Confusion(actual: "c", predicted: "a", count: 3), Confusion(actual: "b", predicted: "a", count: 2),
        Confusion(actual: "b", predicted: "c", count: 2),
      ])
    #expect(matrix.mostConfused(top: 1).count == 1)
    #expect(matrix.mostConfused(top: -1).isEmpty)
  }

  @Test func scoresAreThoseOfScikitLearn() {
    #expect(Examples.isClose(Examples.small.accuracy, 0.5833333333333334))
    #expect(Examples.isClose(Examples.small.macroF1, 0.44166666666666665))
    #expect(Examples.isClose(Examples.small.weightedF1, 0.611111111111111))
    #expect(Examples.isClose(Examples.small.microF1, 0.5833333333333334))
  }

  @Test func scoresWithUnseenLabelsAreThoseOfScikitLearn() {
    #expect(Examples.isClose(Examples.smallWithUnseen.accuracy, 0.4666666666666667))
    #expect(Examples.isClose(Examples.smallWithUnseen.macroF1, 0.27424242424242423))
    #expect(Examples.isClose(Examples.smallWithUnseen.weightedF1, 0.44848484848484843))
    #expect(Examples.isClose(Examples.smallWithUnseen.microF1, 0.4666666666666667))
    #expect(Examples.isClose(Examples.generated.accuracy, 0.508))
    #expect(Examples.isClose(Examples.generated.macroF1, 0.43989835673807587))
    #expect(Examples.isClose(Examples.generated.weightedF1, 0.4207016119578356))
  }

  @Test func scoresOfLabelsAreThoseOfScikitLearn() {
    let scores = Examples.generated.scores
    let precision = [
      0.3870967741935484, 0.41365461847389556, 0.6204819277108434, 0.6797385620915033, 0.5882352941176471,
    ]
    let recall = [0.7152317880794702, 0.7923076923076923, 0.7253521126760564, 0.7536231884057971, 0.7258064516129032]
    let f1 = [0.5023255813953489, 0.5435356200527705, 0.6688311688311688, 0.7147766323024055, 0.6498194945848376]
    #expect(scores.map(\.label) == Examples.labels)
    #expect(scores.map(\.support) == [151, 130, 142, 138, 124])
    for label in 0..<5 {
      #expect(Examples.isClose(scores[label].precision, precision[label]))
      #expect(Examples.isClose(scores[label].recall, recall[label]))
      #expect(Examples.isClose(scores[label].f1, f1[label]))
    }
  }

  @Test(arguments: [[], ["a", "b"]]) func withoutExamplesAllScoresAreZero(labels: [String]) {
    let matrix = ConfusionMatrix(labels: labels)
    #expect(matrix.accuracy == 0)
    #expect(matrix.macroF1 == 0)
    #expect(matrix.microF1 == 0)
    #expect(matrix.weightedF1 == 0)
    #expect(matrix.scores.allSatisfy { $0.precision == 0 && $0.recall == 0 && $0.f1 == 0 })
    #expect(matrix.mostConfused(top: 5).isEmpty)
  }

  @Test func manyLabelsTakeMemoryForOccurringPairsOnly() throws {
    var matrix = ConfusionMatrix(labels: (0..<100_000).map(String.init))
    try matrix.add(actual: 99_999, predicted: 3)
    #expect(matrix[actual: 99_999, predicted: 3] == 1)
    #expect(matrix[actual: 3, predicted: 99_999] == 0)
  }
}
