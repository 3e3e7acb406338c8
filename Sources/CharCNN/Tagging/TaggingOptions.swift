public import CharCNNCompute
public import CharCNNFiles
public import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

/// Everything that decides what a training of a tagger does.
public struct TaggingOptions: RunOptions, TaskOptions {
  static var paths: KeyValuePairs<String, WritableKeyPath<TaggingOptions, String?>> { ["base": \.base] }

  /// Network and settings; its sizes come from the data.
  public var architecture: TaggerArchitecture
  /// How words and characters become units; `maximumLength` bounds a word.
  public var text: TextSettings
  public var run = RunSettings(training: .tagging)
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

  private enum CodingKeys: String, CodingKey {
    case run = "training"
    case architecture, text, scheme, spanSwaps, threads, instructions, timeLimit, base
  }

  private var unit: TaggingUnit { architecture.unit }

  /// The defaults for a tag a character or a tag a word.
  public init(_ unit: TaggingUnit) {
    architecture = TaggerArchitecture(unit)
    text = TextSettings(foldsCase: false, maximumLength: 64)
  }

  /// The defaults for the data: a tag a character where its tokens are characters, otherwise a tag a word.
  public init(for examples: Examples<TaggedSentence>) { self.init(examples.areCharacters ? .character : .word) }

  /// Changes one setting, written `name=value`, of the training, the network or the text. The prefix `text.` names the
  /// text's setting where the network has one of the same name (`text.normalization=nfkc`).
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ assignment: String) throws(ConfigurationError) {
    try Self.groups.set(assignment, of: &self)
  }

  /// All settings that can be changed, with their present values.
  public var settings: [(name: String, value: String)] { Self.groups.list(self) }

  private static let schemeName = "scheme"
  private static let swapsName = "spanSwaps"

  private static func setNetwork(_ options: inout Self, _ name: String, _ value: String) throws(ConfigurationError) {
    try options.architecture.set(name, to: value)
  }

  private static var groups: SettingGroups<Self> {
    SettingGroups(
      [
        .init(\.run),
        .init(network: \.architecture.configuration, change: setNetwork),
        .init(\.text, prefix: SettingGroups<Self>.textPrefix),
        .init(names: [schemeName], value: { options, _ in options.scheme?.rawValue ?? "none" }, change: setScheme),
        .init(names: [swapsName], value: { options, _ in "\(options.spanSwaps)" }, change: setSwaps),
      ],
      unused: [
        "cuts": "is for classifiers: a tagger reads whole sentences",
        "noise": "is for classifiers: each character of a sentence keeps its tag",
        "chunkLength": "is for classifiers: a tagger reads whole sentences",
        "sampling": "is for classifiers: sentences have no classes",
      ])
  }

  private static func setScheme(_ options: inout Self, _ name: String, _ value: String) throws(ConfigurationError) {
    guard value == "none" || TagScheme(rawValue: value) != nil else {
      let names = TagScheme.allCases.map(\.rawValue).joined(separator: ", ")
      throw ConfigurationError(setting: name, problem: "must be one of \(names), not \"\(value)\"")
    }
    options.scheme = value == "none" ? nil : TagScheme(rawValue: value)
  }

  private static func setSwaps(_ options: inout Self, _ name: String, _ value: String) throws(ConfigurationError) {
    guard let rate = Float(value), rate >= 0, rate < 1 else {
      throw ConfigurationError(setting: name, problem: "must be at least 0 and below 1, not \"\(value)\"")
    }
    options.spanSwaps = rate
  }

  /// Starts from a trained model. A tagger starts from one of the same kind, with the same or other tags, and takes over
  /// its network. A tagger of characters also starts from a masked language model, a classifier whose network is `gated`,
  /// or a matcher: it takes over the body, embedding and blocks. Where that pools between its blocks, the tagger, which
  /// cannot, dilates instead, so that the same characters meet.
  ///
  /// Text settings that decide what a character is come from the base too; what was changed of all these before stays as it was
  /// changed.
  /// The base's characters are joined by those that only the sentences have.
  ///
  /// Of a base of vectors a tagger of words takes the vector of each word, which stands beside what the network makes of it.
  ///
  /// - Parameter location: The model's folder, a path or a URL.
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that such a tagger cannot start from.
  public mutating func use(base location: some FileLocation) throws {
    if let vectors = try VectorBase(location.filePath) {
      base = vectors.path
      return
    }
    let base = try BaseModel(opening: location.filePath)
    let usual = TaggingOptions(unit)
    var taken = try base.tagger(usual.architecture)
    taken.keepChanges(of: architecture, from: usual.architecture)
    architecture = taken
    let changed = text
    text = text.reading(as: base.text)
    text.keepChanges(of: changed, from: usual.text)
    self.base = base.path
  }

  func validate() throws(ConfigurationError) {
    try run.validate()
    var trial = architecture
    trial.setSizes(alphabetSize: 2, classes: 2)
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
    for (name, isSet) in [("cuts", data.cuts != nil), ("chunkLength", text.chunkLength != nil)] where isSet {
      throw ConfigurationError(setting: name, problem: "must be none: a tagger reads whole sentences")
    }
    guard data.noise == nil else {
      throw ConfigurationError(
        setting: "noise", problem: "must be none: each character of a sentence keeps its tag")
    }
    guard architecture.output == .softmax || training.labelSmoothing == 0 else {
      throw ConfigurationError(
        setting: "labelSmoothing", problem: "must be 0 with output=crf, which learns whole sequences of tags")
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

extension TaggerArchitecture {
  /// What turns scores into tags.
  fileprivate var output: TagOutputKind {
    switch self {
    case .character(let configuration): configuration.output
    case .word(let configuration): configuration.output
    }
  }
}

extension TaggingOptions {
  /// One line each: settings that only data with spans have a use for, where the data have none.
  func warnings(labels: [String]) -> [String] {
    guard !TagScheme(recognizing: labels).marksSpans else { return [] }
    let given = (scheme.map { ["scheme=\($0.rawValue)"] } ?? []) + (spanSwaps > 0 ? ["spanSwaps=\(spanSwaps)"] : [])
    return given.map { "\($0) changes nothing: the tags of the training data mark no spans" }
  }
}
