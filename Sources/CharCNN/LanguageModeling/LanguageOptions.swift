public import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

/// What language model to train and how.
public struct LanguageOptions: RunOptions, TaskOptions {
  static var paths: KeyValuePairs<String, WritableKeyPath<LanguageOptions, String?>> { [:] }

  /// What to predict.
  public let objective: LanguageObjective
  /// The body of the network; its alphabet comes from the data.
  public var network: GatedConfiguration
  /// How texts are cut and hidden.
  public var language = LanguageSettings()
  /// How text becomes characters.
  public var text: TextSettings
  public var run = RunSettings(training: .language, data: .language)
  public var threads: Int?
  public var instructions = InstructionSet.best
  public var timeLimit: Duration?
  public var checkpoint: CheckpointOptions?

  private enum CodingKeys: String, CodingKey {
    case run = "training"
    case objective, network, language, text, threads, instructions, timeLimit
  }

  /// The default options of an objective. A model that writes text keeps letters as they are; one that learns to read them
  /// takes them as a classifier does.
  public init(_ objective: LanguageObjective = .causal) {
    self.objective = objective
    network = .language(objective)
    text = objective == .causal ? TextSettings(normalization: .nfc, foldsCase: false) : TextSettings()
    if objective == .causal { language.ngrams = 6 }
  }

  /// Changes one setting, written `name=value`, of the training, the network, the cutting or the text. The prefix `text.`
  /// names the text's setting where the network has one of the same name (`text.normalization=nfkc`).
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ assignment: String) throws(ConfigurationError) {
    try Self.groups.set(assignment, of: &self)
  }

  /// All settings that can be changed, with their present values.
  public var settings: [(name: String, value: String)] { Self.groups.list(self) }

  private static var groups: SettingGroups<Self> {
    SettingGroups(
      [
        .init(\.run), .init(\.network), .init(\.language),
        .init(\.text, prefix: SettingGroups<Self>.textPrefix),
      ], unused: Dictionary(unused.map { ($0, "is no setting of a language model") }) { first, _ in first })
  }

  /// Settings that only classifiers have.
  private static let unused = [
    "pooling", "poolingWidth", "poolingStride", "globalPooling", "hidden", "stride", "length", "maximumLength",
    "labelSmoothing", "sampling", "cuts", "noise", "chunkLength",
  ]

  func validate() throws(ConfigurationError) {
    try run.validate()
    try language.validate()
    guard data.cuts == nil else {
      throw ConfigurationError(setting: "cuts", problem: "must be none: a language model reads windows of running text")
    }
    guard data.noise == nil else {
      throw ConfigurationError(setting: "noise", problem: "must be none: it is for classifiers")
    }
    guard text.chunkLength == nil else {
      throw ConfigurationError(
        setting: "chunkLength", problem: "must be none: a language model reads windows of running text")
    }
    var trial = network
    trial.alphabetSize = 2
    trial.classes = 2
    _ = try LanguageNetwork(trial)
    guard objective == .masked || network.padding == .causal else {
      throw ConfigurationError(setting: "padding", problem: "must be causal with the causal objective")
    }
    guard objective == .causal || language.ngrams == nil else {
      throw ConfigurationError(
        setting: "ngrams", problem: "must be none with the masked objective: they know only what stands before")
    }
  }
}

extension TrainingSettings {
  /// How language models are trained, unless told otherwise.
  public static var language: TrainingSettings {
    var settings = TrainingSettings()
    settings.labelSmoothing = 0
    settings.patience = nil
    settings.batchCharacters = 2_048
    settings.rate = 0.003
    return settings
  }
}

extension DataSettings {
  /// How the texts of language models are prepared, unless told otherwise.
  public static var language: DataSettings {
    var settings = DataSettings()
    settings.minimumCount = 1
    settings.validationFraction = 0.05
    return settings
  }
}
