internal import Foundation

/// A value that one thread uses at a time. In place of `Synchronization.Mutex`: where two threads meet, that takes its lock
/// inside a library which the thread sanitizer cannot watch on Linux, and every such meeting is reported as a race.
///
/// `@unchecked Sendable`: the value is touched only while the lock is held.
package final class Guarded<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  package init(_ value: sending Value) { self.value = value }

  /// Runs `body` while no other thread has the value. Not to be entered again from within.
  package func withLock<R>(_ body: (inout Value) throws -> R) rethrows -> R {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
