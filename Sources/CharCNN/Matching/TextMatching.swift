/// What says of two texts how they relate: a ``TextMatcher``, or a stand-in for one in the tests of a program.
public protocol TextMatching: Sendable {
  /// How many pairs of texts relate, at once, which is faster than one after another.
  func matches(for pairs: [(first: String, second: String)]) -> [TextMatch]
}

extension TextMatching {
  /// How two texts, or parts of such, relate.
  public func match(_ first: some StringProtocol, _ second: some StringProtocol) -> TextMatch {
    matches(for: [(String(first), String(second))])[0]
  }

  /// How well two texts match; see ``TextMatch/score``.
  public func score(_ first: some StringProtocol, _ second: some StringProtocol) -> Double {
    match(first, second).score
  }
}

extension TextMatcher: TextMatching {}
