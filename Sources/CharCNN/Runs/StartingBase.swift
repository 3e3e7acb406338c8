import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

/// The base of a run, opened at its beginning only: a checkpoint holds what became of it.
struct StartingBase {
  /// A model whose body the run's network starts from; nil for a run without one, and for one that goes on.
  let model: BaseModel?
  /// A base whose vectors the run's model looks at; nil likewise.
  let vectors: VectorBase?
  private let checkpoint: TrainingCheckpoint?

  /// - Parameters:
  ///   - path: The base's bundle; nil for none.
  ///   - checkpoint: Where the run stands; nil at its beginning.
  ///   - instructions: Those of the run, where a base may give vectors; nil where it must have a network.
  /// - Throws: As ``BaseModel/init(opening:)``.
  init(_ path: String?, checkpoint: TrainingCheckpoint?, instructions: InstructionSet? = nil) throws {
    self.checkpoint = path == nil ? nil : checkpoint
    guard let path, checkpoint == nil else {
      (model, vectors) = (nil, nil)
      return
    }
    vectors = try instructions.flatMap { try VectorBase(path, instructions: $0) }
    model = vectors == nil ? try BaseModel(opening: path) : nil
  }

  /// The alphabet of the run: that of the base, joined by what only the run's own texts have.
  func alphabet(_ own: Alphabet, maximumSize: Int) throws -> Alphabet {
    try checkpoint?.alphabet() ?? (model?.alphabet ?? vectors?.alphabet)?.extended(by: own, maximumSize: maximumSize)
      ?? own
  }
}

extension Alphabet {
  /// These characters, and after them those that they lack.
  func extended(by other: Alphabet, maximumSize: Int) throws(AlphabetError) -> Alphabet {
    let known = Set(units)
    let room = max(maximumSize - count, 0)
    return try Alphabet(units: units + other.units.filter { !known.contains($0) }.prefix(room))
  }
}

/// A base whose vectors a model looks at beside the n-grams.
struct VectorBase {
  let path: String
  let reader: VectorReader
  let text: TextSettings
  let alphabet: Alphabet

  /// Nil for a model of another task.
  ///
  /// - Throws: `StorageError` for a faulty bundle.
  init?(_ path: String, instructions: InstructionSet = .best) throws {
    let bundle = try ModelBundle(contentsOf: path)
    guard try bundle.task() == .embedding else { return nil }
    let model = try TextEmbedder(bundle, threads: 1, instructions: instructions)
    self.path = path
    reader = VectorReader(model.network, model.store, length: model.textSettings.maximumLength)
    text = model.textSettings
    alphabet = model.alphabet
  }

  /// Bytes that a model keeps of it.
  var bytes: Int {
    get throws { try StoredVectors.files(reader, device: CPUDevice(threads: 1)).reduce(0) { $0 + $1.bytes.count } }
  }

  /// Checks that options of a classifier can make use of the vectors.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func check(_ options: ClassificationOptions) throws(ConfigurationError) {
    try BaseModel.check(options.text, reads: text, of: path)
    func refusal(_ setting: String, _ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(setting: setting, problem: problem, advice: advice)
    }
    if options.architecture.configuration.fixedAlphabet != nil {
      throw refusal(
        "model", "brings an alphabet of its own, and the vectors of \(path) are of other characters",
        "choose another network, or `alphabet=data`")
    }
    if !options.ngrams.isEnabled || options.ngrams.isTable {
      throw refusal(
        "base", "\(path) gives vectors, which stand beside n-grams that are solved",
        "leave out \(options.ngrams.isEnabled ? "the settings of the table" : "ngrams=none"), or the base")
    }
    let (training, usual) = (options.training, TrainingSettings())
    for (name, isUsual) in [
      ("frozenLayers", training.frozenLayers == usual.frozenLayers),
      ("layerDecay", training.layerDecay == usual.layerDecay), ("unfreezing", training.unfreezing == usual.unfreezing),
    ] where !isUsual {
      throw refusal(
        name, "is for layers that a base lends, and \(path) gives vectors alone", "leave it out")
    }
    if options.text.chunkLength != nil {
      throw refusal(
        "chunkLength", "cannot go with \(path): a vector is of a whole text", "leave one of both out")
    }
  }
}
