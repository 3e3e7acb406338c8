public import CharCNNNetworks

/// How texts are cut for pre-training on context: a window of a text is read, and words are drawn from what stands around it.
public struct ContextSettings: Settings {
  /// Characters of a window; at most half of a text.
  public var window = 256
  /// Characters before and behind a window that words are drawn from.
  public var reach = 2_048
  /// Words that are drawn for a window, each time it is met.
  public var draws = 16
  /// Words that are told apart: the most frequent ones.
  public var vocabulary = 4_096
  /// Share of the text above which a word is drawn less often than it occurs, by the square root of the ratio (Mikolov 2013,
  /// "Distributed Representations of Words and Phrases"): "the" says little.
  public var common: Float = 0.001

  /// The default settings.
  public init() {}

  /// Checks that the settings make examples.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    func check(_ value: Int, _ range: ClosedRange<Int>, _ setting: String) throws(ConfigurationError) {
      guard range.contains(value) else {
        throw ConfigurationError(
          setting: setting, problem: "must be \(range.lowerBound) to \(range.upperBound), not \(value)")
      }
    }
    try check(window, 8...1 << 16, "window")
    try check(reach, 8...1 << 20, "reach")
    try check(draws, 1...256, "draws")
    try check(vocabulary, 2...1 << 17, "vocabulary")
    guard common > 0, common <= 1 else {
      throw ConfigurationError(setting: "common", problem: "must be above 0 and at most 1, not \(common)")
    }
  }
}
