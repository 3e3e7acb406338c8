/// Which network a model has, with its settings. In JSON: `{"model": "gated", "settings": {…}}`.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum Architecture: Sendable, Hashable {
  /// Residual gated convolutions.
  case gated(GatedConfiguration)
  /// Gated convolutions of several widths and residual rounds over their maxima.
  case multikernel(MultikernelConfiguration)
  /// Windows of several widths and the maximum of each feature map (Kim 2014).
  case kim(KimConfiguration)
  /// Six convolutions over one-hot characters (Zhang 2015).
  case zhang(ZhangConfiguration)
  /// Very deep convolutions (Conneau 2017).
  case vdcnn(VDCNNConfiguration)

  /// The architecture's settings.
  public var configuration: any NetworkConfiguration {
    switch self {
    case .gated(let configuration): configuration
    case .multikernel(let configuration): configuration
    case .kim(let configuration): configuration
    case .zhang(let configuration): configuration
    case .vdcnn(let configuration): configuration
    }
  }

  /// Takes other settings, and with them their network.
  ///
  /// - Throws: ``ConfigurationError`` for settings of no network of this kind.
  public mutating func use(_ configuration: any NetworkConfiguration) throws(ConfigurationError) {
    switch configuration {
    case let configuration as GatedConfiguration: self = .gated(configuration)
    case let configuration as MultikernelConfiguration: self = .multikernel(configuration)
    case let configuration as KimConfiguration: self = .kim(configuration)
    case let configuration as ZhangConfiguration: self = .zhang(configuration)
    case let configuration as VDCNNConfiguration: self = .vdcnn(configuration)
    default:
      throw ConfigurationError(
        setting: "configuration", problem: "cannot be a \(type(of: configuration)): no architecture has such settings")
    }
  }

  /// Sets what comes from the data.
  ///
  /// - Parameters:
  ///   - alphabetSize: Characters, the unknown one included.
  ///   - classes: Outputs.
  public mutating func setSizes(alphabetSize: Int, classes: Int) {
    func sized<Configuration: NetworkConfiguration>(_ configuration: Configuration) -> Configuration {
      var sized = configuration
      sized.alphabetSize = alphabetSize
      sized.classes = classes
      return sized
    }
    switch self {
    case .gated(let configuration): self = .gated(sized(configuration))
    case .multikernel(let configuration): self = .multikernel(sized(configuration))
    case .kim(let configuration): self = .kim(sized(configuration))
    case .zhang(let configuration): self = .zhang(sized(configuration))
    case .vdcnn(let configuration): self = .vdcnn(sized(configuration))
    }
  }

  /// Name of the architecture in files.
  public var name: String {
    switch self {
    case .gated: "gated"
    case .multikernel: "gated-multikernel"
    case .kim: "kim"
    case .zhang: "zhang"
    case .vdcnn: "vdcnn"
    }
  }

  /// The network.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make one.
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork {
    switch self {
    case .gated(let configuration): try GatedNetwork(configuration)
    case .multikernel(let configuration): try MultikernelNetwork(configuration)
    case .kim(let configuration): try KimNetwork(configuration)
    case .zhang(let configuration): try ZhangNetwork(configuration)
    case .vdcnn(let configuration): try VDCNNNetwork(configuration)
    }
  }

  /// Changes one setting; see `Settings.set(_:to:)`.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ name: String, to value: String) throws(ConfigurationError) {
    var changed = configuration
    try changed.set(name, to: value)
    try use(changed)
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
    func settings<Configuration: NetworkConfiguration>(_ type: Configuration.Type) throws -> Configuration {
      try container.decode(type, forKey: .settings)
    }
    switch name {
    case "gated": self = .gated(try settings(GatedConfiguration.self))
    case "gated-multikernel": self = .multikernel(try settings(MultikernelConfiguration.self))
    case "kim": self = .kim(try settings(KimConfiguration.self))
    case "zhang": self = .zhang(try settings(ZhangConfiguration.self))
    case "vdcnn": self = .vdcnn(try settings(VDCNNConfiguration.self))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: container, debugDescription: "the model \"\(name)\" is unknown to this version")
    }
  }

  /// Writes the model's name and its settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .model)
    func write(_ configuration: some NetworkConfiguration) throws {
      try container.encode(configuration, forKey: .settings)
    }
    try write(configuration)
  }
}
