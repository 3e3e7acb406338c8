#if Server
internal import CharCNNCompute
internal import CharCNNFiles
internal import Dispatch

/// Writes lines on a thread of its own: a pipe that nobody reads holds up the log and no client.
package final class LogWriter: Sendable {
  /// Writes to standard error.
  package static let standardError = LogWriter(to: STDERR_FILENO)

  private struct State {
    var waiting: [UInt8] = []
    var dropped = 0
    /// A line that tells how many were lost, as the one who lost them words it.
    var notice: @Sendable (Int) -> String = { _ in "" }
    var isWriting = false

    /// Tells of what was lost, where it would stand.
    mutating func tellDropped() {
      guard dropped > 0 else { return }
      waiting += notice(dropped).utf8
      dropped = 0
    }
  }

  /// Bytes that wait at most; what comes then is lost.
  private let most: Int
  private let descriptor: Int32
  private let state = Guarded(State())
  private let queue = DispatchQueue(label: "log", qos: .utility)

  /// A writer.
  ///
  /// - Parameters:
  ///   - descriptor: Where it writes.
  ///   - most: Bytes that wait at most.
  package init(to descriptor: Int32, most: Int = 1 << 20) { (self.descriptor, self.most) = (descriptor, most) }

  /// Has a line written, unless too much waits.
  ///
  /// - Parameters:
  ///   - line: The line, with its end.
  ///   - notice: A line that tells how many were lost, should this be the last of them.
  package func write(_ line: String, notice: @escaping @Sendable (_ dropped: Int) -> String) {
    let begins = state.withLock { state in
      // A line that is longer than that alone is written too, where nothing else waits.
      guard state.waiting.isEmpty || state.waiting.count + line.utf8.count <= most else {
        state.dropped += 1
        state.notice = notice
        return false
      }
      state.tellDropped()
      state.waiting += line.utf8
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if begins { queue.async { self.writeAll() } }
  }

  private func writeAll() {
    while true {
      let bytes = state.withLock { state in
        state.tellDropped()
        defer { state.waiting = [] }
        if state.waiting.isEmpty { state.isWriting = false }
        return state.waiting
      }
      if bytes.isEmpty { return }
      // Whole lines, so that these do not mix with what others write.
      bytes.withUnsafeBytes { _ = Descriptor.writeAll($0, to: descriptor) }
    }
  }

  /// Waits until all is written, but not for ever: the process must end though nobody reads.
  ///
  /// - Parameter seconds: How long it waits at most.
  package func flush(seconds: Int = 1) {
    let isDone = DispatchSemaphore(value: 0)
    queue.async { isDone.signal() }
    _ = isDone.wait(timeout: .now() + .seconds(seconds))
  }
}
#endif
