public import CharCNNCompute
public import CharCNNFiles
public import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

extension TextRegressor {
  /// What scores are.
  public struct Scale: Settings {
    /// Whether they are grades: few, with an order, but no distances that mean something.
    public var ordinal = false
    /// The lowest score that is given; nil (`none`) for that of the training texts. Not for grades.
    public var lowest: Float?
    /// The highest score that is given; nil (`none`) for that of the training texts. Not for grades.
    public var highest: Float?

    /// Every setting by its name.
    public static let settingKeys: [SettingKey<Scale>] = [
      SettingKey("ordinal", \.ordinal), SettingKey("lowest", \.lowest), SettingKey("highest", \.highest),
    ]

    /// Any scores, in the range of the training texts.
    public init() {}

    /// Checks that they leave a range.
    ///
    /// - Throws: ``ConfigurationError`` that names the setting.
    func validate() throws(ConfigurationError) {
      for (name, bound) in [("lowest", lowest), ("highest", highest)] {
        guard let bound else { continue }
        if ordinal { throw ConfigurationError(setting: name, problem: "must be none: grades are those of the data") }
        if !(abs(bound) <= 1e9) {
          throw ConfigurationError(setting: name, problem: "must be -1e9 to 1e9, not \(bound)")
        }
      }
      if let lowest, let highest, lowest >= highest {
        throw ConfigurationError(setting: "highest", problem: "must be above lowest (\(lowest)), not \(highest)")
      }
    }
  }

  /// What to train and how: scores, network, text, training, machine.
  public struct Options: RunOptions, TaskOptions {
    static var paths: KeyValuePairs<String, WritableKeyPath<Options, String?>> { ["base": \.classifier.base] }

    /// What scores are.
    public var scale = Scale()
    /// What a classifier has too.
    var classifier = ClassificationOptions()
    /// Checkpoints, from which an interrupted training can go on; nil for none.
    public var checkpoint: CheckpointOptions?

    private enum CodingKeys: String, CodingKey { case scale }

    /// The default options.
    public init() {}

    /// Reads all options from one object.
    public init(from decoder: any Decoder) throws {
      classifier = try ClassificationOptions(from: decoder)
      scale = try decoder.container(keyedBy: CodingKeys.self).decode(Scale.self, forKey: .scale)
    }

    /// Writes all options into one object.
    public func encode(to encoder: any Encoder) throws {
      try classifier.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(scale, forKey: .scale)
    }

    /// The network and its settings; alphabet size and number of outputs come from the data.
    public var architecture: Architecture {
      get { classifier.architecture }
      set { classifier.architecture = newValue }
    }

    /// The settings of the default network; see ``ClassificationOptions/network``.
    public var network: GatedConfiguration {
      get { classifier.network }
      set { classifier.network = newValue }
    }

    /// The wide part beside the network: its n-grams.
    public var ngrams: NgramConfiguration {
      get { classifier.ngrams }
      set { classifier.ngrams = newValue }
    }

    /// How text becomes characters.
    public var text: TextSettings {
      get { classifier.text }
      set { classifier.text = newValue }
    }

    /// How the network is trained and the data are prepared.
    public var run: RunSettings {
      get { classifier.run }
      set { classifier.run = newValue }
    }

    /// Number of threads; nil for one a core. The result does not depend on it.
    public var threads: Int? {
      get { classifier.threads }
      set { classifier.threads = newValue }
    }

    /// Vector instructions.
    public var instructions: InstructionSet {
      get { classifier.instructions }
      set { classifier.instructions = newValue }
    }

    /// Time after which training ends with the best model so far; the learning rate falls in time for it.
    public var timeLimit: Duration? {
      get { classifier.timeLimit }
      set { classifier.timeLimit = newValue }
    }

    /// A model whose body the network starts from; see ``use(base:)``.
    public var base: String? { classifier.base }

    /// False for n-grams alone that are solved.
    public var goesInSteps: Bool { classifier.goesInSteps }

    /// Takes a preset's network; see ``ClassificationOptions/use(model:)``. Classes are never drawn uniformly: there are none.
    ///
    /// - Throws: ``ConfigurationError`` for an unknown name, listing the known ones.
    public mutating func use(model name: String) throws(ConfigurationError) {
      try classifier.use(model: name)
      classifier.training.sampling = .shuffled
    }

    /// Starts from a trained model, as a classifier does; see ``ClassificationOptions/use(base:)``. The end of the network starts anew.
    ///
    /// - Parameter location: The model's folder, a path or a URL.
    /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that nothing of the kind can start from.
    public mutating func use(base location: some FileLocation) throws { try classifier.use(base: location) }

    /// Changes one setting, written `name=value`, of the scores, the training, the network, the n-grams or the text.
    ///
    /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
    public mutating func set(_ assignment: String) throws(ConfigurationError) {
      try classifier.refuseFoldedCase(assignment)
      let groups = groups
      try groups.set(assignment, of: &self)
    }

    /// All settings that can be changed, with their present values.
    public var settings: [(name: String, value: String)] { groups.list(self) }

    private var networkSettings: any NetworkConfiguration { classifier.architecture.configuration }

    private static func setNetwork(_ options: inout Self, _ name: String, _ value: String) throws(ConfigurationError) {
      try options.classifier.architecture.set(name, to: value)
    }

    private var groups: SettingGroups<Self> {
      SettingGroups(
        [
          .init(\.scale), .init(\.run), .init(network: \.networkSettings, change: Self.setNetwork), .init(\.ngrams),
          .init(\.text, prefix: SettingGroups<Self>.textPrefix),
        ], unused: classifier.unusedSettings.merging(Self.ofClassifiers) { _, own in own })
    }

    /// Settings that scores have no use for, each with the reason.
    private static let ofClassifiers = [
      "sampling": "is for classifiers: scores have no classes",
      "ngramBalance": "is for classifiers: scores have no classes",
      "ngramBayes": "is for classifiers: scores have no classes",
      "labelSmoothing": "is for classifiers: scores have no labels",
      "chunkLength": "is for classifiers: a text has one score, and not one for each of its parts",
      "noise": "is for classifiers",
      "cuts": "is for classifiers: a part of a text need not have the score of the whole",
    ]

    var resolved: Options {
      var options = self
      options.classifier = classifier.resolved
      return options
    }

    func validate() throws(ConfigurationError) {
      try scale.validate()
      try classifier.validate()
      let usual = Options()
      for (name, isUsual) in [
        ("sampling", training.sampling == usual.training.sampling),
        ("ngramBalance", ngrams.ngramBalance == usual.ngrams.ngramBalance),
        ("ngramBayes", ngrams.ngramBayes == nil), ("chunkLength", text.chunkLength == nil), ("cuts", data.cuts == nil),
        ("noise", data.noise == nil),
      ] where !isUsual {
        throw ConfigurationError(
          setting: name, problem: Self.ofClassifiers[name] ?? "is for classifiers", advice: "leave it out")
      }
    }
  }
}
