/// A trained model whose body another one starts from.
struct BaseModel {
  let path: String
  /// The network, as a classifier has it.
  let architecture: Architecture
  let text: TextSettings
  let alphabet: Alphabet
  /// The classes of a classifier.
  let labels: LabelSet?
  private let store: ParameterStore
  private let device: any Device

  /// Opens a model of any task whose network is one of the architectures.
  ///
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that nothing can start from.
  init(opening path: String) throws {
    self.path = path
    let bundle = try ModelBundle.open(path)
    switch try bundle.task() {
    case .classification:
      let classifier = try TextClassifier(bundle, threads: 1)
      guard classifier.quantization == nil else {
        throw ConfigurationError(
          setting: "base", problem: "\(path) is quantized; give the model that it was made from")
      }
      architecture = classifier.architecture
      text = classifier.textSettings
      alphabet = classifier.alphabet
      labels = classifier.labelSet
      store = classifier.store
      device = classifier.device
    case .language:
      let model = try CharacterLanguageModel(bundle, threads: 1)
      var configuration = model.network.configuration
      // Hidden characters took their place.
      configuration.characterDropout = GatedConfiguration().characterDropout
      configuration.dropout = GatedConfiguration().dropout
      architecture = .gated(configuration)
      text = model.textSettings
      alphabet = model.alphabet
      labels = nil
      store = model.store
      device = model.device
    case .matching:
      let matcher = try TextMatcher(bundle, threads: 1)
      architecture = .gated(matcher.configuration.gated)
      text = matcher.textSettings
      alphabet = matcher.alphabet
      labels = nil
      store = matcher.store
      device = matcher.device
    case let task:
      throw ConfigurationError(
        setting: "base", problem: "\(path) is a model of the task \(task.rawValue), whose body no classifier has")
    }
  }

  /// Checks that options agree with the base.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func check(_ options: TrainingOptions) throws(ConfigurationError) {
    func check(_ agrees: Bool, _ setting: String, _ problem: String) throws(ConfigurationError) {
      if !agrees { throw ConfigurationError(setting: setting, problem: problem) }
    }
    try check(
      options.architecture.name == architecture.name, "model",
      "\(options.architecture.name) cannot start from \(path), which is \(architecture.name)")
    let problem = "must be what it is in \(path), whose characters the network has learned to read"
    try check(options.text.normalization == text.normalization, "normalization", problem)
    try check(options.text.foldsCase == text.foldsCase, "foldsCase", problem)
    try check(options.text.unit == text.unit, "unit", problem)
    try check(options.embeddings == nil, "embeddings", "come from \(path) and cannot be loaded from a file too")
  }

  /// The characters of the base, and after them those that it lacks.
  func alphabet(extendedBy other: Alphabet, maximumSize: Int) throws(AlphabetError) -> Alphabet {
    let known = Set(alphabet.units)
    let room = max(maximumSize - alphabet.count, 0)
    return try Alphabet(units: alphabet.units + other.units.filter { !known.contains($0) }.prefix(room))
  }

  /// Copies the body: every parameter by its name. Rows of characters that the base lacks stay random. The end of the
  /// network is copied where the classes are the same, and starts anew otherwise.
  ///
  /// - Parameters:
  ///   - other: The parameters of the new network.
  ///   - alphabet: Its characters.
  ///   - labels: Its classes.
  ///   - keepsHead: Whether the end of the network may be copied at all: that of another task means something else.
  ///   - device: Holds its parameters.
  /// - Returns: One line each: what the user should know.
  /// - Throws: ``ConfigurationError`` where a parameter has another shape.
  func lend(
    to other: ParameterStore, alphabet: Alphabet, labels: LabelSet?, keepsHead isSameTask: Bool = true,
    device: any Device
  ) throws -> [String] {
    let own = Dictionary(uniqueKeysWithValues: store.layout.all.map { ($0.name, $0) })
    let keepsHead = isSameTask && labels == self.labels
    let embeddings = other.layout.embeddingNames
    var copied = 0
    var missing: [String] = []
    for parameter in other.layout.trained + other.layout.state {
      if parameter.isHead, !keepsHead || parameter.name.hasPrefix("ngrams.") { continue }
      guard let base = own[parameter.name] else {
        missing.append(parameter.name)
        continue
      }
      let values = store.read(base, device: self.device)
      if base.shape == parameter.shape {
        other.write(values, to: parameter, device: device)
      } else if embeddings.contains(parameter.name), base.shape[1...] == parameter.shape[1...],
        base.shape[0] < parameter.shape[0]
      {
        let all = other.read(parameter, device: device)
        other.write(values + all[values.count...], to: parameter, device: device)
      } else if !parameter.isHead {
        throw ConfigurationError(
          setting: "base",
          problem:
            "\(path) has a \(parameter.name) of \(base.shape), and the settings make one of \(parameter.shape); leave out the setting that changes the body"
        )
      }
      copied += 1
    }
    guard copied > 0 else {
      throw ConfigurationError(setting: "base", problem: "\(path) has nothing that this network could start from")
    }
    if missing.isEmpty { return [] }
    return [
      "\(path) has no \(missing[0])\(missing.count > 1 ? " and \(missing.count - 1) more" : ""): they start at random"
    ]
  }
}

extension TrainingOptions {
  /// Starts from a trained model: a language model, or a classifier with the same or other labels. Its network and its text
  /// settings are taken over; settings that were changed before are lost. Its characters are joined by those that only the
  /// training texts have.
  ///
  /// The body of the network must stay as it is; what has no weights may be changed, such as dropout or the pooling
  /// between blocks.
  ///
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that nothing can start from.
  public mutating func use(base path: String) throws {
    let base = try BaseModel(opening: path)
    architecture = base.architecture
    text = base.text
    self.base = path
  }
}
