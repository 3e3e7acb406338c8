/// Where many records stand in their source: what ``RecordReference`` says in half the memory, since the records of a file
/// follow one another.
package struct RecordReferences: Sendable {
  /// A record, by its offset from where its stretch begins.
  private struct Place {
    var offset: UInt32
    var byteCount: UInt32
    var line: Int32
  }

  /// Records of one file that begin within 4 GB.
  private struct Stretch {
    var firstRecord: Int
    var byteOffset: UInt64
    var fileIndex: Int32
  }

  private var places: [Place] = []
  private var stretches: [Stretch] = []

  /// No records.
  ///
  /// - Parameter expected: How many will come: their memory is taken at once instead of growing by copies.
  package init(expecting expected: Int = 0) { places.reserveCapacity(expected) }

  /// Number of records.
  package var count: Int { places.count }

  /// Adds a record. It takes little memory where it stands behind the one before in the same file.
  package mutating func append(_ reference: RecordReference) {
    places.append(
      Place(offset: offsetInStretch(of: reference), byteCount: reference.byteCount, line: reference.line))
  }

  /// The offset from the last stretch, or 0 in a new one.
  private mutating func offsetInStretch(of reference: RecordReference) -> UInt32 {
    if let last = stretches.last, last.fileIndex == reference.fileIndex, reference.byteOffset >= last.byteOffset,
      let offset = UInt32(exactly: reference.byteOffset - last.byteOffset)
    {
      return offset
    }
    stretches.append(Stretch(firstRecord: count, byteOffset: reference.byteOffset, fileIndex: reference.fileIndex))
    return 0
  }

  /// A record, by its number from 0.
  package subscript(record: Int) -> RecordReference {
    let place = places[record]
    let stretch = stretches[stretch(of: record)]
    return RecordReference(
      byteOffset: stretch.byteOffset + UInt64(place.offset), byteCount: place.byteCount, line: place.line,
      fileIndex: stretch.fileIndex)
  }

  /// The last stretch that begins at the record or before it.
  private func stretch(of record: Int) -> Int {
    var (low, high) = (0, stretches.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if stretches[middle].firstRecord <= record { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
