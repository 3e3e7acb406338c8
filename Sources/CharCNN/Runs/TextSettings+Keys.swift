public import CharCNNNetworks
public import CharCNNText

extension TextSettings: Settings {
  /// Every setting by its name. A length is at least one character.
  public static let settingKeys: [SettingKey<TextSettings>] = [
    SettingKey("normalization", \.normalization),
    SettingKey("foldsCase", \.foldsCase),
    SettingKey("dropsInvisible", \.dropsInvisible),
    SettingKey("unit", \.unit),
    SettingKey("maximumLength", \.maximumLength) { $0 > 0 },
    SettingKey("chunkLength", \.chunkLength) { $0.map { $0 > 0 } ?? true },
  ]
}

extension UnicodeNormalization: SettingValue {}
extension CharacterUnit: SettingValue {}
