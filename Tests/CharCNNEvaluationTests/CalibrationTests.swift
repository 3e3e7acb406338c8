import CharCNNEvaluation
import Testing

@Suite struct CalibrationTests {
  @Test func errorIsThatOfTheFormula() throws {
    var calibration = Calibration()
    for i in 0..<40 {
      calibration.add(probability: (Double((i * 37 + 11) % 101) + 0.5) / 101, isCorrect: (i * i + 3 * i) % 7 < 4)
    }
    // Fixtures/evaluation_scores.py
    #expect(Examples.isClose(try #require(calibration.error), 0.31485148514851485))
  }

  @Test func certainAndRightIsCalibrated() {
    var calibration = Calibration()
    calibration.add(probability: 1, isCorrect: true)
    calibration.add(probability: 0, isCorrect: false)
    #expect(calibration.error == 0)
  }

  @Test func certainAndWrongIsTheWorst() {
    var calibration = Calibration()
    calibration.add(probability: 1, isCorrect: false)
    #expect(calibration.error == 1)
  }

  @Test func binsEndAtTheirUpperEdge() throws {
    // With two bins, 0.5 belongs to the first: |0.5 - 1| and |0.75 - 0| are not mixed.
    var calibration = try Calibration(bins: 2)
    calibration.add(probability: 0.5, isCorrect: true)
    calibration.add(probability: 0.75, isCorrect: false)
    #expect(calibration.error == (0.5 + 0.75) / 2)
  }

  @Test(arguments: [(Double.nan, 0.0), (-3, 0), (.infinity, 1), (1.0000001, 1)])
  func impossibleProbabilitiesCountAsTheNearest(probability: Double, nearest: Double) {
    var calibration = Calibration()
    calibration.add(probability: probability, isCorrect: false)
    #expect(calibration.error == nearest)
  }

  @Test func thereIsNoErrorWithoutPredictions() {
    #expect(Calibration().error == nil)
  }
}
