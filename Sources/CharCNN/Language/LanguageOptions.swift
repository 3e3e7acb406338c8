/// What language model to train and how.
public struct LanguageOptions: RunOptions {
  /// What to predict.
  public let objective: LanguageObjective
  /// The body of the network; its alphabet comes from the data.
  public var network: GatedConfiguration
  /// How texts are cut and hidden.
  public var language = LanguageSettings()
  /// How text becomes characters.
  public var text: TextSettings
  public var training: TrainingSettings
  public var threads: Int?
  public var instructions = InstructionSet.best
  public var timeLimit: Duration?
  public var checkpoint: CheckpointOptions?

  /// The default options of an objective. A model that writes text keeps letters as they are; one that learns to read them
  /// takes them as a classifier does.
  public init(_ objective: LanguageObjective = .causal) {
    self.objective = objective
    network = .language(objective)
    text = objective == .causal ? TextSettings(normalization: .nfc, foldsCase: false) : TextSettings()
    training = .language
    if objective == .causal { language.ngrams = 6 }
  }

  /// Changes one setting, written `name=value`, of the training, the network, the cutting or the text.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ assignment: String) throws(ConfigurationError) {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ConfigurationError(setting: "\"\(assignment)\"", problem: "is not of the form name=value")
    }
    let (name, value) = (parts[0], parts[1])
    if Self.unused.contains(name) {
      throw ConfigurationError(setting: name, problem: "is no setting of a language model")
    }
    if training.settingNames.contains(name) {
      try training.set(name, to: value)
    } else if network.settingNames.contains(name) {
      try network.set(name, to: value)
    } else if language.settingNames.contains(name) {
      try language.set(name, to: value)
    } else if text.settingNames.contains(name) {
      try text.set(name, to: value)
    } else {
      let names = settings.map(\.name).joined(separator: ", ")
      throw ConfigurationError(setting: name, problem: "is no setting; there are \(names)")
    }
  }

  /// All settings that can be changed, with their present values.
  public var settings: [(name: String, value: String)] {
    let groups: [any Settings] = [training, network, language, text]
    return groups.flatMap { group in
      group.settingNames.filter { !Self.unused.contains($0) }.map { ($0, group.value(of: $0)) }
    }
  }

  /// Settings that come from the data or that only classifiers have.
  private static let unused: Set<String> = [
    "alphabetSize", "classes", "pooling", "poolingWidth", "poolingStride", "globalPooling", "hidden", "stride",
    "length",
    "maximumLength", "labelSmoothing", "sampling",
  ]

  /// Checks everything that does not depend on the data.
  func validate() throws(ConfigurationError) {
    try training.validate()
    try language.validate()
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
    settings.minimumCount = 1
    settings.patience = nil
    settings.batchCharacters = 2_048
    settings.rate = 0.003
    settings.validationFraction = 0.05
    return settings
  }
}
