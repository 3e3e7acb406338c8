import CharCNNText
import Testing

/// Parts that keep units together and labels in proportion.
@Suite struct GroupedSplitTests {
  private func counts(_ parts: [UInt8], _ labels: [Int32], part: UInt8) -> [Int32: Int] {
    zip(parts, labels).reduce(into: [:]) { if $1.0 == part { $0[$1.1, default: 0] += 1 } }
  }

  @Test func `single records are shared out exactly, and another seed gives others`() {
    let labels = (0..<10_000).map { Int32($0 % 7 == 0 ? 0 : $0 % 3) }
    let units = labels.indices.map { Int32($0) }
    let parts = groupedSplit(labels: labels, units: units, shares: [0.8, 0.1, 0.1], seed: 1)
    for label in 0..<3 as Range<Int32> {
      let all = labels.count { $0 == label }
      for (part, share) in [(0, 0.8), (1, 0.1), (2, 0.1)] as [(UInt8, Double)] {
        let own = Double(counts(parts, labels, part: part)[label] ?? 0)
        #expect(abs(own - share * Double(all)) <= 1, "\(label) \(part)")
      }
    }
    #expect(parts == groupedSplit(labels: labels, units: units, shares: [0.8, 0.1, 0.1], seed: 1))
    let others = groupedSplit(labels: labels, units: units, shares: [0.8, 0.1, 0.1], seed: 2)
    #expect(parts != others && counts(parts, labels, part: 1) == counts(others, labels, part: 1))
  }

  @Test func `units are never torn apart, and the mixture holds as far as it can`() {
    let labels = (0..<6_000).map { Int32($0 / 10 % 4) }
    let units = (0..<6_000).map { Int32($0 / 10 * 10) }
    let parts = groupedSplit(labels: labels, units: units, shares: [9, 1], seed: 3)
    for start in stride(from: 0, to: 6_000, by: 10) { #expect(Set(parts[start..<start + 10]).count == 1) }
    for label in 0..<4 as Range<Int32> { #expect(abs((counts(parts, labels, part: 1)[label] ?? 0) - 150) <= 10) }
  }

  @Test func `many labels of few records give their share in all, and none is missing where it is learned`() {
    let labels = (0..<385).map { Int32($0 / 5) }
    let parts = groupedSplit(labels: labels, units: labels.indices.map { Int32($0) }, shares: [0.9, 0.1], seed: 1)
    #expect(abs(parts.count { $0 == 1 } - 39) <= 1)
    #expect(counts(parts, labels, part: 0).count == 77)
    let single = groupedSplit(labels: [5], units: [0], shares: [0.5, 0.5], seed: 1)
    #expect(single == [0])
    #expect(groupedSplit(labels: [], units: [], shares: [0.5, 0.5], seed: 1).isEmpty)
  }

  @Test func `examples are split so that copies stay together and every text is in one part`() throws {
    let texts = (0..<3_000).map { number in
      LabeledText("text \(AuditTests.text(number % 2_500))" + (number % 2 == 0 ? "" : " !"), label: "\(number % 5)")
    }
    let parts = try Examples(texts).split([0.7, 0.2, 0.1])
    var seen: [[String]] = []
    for part in parts {
      var own: [String] = []
      try part.forEachText { example, _, _ in own.append(example.text) }
      seen.append(own)
    }
    #expect(seen.flatMap { $0 }.sorted() == texts.map(\.text).sorted())
    let plain = seen.map { Set($0.map { $0.replacing(" !", with: "") }) }
    #expect(plain[0].isDisjoint(with: plain[1]) && plain[1].isDisjoint(with: plain[2]))
    let grouped = try Examples(texts).split([0.5, 0.5], together: nil, group: { String($0.text.suffix(1)) })
    var ends: [Set<String>] = []
    for part in grouped {
      var own: Set<String> = []
      try part.forEachText { example, _, _ in own.insert(String(example.text.suffix(1))) }
      ends.append(own)
    }
    #expect(ends[0].isDisjoint(with: ends[1]))
    #expect(throws: ValueError.self) { try Examples(texts).split([0, -1]) }
  }
}
