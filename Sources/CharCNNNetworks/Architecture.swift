/// Which network a model has, with its settings. In JSON: `{"model": "gated", "settings": {…}}`.
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
    get {
      switch self {
      case .gated(let configuration): configuration
      case .multikernel(let configuration): configuration
      case .kim(let configuration): configuration
      case .zhang(let configuration): configuration
      case .vdcnn(let configuration): configuration
      }
    }
    set {
      switch newValue {
      case let configuration as GatedConfiguration: self = .gated(configuration)
      case let configuration as MultikernelConfiguration: self = .multikernel(configuration)
      case let configuration as KimConfiguration: self = .kim(configuration)
      case let configuration as ZhangConfiguration: self = .zhang(configuration)
      case let configuration as VDCNNConfiguration: self = .vdcnn(configuration)
      default: preconditionFailure("settings of another architecture")
      }
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

  /// Changes one setting; see ``Settings/set(_:to:)``.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ name: String, to value: String) throws(ConfigurationError) {
    var changed = configuration
    try changed.set(name, to: value)
    configuration = changed
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
