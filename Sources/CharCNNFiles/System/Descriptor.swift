/// Reading from and writing to open files.
package enum Descriptor {
  /// At most this much at once: macOS refuses 2 GiB and more.
  private static let largestPiece = 1 << 30

  /// Writes all bytes at the present place of an open file.
  ///
  /// - Returns: 0, or the system's error number.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, min(rest.count, largestPiece))
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      // A count of zero leaves no error number and would be tried for ever.
      guard count > 0 else { return ENOSPC }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return 0
  }

  /// Reads what has arrived, up to the size of `buffer`; waits while there is nothing.
  ///
  /// - Returns: The number of bytes; 0 at the end.
  package static func read(_ descriptor: Int32, into buffer: inout [UInt8]) throws(SystemError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      guard errno == EINTR else { throw .last }
    }
  }
}

/// The system's function, which the type's own hides.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}
