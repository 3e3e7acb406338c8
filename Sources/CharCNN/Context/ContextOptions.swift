/// What network to pre-train on context and how; see ``TextClassifier/pretrain(on:validation:options:progress:isCancelled:)``.
public struct ContextOptions: RunOptions {
  /// The network; its alphabet and its classes come from the data.
  public var network: GatedConfiguration
  /// How texts are cut.
  public var context = ContextSettings()
  /// How text becomes characters.
  public var text = TextSettings()
  public var training: TrainingSettings
  public var threads: Int?
  public var instructions = InstructionSet.best
  public var timeLimit: Duration?
  public var checkpoint: CheckpointOptions?

  /// The default options: a classifier's network that looks at the mean of a text beside its largest values, and little dropout,
  /// since texts without labels are many.
  public init() {
    network = GatedConfiguration()
    network.globalPooling = .maxAverage
    network.characterDropout = 0
    network.blockDropout = 0
    network.dropout = 0.1
    training = TrainingSettings()
    training.labelSmoothing = 0
    training.patience = nil
    training.batchCharacters = 4_096
    training.rate = 0.003
    training.validationFraction = 0.05
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
      throw ConfigurationError(setting: name, problem: "is no setting of pre-training on context")
    }
    if training.settingNames.contains(name) {
      try training.set(name, to: value)
    } else if network.settingNames.contains(name) {
      try network.set(name, to: value)
    } else if context.settingNames.contains(name) {
      try context.set(name, to: value)
    } else if text.settingNames.contains(name) {
      try text.set(name, to: value)
    } else {
      let names = settings.map(\.name).joined(separator: ", ")
      throw ConfigurationError(setting: name, problem: "is no setting; there are \(names)")
    }
  }

  /// All settings that can be changed, with their present values.
  public var settings: [(name: String, value: String)] {
    let groups: [any Settings] = [training, network, context, text]
    return groups.flatMap { group in
      group.settingNames.filter { !Self.unused.contains($0) }.map { ($0, group.value(of: $0)) }
    }
  }

  /// Settings that come from the data or that only other trainings have.
  private static let unused: Set<String> = ["alphabetSize", "classes", "sampling", "cuts", "chunkLength"]

  /// Checks everything that does not depend on the data.
  func validate() throws(ConfigurationError) {
    try training.validate()
    try context.validate()
    var trial = network
    trial.alphabetSize = 2
    trial.classes = 2
    try trial.validate()
  }
}
