import CharCNNCompute
import CharCNNNetworks
import CharCNNTraining
import TestSupport
import Testing

@Suite struct BatchPlanTests {
  private let lengths = wholeValues(500, from: 1, to: 90, seed: 3).map(Int.init)

  private func plan(seed: UInt64 = 1, epoch: UInt64 = 1) -> BatchPlan {
    let order = EpochOrder.shuffled(count: lengths.count, randomness: Randomness(seed: seed, step: epoch))
    return BatchPlan(order: order, budget: 256) { lengths[$0] }
  }

  @Test func `every text comes once`() {
    let plan = plan()
    #expect(plan.order.sorted() == Array(0..<500))
    #expect((0..<plan.count).flatMap { plan[$0] } == plan.order.map(Int.init))
  }

  @Test func `a batch keeps the budget and could not hold the next text`() {
    let plan = plan()
    for number in 0..<plan.count {
      let rows = plan[number].reduce(0) { $0 + lengths[$1] }
      #expect(!plan[number].isEmpty && rows <= 256)
      if number + 1 < plan.count, let next = plan[number + 1].first { #expect(rows + lengths[next] > 256) }
    }
  }

  @Test func `a text beyond the budget is a batch of its own`() {
    let plan = BatchPlan(lengths: [3, 100, 3, 3], budget: 10)
    #expect((0..<plan.count).map { plan[$0] } == [[0], [1], [2, 3]])
  }

  @Test func `batches of a number of texts have it except the last`() {
    let plan = BatchPlan(order: Array(0..<103), budget: .max, texts: 50) { lengths[$0] }
    #expect((0..<plan.count).map { plan[$0].count } == [50, 50, 3])
    let both = BatchPlan(order: Array(0..<500), budget: 256, texts: 4) { lengths[$0] }
    for number in 0..<both.count {
      #expect(both[number].count <= 4 && both[number].reduce(0) { $0 + lengths[$1] } <= 256)
    }
  }

  @Test func `the order depends on seed and epoch alone`() {
    #expect(plan().order == plan().order)
    #expect(plan().order != plan(seed: 2).order)
    #expect(plan().order != plan(epoch: 2).order)
    // The same on every platform, and in every later version.
    #expect(
      EpochOrder.shuffled(count: 12, randomness: Randomness(seed: 7, step: 3)) == [
        3, 5, 10, 4, 9, 11, 7, 1, 0, 2, 8, 6,
      ])
  }

  @Test func `no texts make no batch`() {
    #expect(BatchPlan(lengths: [], budget: 10).count == 0)
  }

  @Test func `class-uniform epochs draw every class as often, each of its texts as often as the others`() {
    // 900 texts of one class, 90 of another, 10 of a third; one class without texts.
    let members: [[Int32]] = [Array(0..<900), Array(900..<990), [], Array(990..<1_000)]
    let order = EpochOrder.classUniform(members: members, randomness: Randomness(seed: 4, step: 1))
    #expect(order.count == 1_000)
    for texts in members where !texts.isEmpty {
      let drawn = order.filter { texts.contains($0) }
      // 1000 draws with chance 1/3: 333 on average, standard deviation 15.
      #expect((258...408).contains(drawn.count))
      let times = texts.map { text in drawn.count { $0 == text } }
      #expect((times.max() ?? 0) - (times.min() ?? 0) <= 1, "no text comes again before all others came")
    }
    #expect(order == EpochOrder.classUniform(members: members, randomness: Randomness(seed: 4, step: 1)))
    #expect(order != EpochOrder.classUniform(members: members, randomness: Randomness(seed: 4, step: 2)))
    #expect(EpochOrder.classUniform(members: [[], []], randomness: Randomness(seed: 4)).isEmpty)
  }
}
