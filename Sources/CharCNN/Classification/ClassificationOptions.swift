public import CharCNNCompute
public import CharCNNFiles
public import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

/// What to train and how: network, text, training, machine.
public struct ClassificationOptions: RunOptions, TaskOptions {
  static var paths: KeyValuePairs<String, WritableKeyPath<ClassificationOptions, String?>> {
    ["embeddings": \.embeddings, "thesaurus": \.thesaurus, "base": \.base]
  }

  /// The network and its settings; alphabet size and number of classes come from the data.
  public var architecture = Architecture.gated(GatedConfiguration())
  /// The wide part beside the network: its n-grams.
  public var ngrams = NgramConfiguration()
  /// How text becomes characters.
  public var text = TextSettings()
  /// How the network is trained and the data are prepared.
  public var run = RunSettings()
  /// Number of threads; nil for one a core. The result does not depend on it.
  public var threads: Int?
  /// Vector instructions.
  public var instructions = InstructionSet.best
  /// Time after which training ends with the best model so far; the learning rate falls in time for it.
  public var timeLimit: Duration?
  /// Bytes of all files of the model at most. What its network leaves is for the n-grams, in the place of
  /// `ngrams.ngramSize`: of more of them, those are kept that count most. Nil for no such bound.
  public var size: Int?
  /// Whether the network is asked only about texts of which the solved n-grams beside it are unsure, which is much faster. How sure
  /// they must be is found on the validation texts when training has ended; see ``TextClassifier/cascade``.
  public var cascade: Bool {
    get { wantsCascade ?? false }
    set { wantsCascade = newValue ? true : nil }
  }
  /// Whether the name of each label is one more text of it: `card_arrival` is read as "card arrival". It helps where names say in words
  /// what texts are about and labelled texts are few, most with a base of vectors. The n-grams learn from them, a network beside them does not.
  public var labelNames: Bool {
    get { wantsLabelNames ?? false }
    set { wantsLabelNames = newValue ? true : nil }
  }
  /// How many labels a text has; nil finds out: several where the data are written so, with a separator or a column for each label, or where
  /// one text of a hundred or more has them.
  public var labels: LabelCount?
  /// Nil for no, so that options without a cascade are written as they were before there was one.
  private var wantsCascade: Bool?
  /// Nil for no, likewise.
  private var wantsLabelNames: Bool?
  /// A `.vec` file (the text format of word2vec and fastText) with vectors of characters that the embedding starts from;
  /// characters without one start at random. Nil for a random start of all.
  public var embeddings: String?
  /// Whether the embedding stays as it was loaded.
  public var embeddingsFrozen = false
  /// A thesaurus in MyThes form (`.dat` with its `.idx`): training texts get some words replaced by synonyms, other ones
  /// in each epoch; see `SynonymReplacement`.
  public var thesaurus: String?
  /// A model whose body the network starts from, or whose vectors count beside the n-grams; see ``use(base:)``.
  public internal(set) var base: String?
  /// Whether the base gives vectors. Nil for no, so that options without such a base are written as they were before there was one.
  var baseGivesVectors: Bool?
  /// Whether somebody has named the usual network. Nil for no, so that options are written as they were before it was asked.
  private var namesNetwork: Bool?
  /// Checkpoints, from which an interrupted training can go on; nil for none.
  public var checkpoint: CheckpointOptions?
  /// The preset that was taken last, to know what was changed since.
  private var preset: String?

  private enum CodingKeys: String, CodingKey {
    case run = "training"
    case wantsCascade = "cascade"
    case wantsLabelNames = "labelNames"
    case labels, architecture, ngrams, text, threads, instructions, timeLimit, size
    case embeddings, embeddingsFrozen, thesaurus, base, baseGivesVectors, namesNetwork, preset
  }

  /// The default options.
  public init() { training = .recipe(for: "gated") }

  /// The settings of the default network, the gated one. Reading them with another architecture gives the defaults, and
  /// setting one chooses the gated network.
  ///
  /// ```swift
  /// options.network.filters = 32
  /// ```
  public var network: GatedConfiguration {
    get { architecture.configuration as? GatedConfiguration ?? GatedConfiguration() }
    set { architecture = .gated(newValue) }
  }

  /// Takes a preset's network, and the text settings and the training recipe of its paper. Settings of text and training that
  /// were changed before stay as they were changed.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name, listing the known ones.
  public mutating func use(model name: String) throws(ConfigurationError) {
    let architecture = try Architecture(named: name)
    var defaults = ClassificationOptions()
    if let preset { defaults.take(preset, Architecture.gated(GatedConfiguration())) }
    var taken = self
    taken.take(name, architecture)
    taken.text.keepChanges(of: text, from: defaults.text)
    taken.training.keepChanges(of: training, from: defaults.training)
    taken.ngrams.keepChanges(of: ngrams, from: defaults.ngrams)
    self = taken
    preset = name == "gated" ? nil : name
    namesNetwork = name == "gated" ? true : nil
  }

  /// Whether n-grams and a base's vectors may do without a network: nobody has named one, nor changed what belongs to it.
  var leavesNetworkOpen: Bool {
    var usual = ClassificationOptions().training
    (usual.seed, usual.precision) = (training.seed, training.precision)
    // Said by `balance()`, to the n-grams too.
    if ngrams.ngramBalance == .full { usual.sampling = training.sampling }
    return namesNetwork != true && architecture == .gated(GatedConfiguration()) && training == usual
      && wantsCascade == nil && thesaurus == nil && embeddings == nil && run.data.cuts == nil
  }

  private mutating func take(_ name: String, _ architecture: Architecture) {
    self.architecture = architecture
    text = .preset(for: name)
    training = .recipe(for: name)
    ngrams = name == "gated" || !architecture.hasNetwork ? NgramConfiguration() : .none
  }

  /// Changes one setting, written `name=value`, of the training, the network or the text. The prefix `text.` names the
  /// text's setting where the network has one of the same name (`text.normalization=nfc`).
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ assignment: String) throws(ConfigurationError) {
    try refuseFoldedCase(assignment)
    let groups = groups
    try groups.set(assignment, of: &self)
  }

  /// Refuses a letter case that the network's alphabet does not allow.
  func refuseFoldedCase(_ assignment: String) throws(ConfigurationError) {
    let (name, value) = try SettingGroups<Self>.parts(of: assignment)
    if SettingGroups<Self>.withoutPrefix(name) == "foldsCase", let prescribed = architecture.configuration.foldsCase,
      value != "\(prescribed)"
    {
      throw ConfigurationError(
        setting: name,
        problem: "is \(prescribed) with this alphabet",
        advice: "alphabet=paper folds case, alphabet=full keeps it, alphabet=data leaves it to you"
      )
    }
  }

  /// All settings that can be changed, with their present values.
  public var settings: [(name: String, value: String)] { groups.list(self) }

  private var networkSettings: any NetworkConfiguration { architecture.configuration }

  private static func setNetwork(_ options: inout Self, _ name: String, _ value: String) throws(ConfigurationError) {
    try options.architecture.set(name, to: value)
  }

  private var groups: SettingGroups<Self> {
    SettingGroups(
      [
        .init(\.run), .init(network: \.networkSettings, change: Self.setNetwork),
        .init(\.ngrams),
        .init(\.text, prefix: SettingGroups<Self>.textPrefix),
      ], unused: unusedSettings)
  }

  /// Lets every class count as much as any other, however rare it is, among the n-grams and for the network: more texts of rare
  /// classes are found, and some of frequent ones are lost.
  public mutating func balance() {
    if ngrams.isSolved { ngrams.ngramBalance = .full }
    if !isAlone || ngrams.isTable { training.sampling = .classUniform }
  }

  /// Starts the embedding from a `.vec` file, a path or a URL; see ``embeddings``.
  public mutating func use(embeddings location: some FileLocation) { embeddings = location.filePath }

  /// Replaces words of training texts by synonyms of a thesaurus, a path or a URL of its `.dat`; see ``thesaurus``.
  public mutating func use(thesaurus location: some FileLocation) { thesaurus = location.filePath }

  /// Starts from a trained model: a language model, a classifier with the same or other labels, a matcher, or a tagger of
  /// characters. Its network and its text settings are taken over; settings that were changed before stay as they were
  /// changed. Its characters are joined by those that only the training texts have.
  ///
  /// The body of the network must stay as it is; what has no weights may be changed, such as dropout or the pooling
  /// between blocks.
  ///
  /// A base of vectors (``TextEmbedder``) has no network to lend. Its vector of a text counts beside the n-grams, which brings most where labels are
  /// few; where many texts say that n-grams alone are better, it is left out. Texts are read as the base reads them, and the model keeps what it needs
  /// of it.
  ///
  /// - Parameter location: The model's folder, a path or a URL.
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that no classifier can start from.
  public mutating func use(base location: some FileLocation) throws {
    if let vectors = try VectorBase(location.filePath) {
      var text = text.reading(as: vectors.text)
      text.keepChanges(of: self.text, from: TextSettings())
      (self.text, base, baseGivesVectors) = (text, vectors.path, true)
      return
    }
    let base = try BaseModel(opening: location.filePath)
    baseGivesVectors = nil
    let taken = try base.classifier()
    let usual = Architecture.gated(GatedConfiguration())
    guard architecture == usual || architecture.name == taken.name else { throw base.refusal(of: architecture) }
    architecture = architecture.name == usual.name ? taken.keepingChanges(of: network) : taken
    var text = base.text
    text.keepChanges(of: self.text, from: TextSettings())
    self.text = text
    self.base = base.path
  }
}

extension Architecture {
  /// The gated network with what was changed in its default settings.
  fileprivate func keepingChanges(of changed: GatedConfiguration) -> Architecture {
    guard var gated = configuration as? GatedConfiguration else { return self }
    gated.keepChanges(of: changed, from: GatedConfiguration())
    return .gated(gated)
  }
}

extension BaseModel {
  /// What to say where another network was chosen than the base's.
  fileprivate func refusal(of architecture: Architecture) -> ConfigurationError {
    let name = (try? classifier().name) ?? task.rawValue
    return ConfigurationError(
      setting: "model", problem: "\(architecture.name) cannot start from \(path), which is \(name)",
      advice: "choose the network of the base, or another base")
  }

  /// Checks that options of a classifier agree with the base.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func check(_ options: ClassificationOptions) throws(ConfigurationError) {
    guard try options.architecture.name == classifier().name else { throw refusal(of: options.architecture) }
    try check(options.text)
    guard options.embeddings == nil else {
      throw ConfigurationError(
        setting: "embeddings", problem: "come from \(path) and cannot be loaded from a file too")
    }
  }
}
