import CharCNNText
import Testing

@Suite struct SynonymReplacementTests {
  /// SplitMix64, so that the tests are the same everywhere.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  private let thesaurus = Thesaurus([("a", ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"]), ("big", ["large"])])

  @Test func `the number of words and the rank are geometric with a half`() {
    let replacement = SynonymReplacement(thesaurus: thesaurus)
    var generator = Generator(state: 11)
    let text = Array(repeating: "a", count: 20).joined(separator: " ")
    var words = [Int](repeating: 0, count: 21)
    var ranks = [Int](repeating: 0, count: 8)
    for _ in 0..<8_000 {
      let result = replacement.replacing(in: text, using: &generator).split(separator: " ")
      #expect(result.count == 20)
      words[result.count { $0 != "a" }] += 1
      for word in result where word != "a" { ranks[Int(word.dropFirst()) ?? 0] += 1 }
    }
    let replaced = ranks.reduce(0, +)
    for (count, times) in words.prefix(5).enumerated() {
      #expect(abs(Double(times) / 8_000 - 0.5 / Double(1 << count)) < 0.025, "\(count) words: \(times)")
    }
    for (rank, times) in ranks.prefix(5).enumerated() {
      #expect(abs(Double(times) / Double(replaced) - 0.5 / Double(1 << rank)) < 0.025, "rank \(rank): \(times)")
    }
  }

  @Test func `every word is as likely to be replaced`() {
    let replacement = SynonymReplacement(thesaurus: thesaurus)
    var generator = Generator(state: 5)
    var times = [0, 0, 0, 0]
    for _ in 0..<4_000 {
      let words = replacement.replacing(in: "a a a a", using: &generator).split(separator: " ")
      for (place, word) in words.enumerated() where word != "a" { times[place] += 1 }
    }
    let mean = Double(times.reduce(0, +)) / 4
    #expect(times.allSatisfy { abs(Double($0) - mean) < 0.12 * mean }, "\(times)")
  }

  @Test func `only words change and keep their case and what is around them`() throws {
    let replacement = try SynonymReplacement(thesaurus: Thesaurus([("big", ["large"])]), wordChance: 0.999)
    var generator = Generator(state: 3)
    let result = replacement.replacing(in: "  Big, bigger;BIG\tbig-1 你big. ", using: &generator)
    #expect(result == "  Large, bigger;LARGE\tlarge-1 你big. ")
  }

  @Test func `texts without known words and empty texts stay`() throws {
    let replacement = try SynonymReplacement(thesaurus: thesaurus, wordChance: 0.9)
    var generator = Generator(state: 1)
    for text in ["", "nothing here", "123 !?"] {
      #expect(replacement.replacing(in: text, using: &generator) == text)
    }
  }

  @Test func `the same numbers give the same text`() {
    let replacement = SynonymReplacement(thesaurus: thesaurus)
    for seed in 0..<20 as Range<UInt64> {
      var first = Generator(state: seed)
      var second = Generator(state: seed)
      #expect(
        replacement.replacing(in: "a big a", using: &first) == replacement.replacing(in: "a big a", using: &second))
    }
  }
}
