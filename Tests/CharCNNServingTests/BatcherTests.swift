import CharCNNServing
import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct BatcherTests {
  /// Answers by adding one, notes its batches, and computes only when it is let.
  private final class Desk: Sendable {
    let batches = Guarded<[[Int]]>([])
    /// Whether what is in each is of several requests.
    let ofSeveral = Guarded<[Bool]>([])
    private let gate = DispatchSemaphore(value: 0)
    private let isOpen: Bool

    init(isOpen: Bool) { self.isOpen = isOpen }

    func answer(_ questions: [Int], _ areOfSeveral: Bool) -> [Int] {
      if !isOpen { gate.wait() }
      batches.withLock { $0.append(questions) }
      ofSeveral.withLock { $0.append(areOfSeveral) }
      return questions.map { $0 + 1 }
    }

    func letThrough(_ count: Int = 1) { for _ in 0..<count { gate.signal() } }
  }

  private func batcher(_ desk: Desk, mostCost: Int = 10, mostWaiting: Int = 1_000) -> Batcher<Int, Int> {
    Batcher(name: "test", mostCost: mostCost, mostWaiting: mostWaiting) { desk.answer($0, $1) }
  }

  private func wait(_ isSo: () -> Bool) async throws {
    while !isSo() { try await Task.sleep(for: .milliseconds(1)) }
  }

  @Test func `a thousand clients get their own answers, in their order`() async throws {
    let desk = Desk(isOpen: true)
    let batcher = batcher(desk, mostWaiting: 1_000_000)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<1_000 {
        group.addTask {
          let questions = (0..<client % 37).map { client * 100 + $0 }
          let answers = try await batcher.answers(to: questions, costs: questions.map { $0 % 5 + 1 })
          #expect(answers == questions.map { $0 + 1 })
        }
      }
      try await group.waitForAll()
    }
    let batches = desk.batches.withLock { $0 }
    #expect(batches.allSatisfy { batch in batch.count == 1 || batch.reduce(0) { $0 + $1 % 5 + 1 } <= 10 })
    #expect(batcher.waitingCost == 0 && batcher.measures.questions == batches.joined().count)
  }

  @Test func `what waits is answered together, and clients take turns`() async throws {
    let desk = Desk(isOpen: false)
    let batcher = batcher(desk, mostCost: 4)
    async let first = batcher.answers(to: [0], costs: [1])
    try await wait { batcher.measures.batches == 1 }
    async let many = batcher.answers(to: Array(10..<20), costs: Array(repeating: 1, count: 10))
    try await wait { batcher.waitingCost == 10 }
    async let one = batcher.answers(to: [99], costs: [1])
    try await wait { batcher.waitingCost == 11 }
    desk.letThrough(10)
    #expect(try await first == [1])
    #expect(try await one == [100])
    #expect(try await many == Array(11..<21))
    // Alone at once; then as many as fit, the one question among the first of many.
    #expect(desk.batches.withLock { $0 }.prefix(3) == [[0], [10, 99, 11, 12], [13, 14, 15, 16]])
    #expect(desk.ofSeveral.withLock { $0 }.prefix(3) == [false, true, false])
  }

  @Test func `a question over the limit is a batch by itself, and too much that waits is refused at once`() async throws
  {
    let desk = Desk(isOpen: false)
    let batcher = batcher(desk, mostCost: 4, mostWaiting: 20)
    async let first = batcher.answers(to: [0], costs: [100])
    try await wait { batcher.measures.batches == 1 }
    // Nothing waits, so that it may be as large as it likes.
    async let large = batcher.answers(to: [1, 2], costs: [50, 1])
    try await wait { batcher.waitingCost == 51 }
    await #expect(throws: BatcherRefusal.overloaded) { try await batcher.answers(to: [3], costs: [1]) }
    desk.letThrough(10)
    #expect(try await first == [1])
    #expect(try await large == [2, 3])
    #expect(desk.batches.withLock { $0 } == [[0], [1], [2]] && batcher.measures.refused == 1)
    #expect(try await batcher.answers(to: [4], costs: [1]) == [5])
  }

  @Test func `clients that break off leave nothing behind`() async throws {
    let desk = Desk(isOpen: false)
    let batcher = batcher(desk, mostCost: 2)
    async let first = batcher.answers(to: [0], costs: [1])
    try await wait { batcher.measures.batches == 1 }
    let gone = Task { try await batcher.answers(to: Array(10..<20), costs: Array(repeating: 1, count: 10)) }
    try await wait { batcher.waitingCost == 10 }
    async let stays = batcher.answers(to: [30, 31, 32], costs: [1, 1, 1])
    try await wait { batcher.waitingCost == 13 }
    gone.cancel()
    await #expect(throws: CancellationError.self) { try await gone.value }
    #expect(batcher.waitingCost == 3 && batcher.measures.abandoned == 1)
    desk.letThrough(20)
    #expect(try await first == [1])
    #expect(try await stays == [31, 32, 33])
    #expect(desk.batches.withLock { $0 } == [[0], [30, 31], [32]])
    // One that is cancelled before it asks.
    let early = Task { () async throws -> [Int] in
      withUnsafeCurrentTask { $0?.cancel() }
      return try await batcher.answers(to: [1], costs: [1])
    }
    await #expect(throws: CancellationError.self) { try await early.value }
    #expect(try await batcher.answers(to: [5], costs: [1]) == [6])
    #expect(try await batcher.answers(to: [], costs: []) == [])
  }
}
