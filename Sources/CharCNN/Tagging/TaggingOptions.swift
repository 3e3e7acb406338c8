/// Everything that decides what a training of a tagger does.
public struct TaggingOptions: RunOptions {
  /// Network and settings; its sizes come from the data.
  public var architecture: TaggerArchitecture
  /// How words and characters become units; `maximumLength` bounds a word.
  public var text: TextSettings
  /// How parameters are trained.
  public var training: TrainingSettings
  /// The scheme in which spans are learned; nil for that of the data. Tags that mark no spans stay as they are.
  public var scheme: TagScheme?
  /// Rate at which spans of the training sentences are replaced by others of the same type; 0 for never.
  public var spanSwaps: Float = 0
  public var threads: Int?
  public var instructions = InstructionSet.best
  public var timeLimit: Duration?
  public var checkpoint: CheckpointOptions?
  /// A model whose body the network starts from; see ``use(base:)``.
  public internal(set) var base: String?

  /// The defaults for a tag a character or a tag a word.
  public init(_ unit: TaggingUnit) {
    architecture = TaggerArchitecture(unit)
    text = TextSettings(foldsCase: false, maximumLength: 64)
    training = .tagging
  }

  /// The defaults for the data: a tag a character where its tokens are characters, otherwise a tag a word.
  public init(for source: TaggedTextSource) { self.init(source.tokensAreCharacters ? .character : .word) }

  /// Changes one setting, written `name=value`, of the training, the network or the text.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ assignment: String) throws(ConfigurationError) {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ConfigurationError(setting: "\"\(assignment)\"", problem: "is not of the form name=value")
    }
    let (name, value) = (parts[0], parts[1])
    if Self.fromData.contains(name) {
      throw ConfigurationError(setting: name, problem: "comes from the training data and cannot be set")
    }
    if name == Self.schemeName {
      guard value == "none" || TagScheme(rawValue: value) != nil else {
        let names = TagScheme.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConfigurationError(setting: name, problem: "must be one of \(names), not \"\(value)\"")
      }
      scheme = value == "none" ? nil : TagScheme(rawValue: value)
    } else if name == Self.swapsName {
      guard let rate = Float(value), rate >= 0, rate < 1 else {
        throw ConfigurationError(setting: name, problem: "must be at least 0 and below 1, not \"\(value)\"")
      }
      spanSwaps = rate
    } else if training.settingNames.contains(name) {
      try training.set(name, to: value)
    } else if architecture.configuration.settingNames.contains(name) {
      try architecture.set(name, to: value)
    } else if text.settingNames.contains(name) {
      try text.set(name, to: value)
    } else {
      let names = settings.map(\.name).joined(separator: ", ")
      throw ConfigurationError(setting: name, problem: "is no setting; there are \(names)")
    }
  }

  /// All settings that can be changed, with their present values.
  public var settings: [(name: String, value: String)] {
    let groups: [any Settings] = [training, architecture.configuration, text]
    return groups.flatMap { group in
      group.settingNames.filter { !Self.fromData.contains($0) }.map { ($0, group.value(of: $0)) }
    } + [(Self.schemeName, scheme?.rawValue ?? "none"), (Self.swapsName, "\(spanSwaps)")]
  }

  private static let schemeName = "scheme"
  private static let swapsName = "spanSwaps"

  private static let fromData: Set<String> = ["alphabetSize", "classes"]

  /// Starts from a trained model. A tagger starts from one of the same kind, with the same or other tags, and takes over
  /// its network. A tagger of characters also starts from a masked language model, a classifier whose network is `gated`,
  /// or a matcher: it takes over the body, embedding and blocks. Where that pools between its blocks, the tagger, which
  /// cannot, dilates instead, so that the same characters meet.
  ///
  /// Text settings that decide what a character is come from the base too; what was changed of all these before is lost.
  /// The base's characters are joined by those that only the sentences have.
  ///
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that such a tagger cannot start from.
  public mutating func use(base path: String) throws {
    let base = try BaseModel(opening: path)
    architecture = try base.tagger(architecture)
    text = text.reading(as: base.text)
    self.base = path
  }

  /// Checks everything that does not depend on the data, so that a wrong setting is found before a long reading.
  func validate() throws(ConfigurationError) {
    try training.validate()
    var trial = architecture
    trial.configuration.alphabetSize = 2
    trial.configuration.classes = 2
    try trial.configuration.validate()
    guard (1...4_096).contains(text.maximumLength) else {
      throw ConfigurationError(setting: "maximumLength", problem: "must be 1 to 4096, not \(text.maximumLength)")
    }
    guard architecture.unit == .word || text.unit != .byte else {
      throw ConfigurationError(
        setting: "unit",
        problem: "must be scalar or grapheme, not byte: a tagger of characters reads one unit of each character")
    }
    guard training.sampling == .shuffled else {
      throw ConfigurationError(setting: "sampling", problem: "must be shuffled: sentences have no classes")
    }
  }
}

extension TrainingSettings {
  /// What taggers learn well with.
  public static var tagging: TrainingSettings {
    var settings = TrainingSettings()
    settings.labelSmoothing = 0
    settings.batchTexts = 24
    settings.clip = 5
    settings.averaging = 0.995
    return settings
  }
}
