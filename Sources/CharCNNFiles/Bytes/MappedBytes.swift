/// Bytes that are read only: those of a file, mapped into memory, or a copy. Of a file, only the pages that are touched are
/// read.
///
/// A program that shortens the file in place while it is mapped makes reading what is gone fail with a signal. What takes
/// the place of the file by renaming leaves the mapping whole.
///
/// Unchecked Sendable: the memory is written before `init` returns, read-only from then on, and released by `deinit`,
/// when nobody can hold the object any more.
package final class MappedBytes: @unchecked Sendable {
  private let buffer: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Maps the first `count` bytes of an open regular file, which may be closed then.
  package init(mapping descriptor: Int32, count: Int) throws(SystemError) {
    // The system maps no empty range.
    guard count > 0 else {
      buffer = UnsafeRawBufferPointer(start: nil, count: 0)
      isMapped = false
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else { throw .last }
    buffer = UnsafeRawBufferPointer(start: start, count: count)
    isMapped = true
  }

  /// Maps all bytes of an open regular file, which may be closed then.
  package convenience init(mapping descriptor: Int32) throws(SystemError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    try self.init(mapping: descriptor, count: Int(status.st_size))
  }

  /// A copy of `bytes`.
  package init(copying bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    copy.copyBytes(from: bytes)
    buffer = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
    } else {
      buffer.deallocate()
    }
  }

  /// The size in bytes.
  package var count: Int { buffer.count }

  /// Calls `body` with the bytes, which are valid during the call only.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(buffer)
  }

  /// Tells that the bytes before an offset are not needed for now, so that a reading from beginning to end does not fill
  /// the memory with the file. They come back when they are looked at.
  package func release(upTo offset: Int) {
    let end = min(offset, buffer.count) & ~0xFFFF
    guard isMapped, end > 0 else { return }
    madvise(UnsafeMutableRawPointer(mutating: buffer.baseAddress), end, MADV_DONTNEED)
  }
}
