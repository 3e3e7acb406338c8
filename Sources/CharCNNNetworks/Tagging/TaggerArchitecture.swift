/// Which network a tagger has, with its settings. In JSON: `{"model": "character-tagger", "settings": {…}}`.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum TaggerArchitecture: Sendable, Hashable {
  /// A tag for every character.
  case character(CharacterTaggerConfiguration)
  /// A tag for every word.
  case word(WordTaggerConfiguration)

  /// The default network for what has a tag.
  public init(_ unit: TaggingUnit) {
    switch unit {
    case .character: self = .character(CharacterTaggerConfiguration())
    case .word: self = .word(WordTaggerConfiguration())
    }
  }

  /// Name of the architecture in files.
  public var name: String {
    switch self {
    case .character: "character-tagger"
    case .word: "word-tagger"
    }
  }

  /// What has a tag.
  public var unit: TaggingUnit {
    switch self {
    case .character: .character
    case .word: .word
    }
  }

  /// The architecture's settings.
  public var configuration: any NetworkConfiguration {
    switch self {
    case .character(let configuration): configuration
    case .word(let configuration): configuration
    }
  }

  /// Takes other settings, and with them their network.
  ///
  /// - Throws: ``ConfigurationError`` for settings of a network that gives no tags.
  public mutating func use(_ configuration: any NetworkConfiguration) throws(ConfigurationError) {
    switch configuration {
    case let configuration as CharacterTaggerConfiguration: self = .character(configuration)
    case let configuration as WordTaggerConfiguration: self = .word(configuration)
    default:
      throw ConfigurationError(
        setting: "configuration", problem: "cannot be a \(type(of: configuration)): no tagger has such settings")
    }
  }

  /// Takes over what somebody changed in other settings of the kind; settings of the other kind change nothing.
  package mutating func keepChanges(of changed: TaggerArchitecture, from defaults: TaggerArchitecture) {
    switch (self, changed, defaults) {
    case (.character(var own), .character(let changed), .character(let defaults)):
      own.keepChanges(of: changed, from: defaults)
      self = .character(own)
    case (.word(var own), .word(let changed), .word(let defaults)):
      own.keepChanges(of: changed, from: defaults)
      self = .word(own)
    default: break
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
    case .character(let configuration): self = .character(sized(configuration))
    case .word(let configuration): self = .word(sized(configuration))
    }
  }

  /// The network.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make one.
  public func makeNetwork() throws(ConfigurationError) -> any TaggingNetwork { try makeNetwork(vectors: nil) }

  /// The network, with the vectors of a base of words beside its own; nil for none. A tagger of characters has no use for them.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make one.
  package func makeNetwork(vectors: VectorReader?) throws(ConfigurationError) -> any TaggingNetwork {
    switch self {
    case .character(let configuration): try CharacterTagger(configuration)
    case .word(let configuration): try WordTagger(configuration, vectors: vectors)
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

extension TaggerArchitecture: Codable {
  private enum CodingKeys: String, CodingKey {
    case model
    case settings
  }

  /// Reads the model's name and its settings.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .model)
    switch name {
    case "character-tagger":
      self = .character(try container.decode(CharacterTaggerConfiguration.self, forKey: .settings))
    case "word-tagger": self = .word(try container.decode(WordTaggerConfiguration.self, forKey: .settings))
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
    case .character(let configuration): try container.encode(configuration, forKey: .settings)
    case .word(let configuration): try container.encode(configuration, forKey: .settings)
    }
  }
}
