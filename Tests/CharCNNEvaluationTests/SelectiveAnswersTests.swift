import CharCNNEvaluation
import Testing

/// Which answers are given when the unsure ones are left out.
@Suite struct SelectiveAnswersTests {
  /// Ten answers, of which two share a certainty, and three to texts of no class.
  private let answers = {
    var answers = SelectiveAnswers()
    for (certainty, isRight) in [
      (0.9, true), (0.8, true), (0.8, false), (0.7, true), (0.6, true), (0.5, false), (0.4, true), (0.3, false),
      (0.2, true), (0.1, false),
    ] { answers.add(probability: certainty, isRight: isRight) }
    for certainty in [0.65, 0.3, 0.05] { answers.add(outside: certainty) }
    return answers
  }()

  @Test func `answers of one certainty are given together`() {
    let cuts = answers.cuts()
    #expect(cuts.map(\.threshold) == [0.9, 0.8, 0.7, 0.65, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05])
    #expect(cuts[1].answered == 3 && cuts[1].right == 2 && cuts[1].outside == 0)
    #expect(cuts[7].answered == 8 && cuts[7].right == 5 && cuts[7].outside == 2)
  }

  @Test func `thresholds reach their goals with as many answers as can be`() {
    #expect(answers.threshold(precision: 0.75) == 0.7 && answers.threshold(precision: 1) == 0.9)
    // 5 of 7 without, 5 of 8 with the text of no class at 0.3.
    #expect(answers.threshold(precision: 0.6) == 0.4 && answers.threshold(precision: 0) == 0.05)
    #expect(SelectiveAnswers().threshold(precision: 0.5) == 1)
    #expect(answers.threshold(coverage: 0.3) == 0.8 && answers.threshold(coverage: 0.35) == 0.7)
    #expect(answers.threshold(coverage: 1) == 0.1)
    // 3 of 10 right and none of 3 answered at 0.7: .3; at 0.4 5 of 10 and 1 of 3: .17.
    #expect(answers.bestSeparation() == 0.7)
  }

  @Test func `the area under the ROC curve counts pairs, ties by half`() throws {
    // Of 30 pairs the text of a class is surer in 4 + 7 + 10, and ties in one.
    #expect(try #require(answers.areaUnderROC).isNear(21.5 / 30))
    #expect(SelectiveAnswers().areaUnderROC == nil)
  }

  @Test func `the curve tells what would be if only the surest were given`() {
    let curve = answers.curve([1, 0.5, 0.3])
    #expect(curve.map(\.coverage) == [1, 0.5, 0.3] && curve.map(\.accuracy) == [0.6, 0.8, 2.0 / 3])
    #expect(SelectiveAnswers().curve().isEmpty)
  }
}

extension Double {
  fileprivate func isNear(_ other: Double) -> Bool { (self - other).magnitude < 1e-12 }
}
