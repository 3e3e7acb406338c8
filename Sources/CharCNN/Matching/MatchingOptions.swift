public import CharCNNCompute
public import CharCNNFiles
public import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

/// Everything that decides what a training of a matcher does.
public struct MatchingOptions: RunOptions, TaskOptions {
  static var paths: KeyValuePairs<String, WritableKeyPath<MatchingOptions, String?>> { ["base": \.base] }

  /// The network; its sizes, and what it leaves open, come from the data.
  public var network = MatcherConfiguration()
  /// How text becomes characters.
  public var text = TextSettings()
  public var run = RunSettings()
  public var threads: Int?
  public var instructions = InstructionSet.best
  public var timeLimit: Duration?
  public var checkpoint: CheckpointOptions?
  /// A model whose body the network starts from; see ``use(base:)``.
  public internal(set) var base: String?

  private enum CodingKeys: String, CodingKey {
    case run = "training"
    case network, text, threads, instructions, timeLimit, base
  }

  /// The default options.
  public init(_ objective: MatchingObjective = .classification) { network.objective = objective }

  /// Changes one setting, written `name=value`, of the training, the network or the text. The prefix `text.` names the
  /// text's setting where the network has one of the same name (`text.normalization=nfc`).
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ assignment: String) throws(ConfigurationError) {
    try Self.groups.set(assignment, of: &self)
  }

  /// All settings that can be changed, with their present values.
  public var settings: [(name: String, value: String)] { Self.groups.list(self) }

  private static var groups: SettingGroups<Self> {
    SettingGroups(
      [.init(\.run), .init(\.network), .init(\.text, prefix: SettingGroups<Self>.textPrefix)],
      unused: [
        "chunkLength": "is for classifiers: a text has one vector",
        "cuts": "is for classifiers: a part of a text does not match as the whole",
        "noise": "is for classifiers",
      ])
  }

  /// Starts from a trained model. Of a base of vectors the vector of a text stands beside what the network makes of it, and
  /// texts are read as the base reads them. Any other lends its body: a language model, a classifier whose network is `gated`, a matcher, or a tagger of
  /// characters. The body of its network and its text settings are taken over; those that were changed before stay as they were changed. Its
  /// characters are joined by those that only the pairs have.
  ///
  /// - Parameter location: The model's folder, a path or a URL.
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that nothing can start from.
  public mutating func use(base location: some FileLocation) throws {
    if let vectors = try VectorBase(location.filePath) {
      var text = text.reading(as: vectors.text)
      text.keepChanges(of: self.text, from: TextSettings())
      (self.text, base) = (text, vectors.path)
      return
    }
    let base = try BaseModel(opening: location.filePath)
    let changed = self
    network.use(body: try base.gated(for: "a matcher"))
    network.keepChanges(of: changed.network, from: MatcherConfiguration())
    text = base.text
    text.keepChanges(of: changed.text, from: TextSettings())
    self.base = base.path
  }

  func validate() throws(ConfigurationError) {
    try run.validate()
    var trial = network
    trial.alphabetSize = 2
    trial.classes = network.objective == .regression ? 1 : 2
    try trial.validate()
    guard (1...TextSettings.longestText).contains(text.maximumLength) else {
      throw ConfigurationError(
        setting: "maximumLength", problem: "must be 1 to \(TextSettings.longestText), not \(text.maximumLength)")
    }
    guard data.cuts == nil else {
      throw ConfigurationError(setting: "cuts", problem: "must be none: a part of a text does not match as the whole")
    }
    guard data.noise == nil else {
      throw ConfigurationError(setting: "noise", problem: "must be none: it is for classifiers")
    }
    if network.objective != .regression {
      for (name, bound) in [("lowest", network.lowest), ("highest", network.highest)] where bound != nil {
        throw ConfigurationError(
          setting: name, problem: "must be none: only objective=regression has scores, which it bounds")
      }
    }
    if network.objective == .regression, training.sampling == .classUniform {
      throw ConfigurationError(setting: "sampling", problem: "must be shuffled: scores have no classes")
    }
  }
}
