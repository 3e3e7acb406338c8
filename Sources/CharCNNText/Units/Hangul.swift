/// The arithmetic of Hangul syllables (The Unicode Standard, section 3.12).
enum Hangul {
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  private static let leadBase: UInt32 = 0x1100
  private static let vowelBase: UInt32 = 0x1161
  private static let tailBase: UInt32 = 0x11A7
  private static let leadCount: UInt32 = 19
  private static let vowelCount: UInt32 = 21
  private static let tailCount: UInt32 = 28

  /// Whether a scalar is a vowel or tail that composes with what stands before it.
  static func joins(_ value: UInt32) -> Bool {
    (vowelBase..<vowelBase + vowelCount).contains(value) || (tailBase + 1..<tailBase + tailCount).contains(value)
  }

  /// Hands the two or three parts of a syllable to `body`.
  static func decompose(_ syllable: UInt32, _ body: (UInt32) -> Void) {
    let index = syllable - syllables.lowerBound
    body(leadBase + index / (vowelCount * tailCount))
    body(vowelBase + index % (vowelCount * tailCount) / tailCount)
    let tail = index % tailCount
    if tail != 0 { body(tailBase + tail) }
  }

  /// The syllable of a lead and a vowel, or of an open syllable and a tail.
  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= leadBase, first < leadBase + leadCount, second >= vowelBase, second < vowelBase + vowelCount {
      return syllables.lowerBound + ((first - leadBase) * vowelCount + second - vowelBase) * tailCount
    }
    if syllables.contains(first), (first - syllables.lowerBound) % tailCount == 0, second > tailBase,
      second < tailBase + tailCount
    {
      return first + second - tailBase
    }
    return nil
  }
}
