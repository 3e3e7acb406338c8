import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

/// A trained model whose body another one starts from.
struct BaseModel {
  /// What the base is built as.
  enum Body {
    /// A network of the architectures, or what a classifier makes of one.
    case network(Architecture)
    case tagger(TaggerArchitecture)
  }

  let path: String
  let task: ModelTask
  let body: Body
  /// How its texts become characters, as a network that reads whole texts has it.
  let text: TextSettings
  let alphabet: Alphabet
  /// The classes of a classifier, the tags of a tagger.
  let labels: LabelSet?
  let store: ParameterStore
  let device: any Device

  /// Opens a model of any task.
  ///
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that nothing can start from.
  init(opening path: String) throws {
    self.path = path
    let bundle = try ModelBundle(contentsOf: path)
    task = try bundle.task()
    switch task {
    case .classification:
      let classifier = try TextClassifier(bundle, threads: 1)
      guard classifier.quantization == nil else {
        throw ConfigurationError(
          setting: "base", problem: "\(path) is quantized; give the model that it was made from")
      }
      body = .network(classifier.architecture)
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
      body = .network(.gated(configuration))
      text = model.textSettings
      alphabet = model.alphabet
      labels = nil
      store = model.store
      device = model.device
    case .matching:
      let matcher = try TextMatcher(bundle, threads: 1)
      body = .network(.gated(matcher.configuration.gated))
      text = matcher.textSettings
      alphabet = matcher.alphabet
      labels = nil
      store = matcher.store
      device = matcher.device
    case .tagging:
      let tagger = try SequenceTagger(bundle, threads: 1)
      body = .tagger(tagger.architecture)
      // A tagger bounds words, not texts.
      text = TextSettings().reading(as: tagger.textSettings)
      alphabet = tagger.alphabet
      labels = tagger.labelSet
      store = tagger.store
      device = tagger.device
    }
  }

  /// The characters of the base, and after them those that it lacks.
  func alphabet(extendedBy other: Alphabet, maximumSize: Int) throws(AlphabetError) -> Alphabet {
    let known = Set(alphabet.units)
    let room = max(maximumSize - alphabet.count, 0)
    return try Alphabet(units: alphabet.units + other.units.filter { !known.contains($0) }.prefix(room))
  }
}

extension TextSettings {
  /// The same, with characters that are what they are for another model.
  func reading(as other: TextSettings) -> TextSettings {
    var result = self
    result.normalization = other.normalization
    result.foldsCase = other.foldsCase
    result.dropsInvisible = other.dropsInvisible
    result.unit = other.unit
    return result
  }
}
