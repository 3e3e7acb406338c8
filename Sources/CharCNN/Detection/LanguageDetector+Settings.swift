public import CharCNNNetworks

extension LanguageDetector {
  /// When a detector says that it does not know, and how it cuts a text into languages.
  public struct Settings: CharCNNNetworks.Settings {
    /// Probability below which the answer is "unknown", 0 to 1. The varieties of a language (`pt-BR` and `pt-PT`: the same before the
    /// first hyphen) count together, since a text that could be either is not unknown.
    public var minimumProbability = 0.5
    /// Part of a text's letters that the model must know, 0 to 1; a text with fewer is unknown, as is one without letters.
    public var minimumKnownShare = 0.5
    /// Nats of evidence that it takes to begin another language within a text.
    public var switchCost = 8.0

    /// Every setting by its name.
    public static let settingKeys: [SettingKey<Settings>] = [
      SettingKey("minimumProbability", \.minimumProbability),
      SettingKey("minimumKnownShare", \.minimumKnownShare),
      SettingKey("switchCost", \.switchCost),
    ]

    /// The default settings.
    public init() {}

    /// Checks the settings.
    ///
    /// - Throws: ``ConfigurationError`` that names the setting.
    public func validate() throws(ConfigurationError) {
      for (name, value) in [("minimumProbability", minimumProbability), ("minimumKnownShare", minimumKnownShare)]
      where !(0...1).contains(value) {
        throw ConfigurationError(setting: name, problem: "must be 0 to 1, not \(value)")
      }
      guard switchCost >= 0, switchCost <= 1_000 else {
        throw ConfigurationError(setting: "switchCost", problem: "must be 0 to 1000, not \(switchCost)")
      }
    }
  }
}
