public import CharCNNNetworks
import CharCNNText

/// How the data of a run are prepared. Every setting can be changed by name (`charcnn train --set minimumCount=1`).
public struct DataSettings: Settings {
  /// Part of the training data that is split off for validation when no validation file is given.
  public var validationFraction = 0.1
  /// Least number of occurrences in the training data for a character to enter the alphabet.
  public var minimumCount = 2
  /// Most characters in the alphabet.
  public var maximumAlphabet = 16_384
  /// Part of the training texts that are cut to a random run of words, others in each epoch, for a model that is to judge
  /// short texts too; nil (`none`) for none.
  public var cuts: Float?
  /// Part of the characters of the training texts to which something happens at most (`CharacterNoise`): each text gets a rate between
  /// 0 and this one, another in each epoch, for a model that is to bear mistakes of writing; nil (`none`) for none.
  public var noise: Float?

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<DataSettings>] = [
    SettingKey("validationFraction", \.validationFraction),
    SettingKey("minimumCount", \.minimumCount),
    SettingKey("maximumAlphabet", \.maximumAlphabet),
    SettingKey("cuts", \.cuts),
    SettingKey("noise", \.noise),
  ]

  /// The default settings.
  public init() {}

  /// Checks that the settings leave data to learn from.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    func check(_ condition: Bool, _ setting: String, _ problem: String) throws(ConfigurationError) {
      if !condition { throw ConfigurationError(setting: setting, problem: problem) }
    }
    try check(
      validationFraction > 0 && validationFraction < 1, "validationFraction",
      "must be above 0 and below 1, not \(validationFraction)")
    if let cuts { try check(cuts > 0 && cuts <= 1, "cuts", "must be above 0 and at most 1, or none, not \(cuts)") }
    if let noise {
      try check(noise > 0 && noise <= 1, "noise", "must be above 0 and at most 1, or none, not \(noise)")
    }
    try check(minimumCount >= 1, "minimumCount", "must be at least 1, not \(minimumCount)")
    try check(
      (1...1_000_000).contains(maximumAlphabet), "maximumAlphabet", "must be 1 to 1000000, not \(maximumAlphabet)")
  }
}
