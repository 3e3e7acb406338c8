internal import CKernels
internal import CharCNNFiles
internal import Synchronization

/// Work that the pool cuts into items. Items run in any order and on any thread, so an item may write only what no
/// other item of the job touches.
package protocol PoolJob {
  /// Runs one item. `worker` is below the pool's thread count and never used by two running items at once.
  func run(item: Int, worker: Int)
}

extension PoolJob {
  /// Entry for the workers, which know a job as an address and a type.
  fileprivate static func run(at address: UnsafeRawPointer, item: Int, worker: Int) {
    address.assumingMemoryBound(to: Self.self).pointee.run(item: item, worker: worker)
  }
}

/// A fixed set of threads that share the items of one job at a time.
///
/// A job lives on the caller's stack, so running one allocates nothing. The caller works too and returns when every
/// item is done. A thread that finds the pool busy with another caller's job runs its own job alone.
package final class ThreadPool: Sendable {
  /// Number of threads that work on a job, the caller included.
  package let threadCount: Int
  private let shared: Shared

  /// - Parameter threadCount: At least 1; the pool starts one thread less, since the caller is one.
  package init(threadCount: Int) {
    precondition(threadCount >= 1, "a pool needs at least one thread")
    self.threadCount = threadCount
    shared = Shared()
    for worker in 1..<max(threadCount, 1) {
      shared.startWorker(worker)
    }
  }

  deinit { shared.stop() }

  /// The pools that are in use, by their number of threads.
  private static let inUse = Guarded<[Int: Weak]>([:])

  private struct Weak: Sendable {
    weak let pool: ThreadPool?
  }

  /// The pool of the process with this number of threads: those who compute share it, so that many open models have no
  /// more threads than one. Its threads end with its last user.
  package static func shared(threadCount: Int) -> ThreadPool {
    inUse.withLock { pools in
      if let pool = pools[threadCount]?.pool { return pool }
      let pool = ThreadPool(threadCount: threadCount)
      pools[threadCount] = Weak(pool: pool)
      return pool
    }
  }

  /// Does something whose jobs this thread runs alone, whatever their pool. What takes a millisecond or a few is not worth others' waiting for it,
  /// where these have work of their own.
  package static func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = ck_works_alone()
    ck_set_works_alone(1)
    defer { ck_set_works_alone(before) }
    return try body()
  }

  /// Runs all items of `job` and returns when they are done.
  package func run<Job: PoolJob>(_ job: Job, items: Int) {
    guard items > 1, threadCount > 1, items < Ticket.limit, ck_works_alone() == 0, shared.acquire() else {
      for item in 0..<items { job.run(item: item, worker: 0) }
      return
    }
    defer { shared.release() }
    withUnsafePointer(to: job) { address in
      shared.run(Job.self, at: UnsafeRawPointer(address), items: items)
    }
  }
}

/// The number of items of the current job and how many were handed out, in one word, so that a claim is one atomic
/// addition and a claim of a finished job is recognised by its own value.
///
/// Half of the workers take items from the front, the others from the back. Layers cut their rows alike, so a worker mostly
/// meets rows that it wrote itself and that its core still holds.
private struct Ticket {
  /// Items below which no count runs over into its neighbour, however many workers ask in vain.
  static let limit = 1 << 20
  private static let width: UInt64 = 21
  private static let mask: UInt64 = 1 << width - 1
  var bits: UInt64

  init(bits: UInt64) { self.bits = bits }
  init(items: Int) { bits = UInt64(items) << (2 * Self.width) }

  private var items: Int { Int(bits >> (2 * Self.width)) }
  private var takenFromBack: Int { Int(bits >> Self.width & Self.mask) }
  private var takenFromFront: Int { Int(bits & Self.mask) }

  /// Whether any item is left.
  var hasItems: Bool { takenFromFront + takenFromBack < items }

  /// What a worker adds to claim an item.
  static func claim(of worker: Int) -> UInt64 { worker.isMultiple(of: 2) ? 1 : 1 << width }

  /// The item that a worker got whose claim found this ticket.
  func item(for worker: Int) -> Int? {
    guard hasItems else { return nil }
    return worker.isMultiple(of: 2) ? takenFromFront : items - 1 - takenFromBack
  }
}

/// What the caller and the workers share. Unchecked: the job's address and type are written only while no item is
/// claimable and read only after a successful claim, which the ticket's release and acquire order.
private final class Shared: @unchecked Sendable {
  private let busy = Atomic<Bool>(false)
  private let ticket = Atomic<UInt64>(0)
  private let done = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wakeUp = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobAddress = UnsafeRawPointer(bitPattern: 1)!
  private var jobType: any PoolJob.Type = Idle.self

  /// Spins before a worker sleeps: some tens of microseconds, longer than the gap between two operations of a layer.
  private static let spins = 4_000

  private struct Idle: PoolJob {
    func run(item: Int, worker: Int) {}
  }

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wakeUp, nil)
  }

  deinit {
    pthread_cond_destroy(wakeUp)
    pthread_mutex_destroy(mutex)
    wakeUp.deallocate()
    mutex.deallocate()
  }

  func acquire() -> Bool {
    busy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  func release() { busy.store(false, ordering: .releasing) }

  func run(_ type: any PoolJob.Type, at address: UnsafeRawPointer, items: Int) {
    jobType = type
    jobAddress = address
    done.store(0, ordering: .relaxed)
    ticket.store(Ticket(items: items).bits, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(mutex)
      pthread_cond_broadcast(wakeUp)
      pthread_mutex_unlock(mutex)
    }
    while workOnce(worker: 0) {}
    var spins = 0
    while done.load(ordering: .acquiring) < items {
      spins += 1
      if spins < Self.spins { ck_spin_hint() } else { sched_yield() }
    }
  }

  /// Claims and runs one item; false where there is none.
  private func workOnce(worker: Int) -> Bool {
    guard Ticket(bits: ticket.load(ordering: .relaxed)).hasItems else { return false }
    let (claim, _) = ticket.wrappingAdd(Ticket.claim(of: worker), ordering: .acquiringAndReleasing)
    guard let item = Ticket(bits: claim).item(for: worker) else { return false }
    jobType.run(at: jobAddress, item: item, worker: worker)
    done.wrappingAdd(1, ordering: .acquiringAndReleasing)
    return true
  }

  private var hasWork: Bool { Ticket(bits: ticket.load(ordering: .sequentiallyConsistent)).hasItems }

  private func work(as worker: Int) {
    while true {
      var spins = 0
      while workOnce(worker: worker) {}
      while !hasWork && spins < Self.spins && !stopping.load(ordering: .relaxed) {
        ck_spin_hint()
        spins += 1
      }
      if stopping.load(ordering: .acquiring) { return }
      if hasWork { continue }
      pthread_mutex_lock(mutex)
      sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
      while !hasWork && !stopping.load(ordering: .acquiring) {
        pthread_cond_wait(wakeUp, mutex)
      }
      sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
      pthread_mutex_unlock(mutex)
    }
  }

  func startWorker(_ worker: Int) {
    let start = WorkerStart(shared: self, worker: worker)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // Kernels keep up to 200 kB on the stack, which is more than some systems give a thread (musl: 128 kB).
    pthread_attr_setstacksize(&attributes, 1 << 20)
    defer { pthread_attr_destroy(&attributes) }
    #if canImport(Darwin)
    var thread: pthread_t?
    #else
    var thread = pthread_t()
    #endif
    let retained = Unmanaged.passRetained(start)
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        #if canImport(Darwin)
        let raw = argument
        #else
        let raw = argument!
        #endif
        let start = Unmanaged<WorkerStart>.fromOpaque(raw).takeRetainedValue()
        start.shared.work(as: start.worker)
        return nil
      }, retained.toOpaque())
    // Without the thread the others share its items: slower, never wrong.
    if status != 0 { retained.release() }
  }

  func stop() {
    stopping.store(true, ordering: .releasing)
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(wakeUp)
    pthread_mutex_unlock(mutex)
  }
}

private final class WorkerStart {
  let shared: Shared
  let worker: Int

  init(shared: Shared, worker: Int) {
    self.shared = shared
    self.worker = worker
  }
}
