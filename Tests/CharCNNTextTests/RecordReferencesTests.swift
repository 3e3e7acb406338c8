import CharCNNText
import Testing

@Suite struct RecordReferencesTests {
  /// The records of a source of three files: the first larger than 8 GB, the second with one record, the third one small.
  private static let records: [RecordReference] = {
    var records: [RecordReference] = []
    for number in 0..<1_000 {
      records.append(
        RecordReference(
          byteOffset: 11 + UInt64(number) * 9_000_000, byteCount: UInt32(number), line: Int32(number + 2), fileIndex: 0)
      )
    }
    records.append(RecordReference(byteOffset: 0, byteCount: .max, line: 1, fileIndex: 1))
    for number in 0..<100 {
      records.append(
        RecordReference(byteOffset: UInt64(number) * 20, byteCount: 19, line: Int32(number + 1), fileIndex: 2))
    }
    return records
  }()

  @Test(arguments: [0, 1_101, 5_000]) func `references come back as they were`(expected: Int) {
    var references = RecordReferences(expecting: expected)
    for record in Self.records { references.append(record) }
    #expect(references.count == Self.records.count)
    #expect(Self.records.indices.map { references[$0] } == Self.records)
  }

  @Test func `references in any order come back as they were`() {
    var references = RecordReferences()
    for record in Self.records.reversed() { references.append(record) }
    #expect(Self.records.indices.map { references[$0] } == Self.records.reversed())
  }

  @Test func `the ends of what the numbers hold come back`() {
    let extremes = [
      RecordReference(byteOffset: .max, byteCount: .max, line: .max, fileIndex: .max),
      RecordReference(byteOffset: 0, byteCount: 0, line: 0, fileIndex: .max),
      RecordReference(byteOffset: UInt64(UInt32.max), byteCount: 1, line: 1, fileIndex: .max),
      RecordReference(byteOffset: UInt64(UInt32.max) + 1, byteCount: 1, line: 1, fileIndex: .max),
    ]
    var references = RecordReferences()
    for record in extremes { references.append(record) }
    #expect(extremes.indices.map { references[$0] } == extremes)
  }
}
