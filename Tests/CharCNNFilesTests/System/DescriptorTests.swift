import CharCNNFiles
import Foundation
import Synchronization
import Testing

@Suite struct DescriptorTests {
  /// What a thread's writing came to.
  private final class Written: Sendable {
    let code = Mutex<Int32?>(nil)
  }

  @Test func `all bytes arrive, also where the system takes a part at a time`() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (reader, writer) = (ends[0], ends[1])
    // More than a pipe holds.
    let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    // On a thread of its own: the reader waits for it, and tasks have no more threads than the machine has cores.
    let written = Written()
    let thread = Thread { [sent] in
      let result = sent.withUnsafeBytes { Descriptor.writeAll($0, to: writer) }
      written.code.withLock { $0 = result }
      close(writer)
    }
    thread.start()
    var received: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4_096)
    while case let count = read(reader, &piece, piece.count), count > 0 { received += piece[..<count] }
    close(reader)
    #expect(written.code.withLock { $0 } == 0)
    #expect(received == sent)
  }

  @Test func `an error has the system's number`() {
    #expect([1, 2].withUnsafeBytes { Descriptor.writeAll($0, to: -1) } == EBADF)
  }
}
