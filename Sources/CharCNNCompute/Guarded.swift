internal import CharCNNFiles

/// A value that one thread uses at a time. In place of `Synchronization.Mutex`: where two threads meet, that takes its lock
/// inside a library which the thread sanitizer cannot watch on Linux, and every such meeting is reported as a race. The lock
/// of the C library it knows.
///
/// `@unchecked Sendable`: the value is touched only while the lock is held.
package final class Guarded<Value>: @unchecked Sendable {
  /// At a fixed address, as the C library wants it.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var value: Value

  package init(_ value: sending Value) {
    self.value = value
    lock.initialize(to: pthread_mutex_t())
    precondition(pthread_mutex_init(lock, nil) == 0, "a lock is always to be had")
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Runs `body` while no other thread has the value. Not to be entered again from within.
  package func withLock<R>(_ body: (inout Value) throws -> R) rethrows -> R {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body(&value)
  }
}
