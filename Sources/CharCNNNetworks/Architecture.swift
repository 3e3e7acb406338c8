/// Which network a model has, with its settings. In JSON: `{"model": "gated", "settings": {…}}`.
public enum Architecture: Sendable, Hashable {
  /// Residual gated convolutions.
  case gated(GatedConfiguration)

  /// Names that ``init(named:)`` knows, with a line about each.
  public static let presets: [(name: String, summary: String)] = [
    ("gated", "residual gated convolutions (the default)"),
    ("gated-tutorial", "the worked example of the tutorial: d = 50, k = 100, n = 2, L = 200"),
  ]

  /// The preset of that name.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name, listing the known ones.
  public init(named name: String) throws(ConfigurationError) {
    switch name {
    case "gated": self = .gated(GatedConfiguration())
    case "gated-tutorial": self = .gated(.tutorial)
    default:
      let names = Self.presets.map(\.name).joined(separator: ", ")
      throw ConfigurationError(setting: "model", problem: "\"\(name)\" is unknown; there are \(names)")
    }
  }

  /// The architecture's settings.
  public var configuration: any NetworkConfiguration {
    get {
      switch self {
      case .gated(let configuration): configuration
      }
    }
    set {
      switch newValue {
      case let configuration as GatedConfiguration: self = .gated(configuration)
      default: preconditionFailure("settings of another architecture")
      }
    }
  }

  /// Name of the architecture in files.
  public var name: String {
    switch self {
    case .gated: "gated"
    }
  }

  /// The network.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make one.
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork {
    switch self {
    case .gated(let configuration): try GatedNetwork(configuration)
    }
  }

  /// Changes one setting; see ``Settings/set(_:to:)``.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ name: String, to value: String) throws(ConfigurationError) {
    switch self {
    case .gated(var configuration):
      try configuration.set(name, to: value)
      self = .gated(configuration)
    }
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
    switch name {
    case "gated": self = .gated(try container.decode(GatedConfiguration.self, forKey: .settings))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: container, debugDescription: "the model \"\(name)\" is unknown to this version")
    }
  }

  /// Writes the model's name and its settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .model)
    switch self {
    case .gated(let configuration): try container.encode(configuration, forKey: .settings)
    }
  }
}
