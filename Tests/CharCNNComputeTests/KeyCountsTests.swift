import CharCNNCompute
import Testing

/// Counting in how many texts keys occur.
@Suite struct KeyCountsTests {
  /// Distinct keys that are spread over all 64 bits.
  private func key(_ number: Int) -> UInt64 { UInt64(number + 1) &* 0x9e37_79b9_7f4a_7c15 }

  @Test func `a key counts once a text, however long the text is`() {
    var counts = KeyCounts()
    let long = (0..<30_000).map { key($0 % 10_000) }
    counts.add(long)
    counts.add([key(3), key(3), key(20_000)])
    counts.add([])
    counts.add(long.reversed())
    let entries = counts.entries(atLeast: 1)
    #expect(counts.texts == 4 && entries.count == 10_001)
    #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.key < $1.key })
    let found = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.texts) })
    #expect(found[key(3)] == 3 && found[key(4)] == 2 && found[key(20_000)] == 1)
    #expect(counts.entries(atLeast: 3).map(\.key) == [key(3)])
  }

  @Test func `where there are too many keys, those of the fewest texts go`() {
    var counts = KeyCounts(most: 1 << 15)
    let frequent = (0..<5_000).map(key)
    for text in 0..<40 { counts.add(frequent + (0..<4_000).map { key(10_000 + 4_000 * text + $0) }) }
    let entries = counts.entries(atLeast: 1)
    #expect(entries.count <= 1 << 15)
    #expect(Set(counts.entries(atLeast: 40).map(\.key)) == Set(frequent))
  }
}
