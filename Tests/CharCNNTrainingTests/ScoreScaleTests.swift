import CharCNNEvaluation
import CharCNNText
import Foundation
import Testing

@testable import CharCNNTraining

@Suite struct ScoreScaleTests {
  private static let grades = ScoreScale(range: 1...4, mean: 2, deviation: 1, grades: [1, 2, 3, 4])

  @Test func `scores are learned with the mean 0 and the deviation 1, and answers stay in the range`() {
    let scale = ScoreScale(range: -2...6, mean: 1, deviation: 4, grades: nil)
    #expect(scale.standardised(1) == 0 && scale.standardised(5) == 1 && scale.standardised(-3) == -1)
    #expect(scale.answer([0.5]).score == 3 && scale.answer([9]).score == 6 && scale.answer([-9]).score == -2)
    #expect(scale.answer([0.5]).grade == nil && scale.answer([0.5]).probabilities.isEmpty && scale.outputs == 1)
    #expect(scale.middle == 2 && scale.problem == nil)
  }

  @Test func `grades are probabilities that fall from those of being above each`() {
    let scale = Self.grades
    #expect(scale.outputs == 3)
    let answer = scale.answer([0.75, 0.5, 0.25])
    #expect(answer.probabilities == [0.25, 0.25, 0.25, 0.25] && answer.score == 2.5 && answer.grade == 1)
    let sure = scale.answer([1, 1, 0])
    #expect(sure.probabilities == [0, 0, 1, 0] && sure.grade == 3 && sure.score == 3)
    // 0.25 and 0.75 do not fall: both become 0.5.
    let mended = scale.answer([1, 0.25, 0.75])
    #expect(mended.probabilities == [0, 0.5, 0, 0.5] && mended.grade == 2 && mended.score == 3)
  }

  @Test func `numbers that rise are pooled to the nearest that do not`() {
    #expect(ScoreScale.falling([]) == [] && ScoreScale.falling([0.5]) == [0.5])
    #expect(ScoreScale.falling([0.75, 0.5, 0.5, 0.25]) == [0.75, 0.5, 0.5, 0.25])
    #expect(ScoreScale.falling([0, 0.5, 1]) == [0.5, 0.5, 0.5])
    #expect(ScoreScale.falling([1, 0, 0.5, 0.25]) == [1, 0.25, 0.25, 0.25])
  }

  @Test func `a score is above the grades below it, known or not`() {
    let scale = Self.grades
    #expect(scale.gradesBelow(1).isEmpty && scale.gradesBelow(0).isEmpty)
    #expect(scale.gradesBelow(3) == [0, 1] && scale.gradesBelow(2.5) == [0, 1])
    #expect(scale.gradesBelow(4) == [0, 1, 2] && scale.gradesBelow(9) == [0, 1, 2])
    let targets = ScoreTargets(scale, values: [1, 2, 3, 4, 2.5])
    #expect(targets.standardised == nil && targets.sets?.targets(4, classes: 3) == [true, true, false])
    #expect(targets.sets?.targets(0, classes: 3) == [false, false, false])
  }

  @Test func `what no training makes is a problem`() {
    for (range, deviation, grades) in [
      (1.0...1.0, 1.0, nil), (1...2, 0, nil), (1...2, .nan, nil), (1...2, 1, [1.0]), (1...2, 1, [2, 1]),
      (1...2, 1, [1, 1]), (1...2, 1, (0...100).map(Double.init)),
    ] as [(ClosedRange<Double>, Double, [Double]?)] {
      #expect(ScoreScale(range: range, mean: 0, deviation: deviation, grades: grades).problem != nil)
    }
    #expect(Self.grades.problem == nil)
  }

  @Test func `numbers of scores are those of the sorted ones, and new ones come after`() {
    var values = ScoreValues([3, -1, 0.5])
    #expect(values.values == [-1, 0.5, 3])
    #expect(values.number(of: 3) == 2 && values.number(of: 7) == 3 && values.number(of: 7) == 3)
    #expect(values.values == [-1, 0.5, 3, 7] && values.number(of: -0.0) == values.number(of: 0))
  }

  @Test func `the loss of scores is the squared error, of grades the cross entropy of each question`() throws {
    var scores = ScoreAccumulator(ScoreScale(range: 0...10, mean: 5, deviation: 2, grades: nil))
    scores.add([0.5], score: 7)
    scores.add([-1], score: 3)
    #expect(try scores.report().loss == 0.125)
    #expect(try scores.report().cut == 5 && scores.report(cut: 6.5).cut == 6.5)
    var grades = ScoreAccumulator(Self.grades)
    grades.add([0.8, 0.5, 0.1], score: 3)
    let loss = -(log(Double(Float(0.8))) + log(0.5) + log(1 - Double(Float(0.1))))
    #expect(abs(try #require(try grades.report().loss) - loss) < 1e-9)
    #expect(try grades.report().accuracy == 1)
  }
}

@Suite struct ScoreMixtureTests {
  @Test func `weights are those of least squares, none below 0`() {
    // The second part is right by itself, the first is noise.
    var mixture = ScoreMixture(usual: [0.5, 0.5])
    var state: UInt64 = 7
    func noise() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24) - 0.5
    }
    for _ in 0..<4_000 {
      let right = 4 * noise()
      mixture.add([noise(), right / 2], right: right)
    }
    let weights = mixture.weights()
    #expect(abs(weights[1] - 2) < 0.02 && abs(weights[0]) < 0.06)
    var opposed = ScoreMixture(usual: [1])
    for _ in 0..<100 { opposed.add([-1], right: 1) }
    #expect(opposed.weights() == [0])
  }

  @Test func `nothing known is the usual, and two parts that say the same share the weight`() {
    #expect(ScoreMixture(usual: [0.5, 0.5]).weights() == [0.5, 0.5])
    var same = ScoreMixture(usual: [0.5, 0.5])
    for place in 0..<1_000 { same.add([Float(place % 7) - 3, Float(place % 7) - 3], right: Float(place % 7) - 3) }
    for weight in same.weights() { #expect(abs(weight - 0.5) < 1e-4) }
  }

  @Test(arguments: [nil, [1, 2, 4, 8, 9]] as [[Double]?])
  func `the expected score is that of the answer, and its derivatives are those of finite differences`(
    grades: [Double]?
  ) {
    let scale = ScoreScale(range: -100...100, mean: 3, deviation: 2, grades: grades)
    // Falling ones, and neighbours that rise, which share their mean.
    for outputs in [[2, 1, -0.5, -2], [-1, 0.5, 0.2, 1.5], [0.3, -1, 2, -3]] as [[Double]] {
      let chosen = grades == nil ? Array(outputs.prefix(1)) : outputs
      let (value, gradient) = scale.expected(chosen)
      let answers = grades == nil ? chosen : chosen.map { 1 / (1 + exp(-$0)) }
      #expect(abs(value - scale.answer(answers.map { Float($0) }[...]).score) < 1e-5)
      #expect(gradient.count == chosen.count)
      for place in chosen.indices {
        let ends = [1e-6, -1e-6].map { step in
          var moved = chosen
          moved[place] += step
          return scale.expected(moved).value
        }
        #expect(abs((ends[0] - ends[1]) / 2e-6 - gradient[place]) < 1e-6, "\(outputs), \(place)")
      }
    }
  }
}
