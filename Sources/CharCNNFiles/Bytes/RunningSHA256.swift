/// A SHA-256 digest of bytes that come one piece after another.
package struct RunningSHA256 {
  private var state = SHA256.initialState
  private var pending: [UInt8] = []
  private var count = 0

  /// Bytes that are gathered before they are worked in.
  private static let piece = 1 << 14

  /// The digest of no bytes yet.
  package init() {}

  /// Adds text in UTF-8, and its length before it, so that the parts of two texts cannot be told otherwise.
  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { add($0) }
      add(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Adds bytes as they are.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    count += bytes.count
    pending.append(contentsOf: bytes)
    guard pending.count >= Self.piece else { return }
    let whole = pending.count / 64 * 64
    pending.withUnsafeBytes { SHA256.compress(&state, UnsafeRawBufferPointer(rebasing: $0[..<whole])) }
    pending.removeFirst(whole)
  }

  /// The digest of all bytes so far as 64 lower-case hexadecimal digits.
  package var hexDigest: String {
    var state = state
    let whole = pending.count / 64 * 64
    return pending.withUnsafeBytes { bytes in
      SHA256.compress(&state, UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
      return SHA256.hexDigest(state, rest: UnsafeRawBufferPointer(rebasing: bytes[whole...]), count: count)
    }
  }
}
