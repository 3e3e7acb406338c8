import Foundation
import Testing

@testable import CharCNNCompute

@Suite struct ThreadPoolTests {
  /// Counts how often each item ran, and notices a worker that runs two items at once or has no such number.
  private final class Tally: Sendable {
    private let state: Guarded<(counts: [Int], running: Set<Int>, faults: Int)>
    private let threads: Int

    init(items: Int, threads: Int) {
      state = Guarded((Array(repeating: 0, count: items), [], 0))
      self.threads = threads
    }

    func begin(_ item: Int, _ worker: Int) {
      state.withLock {
        $0.counts[item] += 1
        if !$0.running.insert(worker).inserted || !(0..<threads).contains(worker) { $0.faults += 1 }
      }
    }

    func end(_ worker: Int) { state.withLock { _ = $0.running.remove(worker) } }

    var counts: [Int] { state.withLock { $0.counts } }
    var faults: Int { state.withLock { $0.faults } }
  }

  private struct Count: PoolJob {
    let tally: Tally
    var work: @Sendable (Int) -> Void = { _ in }

    func run(item: Int, worker: Int) {
      tally.begin(item, worker)
      work(item)
      tally.end(worker)
    }
  }

  @Test(arguments: 1...8)
  func `every item runs exactly once`(threads: Int) {
    let pool = ThreadPool(threadCount: threads)
    for items in [0, 1, 2, 3, 7, 8, 64, 1_000] {
      let tally = Tally(items: items, threads: threads)
      pool.run(Count(tally: tally), items: items)
      #expect(tally.counts == Array(repeating: 1, count: items))
      #expect(tally.faults == 0)
    }
  }

  @Test(arguments: [1, 2, 5])
  func `results are complete when run returns, over many small jobs`(threads: Int) {
    struct Fill: PoolJob {
      let slots: UnsafeMutablePointer<Int>
      let value: Int
      func run(item: Int, worker: Int) { slots[item] = value &+ item }
    }
    let pool = ThreadPool(threadCount: threads)
    let slots = UnsafeMutablePointer<Int>.allocate(capacity: 16)
    defer { slots.deallocate() }
    slots.initialize(repeating: -1, count: 16)
    var isComplete = true
    for round in 0..<20_000 {
      let items = 1 + round % 16
      pool.run(Fill(slots: slots, value: round), items: items)
      isComplete = isComplete && (0..<items).allSatisfy { slots[$0] == round + $0 }
    }
    #expect(isComplete)
  }

  @Test(arguments: [2, 4])
  func `an item may itself run a job on the same pool`(threads: Int) {
    let pool = ThreadPool(threadCount: threads)
    let inner = (0..<6).map { _ in Tally(items: 10, threads: threads) }
    let outer = Tally(items: 6, threads: threads)
    pool.run(Count(tally: outer) { pool.run(Count(tally: inner[$0]), items: 10) }, items: 6)
    #expect(outer.counts == Array(repeating: 1, count: 6))
    #expect(outer.faults == 0)
    #expect(inner.allSatisfy { $0.counts == Array(repeating: 1, count: 10) && $0.faults == 0 })
  }

  @Test func `a thread that is to work alone does`() {
    let pool = ThreadPool(threadCount: 4)
    func workers() -> Set<Int> {
      let seen = Guarded(Set<Int>())
      // Long enough that others would come.
      struct Job: PoolJob {
        let seen: Guarded<Set<Int>>
        func run(item: Int, worker: Int) {
          seen.withLock { _ = $0.insert(worker) }
          usleep(1_000)
        }
      }
      pool.run(Job(seen: seen), items: 100)
      return seen.withLock { $0 }
    }
    #expect(ThreadPool.alone(workers) == [0])
    #expect(ThreadPool.alone { ThreadPool.alone(workers).union(workers()) } == [0])
    #expect(workers().count > 1)
  }

  @Test func `several callers at once each get their job done`() {
    let pool = ThreadPool(threadCount: 3)
    let tallies = (0..<200).map { _ in Tally(items: 20, threads: 3) }
    DispatchQueue.concurrentPerform(iterations: tallies.count) { number in
      pool.run(Count(tally: tallies[number]), items: 20)
    }
    #expect(tallies.allSatisfy { $0.counts == Array(repeating: 1, count: 20) && $0.faults == 0 })
  }

  @Test func `a pool that nobody holds is freed, and its threads end`() throws {
    weak var freed: ThreadPool?
    do {
      let pool = ThreadPool(threadCount: 4)
      pool.run(Count(tally: Tally(items: 50, threads: 4)), items: 50)
      freed = pool
    }
    #expect(freed == nil)
    for _ in 0..<150 {
      let pool = ThreadPool(threadCount: 8)
      pool.run(Count(tally: Tally(items: 8, threads: 8)), items: 8)
    }
    #if os(Linux)
    // More than a thousand threads would be left if they did not end; they need some time to notice.
    func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
    var rounds = 0
    while try threads() > 500, rounds < 1_000 {
      rounds += 1
      Thread.sleep(forTimeInterval: 0.01)
    }
    #expect(try threads() <= 500)
    #endif
  }
}

@Suite struct SharedPoolTests {
  @Test func `devices with the same number of threads share them`() {
    let (one, other, third) = (CPUDevice(threads: 3), CPUDevice(threads: 3), CPUDevice(threads: 2))
    #expect(one.pool === other.pool && one.pool !== third.pool)
  }

  @Test func `threads end with their last user`() {
    weak var pool: ThreadPool?
    do {
      let device = CPUDevice(threads: 61)
      pool = device.pool
      #expect(pool === CPUDevice(threads: 61).pool)
    }
    #expect(pool == nil)
  }
}
