public import CharCNNNetworks

/// How a text is cut and hidden for a language model.
public struct LanguageSettings: Settings {
  /// Characters of an example.
  public var window = 512
  /// Part of the characters that is hidden, with the masked objective.
  public var maskRate: Float = 0.2
  /// Neighbouring characters that are hidden together.
  public var maskSpan = 3
  /// Characters of the longest n-grams that are counted and stand beside the network, with the causal objective; nil
  /// (`none`) for none.
  public var ngrams: Int?

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<LanguageSettings>] = [
    SettingKey("window", \.window),
    SettingKey("maskRate", \.maskRate),
    SettingKey("maskSpan", \.maskSpan),
    SettingKey("ngrams", \.ngrams),
  ]

  /// The default settings.
  public init() {}

  /// Checks that the settings make examples.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    guard (8...1 << 20).contains(window) else {
      throw ConfigurationError(setting: "window", problem: "must be 8 to \(1 << 20), not \(window)")
    }
    guard maskRate > 0, maskRate < 1 else {
      throw ConfigurationError(setting: "maskRate", problem: "must be above 0 and below 1, not \(maskRate)")
    }
    guard (1...window).contains(maskSpan) else {
      throw ConfigurationError(setting: "maskSpan", problem: "must be 1 to window (\(window)), not \(maskSpan)")
    }
    if let ngrams {
      guard CharacterNgrams.orders.contains(ngrams) else {
        throw ConfigurationError(setting: "ngrams", problem: "must be 2 to 8 or none, not \(ngrams)")
      }
    }
  }
}
