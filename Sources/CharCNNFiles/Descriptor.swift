/// Writing to open files.
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
}
