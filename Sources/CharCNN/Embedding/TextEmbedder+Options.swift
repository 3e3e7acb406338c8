public import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

extension TextEmbedder {
  /// What to train and how: network, text, training, machine.
  public struct Options: RunOptions, TaskOptions {
    static var paths: KeyValuePairs<String, WritableKeyPath<Options, String?>> { [:] }

    /// The network; the number of its outputs comes from the vectors.
    public var network = EmbedderConfiguration()
    /// How text becomes characters.
    public var text = TextSettings(maximumLength: 16_384)
    /// How the network is trained and the data are prepared.
    public var run = RunSettings(training: .distillation, data: .distillation)
    /// Number of threads; nil for one a core. The result does not depend on it.
    public var threads: Int?
    /// Vector instructions.
    public var instructions = InstructionSet.best
    /// Time after which training ends with the best model so far; the learning rate falls in time for it.
    public var timeLimit: Duration?
    /// Checkpoints, from which an interrupted training can go on; nil for none.
    public var checkpoint: CheckpointOptions?

    private enum CodingKeys: String, CodingKey {
      case run = "training"
      case network, text, threads, instructions, timeLimit
    }

    /// The default options.
    public init() {}

    /// Changes one setting, written `name=value`, of the training, the network or the text.
    ///
    /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
    public mutating func set(_ assignment: String) throws(ConfigurationError) {
      try Self.groups.set(assignment, of: &self)
    }

    /// All settings that can be changed, with their present values.
    public var settings: [(name: String, value: String)] { Self.groups.list(self) }

    private static var groups: SettingGroups<Self> {
      SettingGroups(
        [.init(\.run), .init(\.network), .init(\.text, prefix: SettingGroups<Self>.textPrefix)], unused: unused)
    }

    /// Settings that such a model has no use for, each with the reason.
    private static let unused: [String: String] = {
      let others = ["labelSmoothing", "sampling", "cuts", "noise"]
      var unused = Dictionary(uniqueKeysWithValues: others.map { ($0, "is no setting of a distillation") })
      unused["chunkLength"] = "is no setting of a distillation, which reads texts whole"
      unused["dimension"] = "comes from the vectors and cannot be set"
      return unused
    }()

    func validate() throws(ConfigurationError) {
      try run.validate()
      try network.validate()
      guard data.cuts == nil, data.noise == nil else {
        throw ConfigurationError(
          setting: data.cuts == nil ? "noise" : "cuts", problem: "must be none: a text has one vector, as it is")
      }
      guard text.chunkLength == nil else {
        throw ConfigurationError(setting: "chunkLength", problem: "must be none: texts are read whole")
      }
      guard (1...TextSettings.longestText).contains(text.maximumLength) else {
        throw ConfigurationError(
          setting: "maximumLength", problem: "must be 1 to \(TextSettings.longestText), not \(text.maximumLength)")
      }
    }
  }
}

extension TrainingSettings {
  /// How a base learns from a teacher's vectors, unless told otherwise.
  static var distillation: TrainingSettings {
    var settings = TrainingSettings()
    settings.labelSmoothing = 0
    settings.averaging = 0
    settings.weightDecay = 0
    settings.batchTexts = 128
    settings.patience = 3
    return settings
  }

  /// Passes over the texts when none are asked for: some three million texts, at least 5 passes and at most 30.
  static func distillationEpochs(characters: Int, texts: Int) -> Int { min(max(3_000_000 / max(texts, 1), 5), 30) }
}

extension DataSettings {
  /// How the texts are prepared, unless told otherwise.
  static var distillation: DataSettings {
    var settings = DataSettings()
    settings.validationFraction = 0.05
    return settings
  }
}
