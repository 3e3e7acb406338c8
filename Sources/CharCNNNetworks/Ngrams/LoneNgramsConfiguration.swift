/// Settings of n-grams without a network beside them: those of the n-grams are in ``NgramConfiguration``.
public struct LoneNgramsConfiguration: NetworkConfiguration {
  /// Characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of classes.
  public var classes = 0

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<LoneNgramsConfiguration>] = [
    SettingKey("alphabetSize", \.alphabetSize),
    SettingKey("classes", \.classes),
  ]

  /// The sizes come from the data.
  public init() {}

  public func validate() throws(ConfigurationError) { try validateSizes() }
}

extension LoneNgramsConfiguration: TextNetworkConfiguration {
  public static var architectureName: String { "ngrams" }
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork {
    try validate()
    return LoneNgrams(classes: classes)
  }
}

extension Architecture {
  /// No network: the n-grams of a text alone tell its class. Their weights are solved, or learn in steps; see ``NgramConfiguration``.
  public static var ngrams: Architecture { Architecture(LoneNgramsConfiguration()) }

  /// Whether there is a network; false for ``ngrams``.
  public var hasNetwork: Bool { !(configuration is LoneNgramsConfiguration) }
}
