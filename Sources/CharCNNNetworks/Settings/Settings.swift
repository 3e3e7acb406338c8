/// Settings of a network or of its training: a plain value with a default for everything, stored with the model.
public protocol Settings: Codable, Sendable, Hashable {
  /// Every setting, in the order in which they are listed.
  static var settingKeys: [SettingKey<Self>] { get }
}

extension Settings {
  /// Names of all settings, in the order in which they are listed.
  public var settingNames: [String] { Self.settingKeys.map(\.name) }

  /// Changes one setting from text: a number, true or false, a name, a list (`2,3,4`) or `none`.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ name: String, to text: String) throws(ConfigurationError) {
    guard let key = Self.settingKeys.first(where: { $0.name == name }) else {
      throw ConfigurationError(
        setting: name,
        problem: "is no setting",
        advice: "\(Spelling.question(name, settingNames))there are \(settingNames.joined(separator: ", "))")
    }
    guard key.change(&self, text) else {
      let choices = key.choices.map { "it can be \($0.joined(separator: ", ")), and" } ?? "it"
      throw ConfigurationError(setting: name, problem: "cannot be \"\(text)\"; \(choices) is \(key.text(self)) now")
    }
  }

  /// A setting as text: a number, a name, a comma-separated list or `none`.
  public func value(of name: String) -> String {
    Self.settingKeys.first { $0.name == name }?.text(self) ?? "unset"
  }

  /// Writes every setting under its name, wherever it lies; those that are none are left out.
  package func encodeSettings(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SettingName.self)
    for key in Self.settingKeys { try key.encode(self, &container) }
  }

  /// Reads every setting from under its name.
  package mutating func decodeSettings(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SettingName.self)
    for key in Self.settingKeys { try key.decode(&self, container) }
  }
}

extension Settings {
  /// Takes over what somebody changed in other settings of the kind.
  ///
  /// - Parameters:
  ///   - changed: The settings with the changes.
  ///   - defaults: What they were before.
  package mutating func keepChanges(of changed: Self, from defaults: Self) {
    for key in Self.settingKeys {
      let text = key.text(changed)
      if text != key.text(defaults) { _ = key.change(&self, text) }
    }
  }
}
