#if Server
internal import CharCNNCompute

/// How many connections are open.
package final class ConnectionCount: Sendable {
  private let count = Guarded(0)

  /// None.
  package init() {}

  /// Connections that are open now.
  package var now: Int { count.withLock { $0 } }

  func opened() { count.withLock { $0 += 1 } }

  func closed() { count.withLock { $0 -= 1 } }
}
#endif
