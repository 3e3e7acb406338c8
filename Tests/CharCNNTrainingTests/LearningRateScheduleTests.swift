import CharCNNTraining
import Testing

@Suite struct LearningRateScheduleTests {
  @Test func `the rate rises linearly and falls as a cosine to the final rate`() {
    let schedule = LearningRateSchedule(warmup: 0.2, finalRate: 0.1)
    func rate(_ progress: Double) -> Float { 0.5 * schedule.height(at: progress, epoch: 1) }
    #expect(rate(0) == 0)
    #expect(rate(0.1) == 0.25)
    #expect(rate(0.2) == 0.5)
    // Half of the fall: in the middle of the highest and the final rate.
    #expect(abs(rate(0.6) - 0.5 * 0.55) < 1e-7)
    #expect(abs(rate(1) - 0.05) < 1e-7)
    #expect(rate(1.5) == rate(1))
    #expect(rate(-1) == 0)
  }

  @Test func `halving halves every so many epochs and so often`() {
    let schedule = LearningRateSchedule(
      kind: .halving, warmup: 0, finalRate: 0.01, halvingEpochs: 3, halvings: 10)
    func rate(_ epoch: Int) -> Float { 0.01 * schedule.height(at: 0.5, epoch: epoch) }
    #expect((1...3).allSatisfy { rate($0) == 0.01 })
    #expect((4...6).allSatisfy { rate($0) == 0.005 })
    #expect(rate(7) == 0.0025)
    #expect(rate(30) == 0.01 / 512)
    #expect(rate(31) == 0.01 / 1_024)
    #expect(rate(1_000) == rate(31))
  }

  @Test func `a constant rate stays and every schedule warms up`() {
    for kind in RateSchedule.allCases {
      let schedule = LearningRateSchedule(kind: kind, warmup: 0.5, finalRate: 1)
      #expect(schedule.height(at: 0.25, epoch: 1) == 0.5)
      #expect(schedule.height(at: 0.75, epoch: 1) == 1)
    }
  }
}
