import Synchronization

/// How a training learns that somebody wants it to end.
struct Cancellation: Sendable {
  /// Whether it is to end with the best model so far, once that is measured; asked before each step.
  let isStopped: @Sendable () -> Bool
  /// Whether nobody waits for it any more, so that it ends at once, with what it has.
  let isAbandoned: @Sendable () -> Bool

  /// - Parameters:
  ///   - isStopped: Whether to end with the best model so far.
  ///   - isAbandoned: Whether to end at once; as a rule, whether the task that calls was cancelled.
  init(
    isStopped: @escaping @Sendable () -> Bool = { false },
    isAbandoned: @escaping @Sendable () -> Bool = { Task.isCancelled }
  ) {
    self.isStopped = isStopped
    self.isAbandoned = isAbandoned
  }

  /// Throws where nobody waits any more: while files are read there is nothing to keep.
  func checkWhileReading() throws {
    if isAbandoned() { throw CancellationError() }
  }
}

/// Set once, from any thread.
final class CancellationFlag: Sendable {
  private let flag = Atomic(false)

  /// Whether it was set.
  var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Sets it.
  func set() { flag.store(true, ordering: .relaxed) }
}
