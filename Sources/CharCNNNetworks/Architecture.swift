/// Which network a classifier has, with its settings. In JSON: `{"model": "gated", "settings": {…}}`.
///
/// ```swift
/// options.architecture = .kim(KimConfiguration())
/// options.architecture = Architecture(BagConfiguration())  // a network of your own
/// ```
public struct Architecture: Sendable, Hashable {
  /// The architecture's settings, which know how to make its network.
  public private(set) var configuration: any TextNetworkConfiguration

  /// The network of these settings. Those of a network that is defined outside of the library are made known first, with
  /// `register(_:)`, so that its models can be opened.
  public init(_ configuration: any TextNetworkConfiguration) { self.configuration = configuration }

  /// Residual gated convolutions.
  public static func gated(_ configuration: GatedConfiguration) -> Architecture { Architecture(configuration) }
  /// Gated convolutions of several widths and residual rounds over their maxima.
  public static func multikernel(_ configuration: MultikernelConfiguration) -> Architecture {
    Architecture(configuration)
  }
  /// Windows of several widths and the maximum of each feature map (Kim 2014).
  public static func kim(_ configuration: KimConfiguration) -> Architecture { Architecture(configuration) }
  /// Six convolutions over one-hot characters (Zhang 2015).
  public static func zhang(_ configuration: ZhangConfiguration) -> Architecture { Architecture(configuration) }
  /// Very deep convolutions (Conneau 2017).
  public static func vdcnn(_ configuration: VDCNNConfiguration) -> Architecture { Architecture(configuration) }

  /// Whether both are the same network with the same settings.
  public static func == (first: Architecture, second: Architecture) -> Bool {
    first.configuration.asHashable == second.configuration.asHashable
  }

  /// Hashes the settings.
  public func hash(into hasher: inout Hasher) { hasher.combine(configuration.asHashable) }

  /// Takes other settings, and with them their network.
  ///
  /// - Throws: ``ConfigurationError`` for settings of no network of this kind.
  public mutating func use(_ configuration: any NetworkConfiguration) throws(ConfigurationError) {
    guard let configuration = configuration as? any TextNetworkConfiguration else {
      throw ConfigurationError(
        setting: "configuration", problem: "cannot be a \(type(of: configuration)): no architecture has such settings")
    }
    self.configuration = configuration
  }

  /// Sets what comes from the data.
  ///
  /// - Parameters:
  ///   - alphabetSize: Characters, the unknown one included.
  ///   - classes: Outputs.
  public mutating func setSizes(alphabetSize: Int, classes: Int) {
    configuration.alphabetSize = alphabetSize
    configuration.classes = classes
  }

  /// Name of the architecture in files.
  public var name: String { type(of: configuration).architectureName }

  /// The network.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make one.
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork { try configuration.makeNetwork() }

  /// Changes one setting; see `Settings.set(_:to:)`.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ name: String, to value: String) throws(ConfigurationError) {
    try configuration.set(name, to: value)
  }
}

extension Architecture: Codable {
  private enum CodingKeys: String, CodingKey {
    case model
    case settings
  }

  /// Reads the model's name and its settings.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .model)
    guard let type = Self.configuration(named: name) else {
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: container, debugDescription: "the model \"\(name)\" is unknown to this version")
    }
    func settings<Configuration: TextNetworkConfiguration>(_ type: Configuration.Type) throws -> Configuration {
      try container.decode(type, forKey: .settings)
    }
    configuration = try settings(type)
  }

  /// Writes the model's name and its settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .model)
    try configuration.encode(to: container.superEncoder(forKey: .settings))
  }
}
