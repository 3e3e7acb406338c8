public import CharCNNNetworks

/// The settings of a training and of the preparation of its data. Files have both in one object.
public struct RunSettings: Settings {
  /// How parameters are trained.
  public var training: TrainingSettings
  /// How the data are prepared.
  public var data: DataSettings

  /// Every setting by its name, in the order in which they have always been listed.
  public static let settingKeys: [SettingKey<RunSettings>] = {
    let data = DataSettings.settingKeys.map { $0.within(\RunSettings.data) }
    let last = ["cuts", "noise"]
    var keys = TrainingSettings.settingKeys.map { $0.within(\RunSettings.training) }
    keys += data.filter { !last.contains($0.name) }
    return keys + data.filter { last.contains($0.name) }
  }()

  /// Settings; the defaults suit a classifier.
  public init(training: TrainingSettings = TrainingSettings(), data: DataSettings = DataSettings()) {
    self.training = training
    self.data = data
  }

  /// Reads both from one object.
  public init(from decoder: any Decoder) throws {
    training = try TrainingSettings(from: decoder)
    data = try DataSettings(from: decoder)
  }

  /// Writes both into one object.
  public func encode(to encoder: any Encoder) throws {
    try training.encode(to: encoder)
    try data.encode(to: encoder)
  }

  /// Checks that the settings make a run.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    try training.validate()
    try data.validate()
  }
}
