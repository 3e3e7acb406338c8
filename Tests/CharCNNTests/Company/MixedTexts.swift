import CharCNNToolkit

/// Texts of all kinds and lengths, in an order without a rule.
enum MixedTexts {
  private static let words = [
    "plum", "iron", "danube", "the", "old", "cat", "sees", "river", "张三", "看见", "李四海", "王五去", "🙂", "👩‍👩‍👧", "e\u{301}a",
    "x1",
    "...", "ＡＢＣ", "ﬁ", "house,", "stone", "Ünder", "語", "안녕", "\u{0}", "a\u{200D}b", "tin", "volga", "12:30", "lamp",
  ]
  /// Numbers of words: none, one and few are frequent; the longest are beyond every limit of the small models.
  private static let lengths = [0, 1, 1, 2, 3, 3, 5, 8, 8, 13, 21, 34, 55, 90]

  /// `count` texts.
  static func texts(_ count: Int, seed: UInt64 = 5) -> [String] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { number in
      if number % 97 == 3 { return String("aüb张🙂"[...].randomly(stream.below(5)) ?? "z") }
      if number % 53 == 7 { return String(repeating: " \t", count: stream.below(4)) }
      let length = lengths[stream.below(lengths.count)]
      return (0..<length).map { _ in words[stream.below(words.count)] }.joined(
        separator: stream.below(6) == 0 ? "" : " ")
    }
  }
}

extension Substring {
  /// The character at a place; nil beyond the end.
  fileprivate func randomly(_ place: Int) -> Character? { dropFirst(place).first }
}
