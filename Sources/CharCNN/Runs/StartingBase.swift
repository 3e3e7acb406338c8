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
    model = vectors == nil ? try BaseModel(opening: path, instructions: instructions ?? .best) : nil
  }

  /// The alphabet of the run: that of the base, joined by what only the run's own texts have.
  func alphabet(_ own: Alphabet, maximumSize: Int) throws -> Alphabet {
    try checkpoint?.alphabet() ?? (model?.alphabet ?? vectors?.alphabet)?.extended(by: own, maximumSize: maximumSize)
      ?? own
  }

  /// What gives a network the vectors of a base, in the alphabet of the run: the base itself, a model that has them from its own base, or in a
  /// run that goes on the checkpoint. Nil for none.
  ///
  /// - Throws: `StorageError` for a faulty checkpoint.
  func reader(_ alphabet: Alphabet, device: any Device) throws -> VectorReader? {
    if let checkpoint { return try StoredVectors.decode(checkpoint.bundle, alphabet: alphabet, device: device) }
    return vectors?.reader(alphabet) ?? model?.vectors
  }

  /// What gives n-grams the vectors of a base, in the characters of the run, which begin with those of what it starts from: the base itself, or a
  /// model that has them from its own base. Nil for none, and where no n-grams are solved that vectors could stand beside.
  func reader(for options: ClassificationOptions) -> VectorReader? {
    if let vectors { return vectors.reader }
    guard options.ngrams.isEnabled, !options.ngrams.isTable, options.text.chunkLength == nil,
      options.architecture.configuration.fixedAlphabet == nil
    else { return nil }
    return model?.vectors
  }

  /// What to say where a model has vectors from its own base, and what starts from it has not; nil where there is nothing to say.
  ///
  /// - Parameter isSolved: Whether n-grams are solved, which vectors stand beside.
  func noteOfVectors(_ reader: VectorReader?, isSolved: Bool) -> String? {
    if vectors != nil { return isSolved ? nil : "the base's vectors are not looked at" }
    guard let model, model.vectors != nil, reader == nil || !isSolved else { return nil }
    return "the vectors that \(model.path) has from a base are not looked at: they stand beside n-grams that are solved"
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
  private let model: TextEmbedder

  /// Nil for a model of another task.
  ///
  /// - Throws: `StorageError` for a faulty bundle.
  init?(_ path: String, instructions: InstructionSet = .best) throws {
    let bundle = try ModelBundle(contentsOf: path)
    guard try bundle.task() == .embedding else { return nil }
    let model = try TextEmbedder(bundle, threads: 1, instructions: instructions)
    self.path = path
    self.model = model
    reader = VectorReader(model.network, model.store, length: model.textSettings.maximumLength)
    text = model.textSettings
    alphabet = model.alphabet
  }

  /// The part of some words that the base has met, 0 to 1; 0 for none.
  func knownShare(of words: [String]) -> Double { model.knownShare(of: words) }

  /// The same vectors for texts in another alphabet: each of its characters is read as the base reads it by itself.
  func reader(_ other: Alphabet) -> VectorReader {
    let encoder = TextEncoder(settings: text, alphabet: alphabet)
    let characters =
      [Alphabet.unknown]
      + other.units.map { unit in
        var indices: [Int32] = []
        encoder.encode(unit, into: &indices)
        return indices.count == 1 ? indices[0] : Alphabet.unknown
      }
    let own = (0..<Int32(alphabet.count)).map { $0 }
    if characters.starts(with: own), characters.dropFirst(own.count).allSatisfy({ $0 == Alphabet.unknown }) {
      return reader
    }
    return VectorReader(reader.network, reader.store, length: reader.length, characters: characters)
  }

  /// Checks that a text is read as the base reads it.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func check(_ settings: TextSettings) throws(ConfigurationError) {
    try BaseModel.check(settings, reads: text, of: path)
  }

  /// Checks that a tagger can make use of the vectors. It may read letters as they are where the base folds their case.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func check(_ options: TaggingOptions) throws(ConfigurationError) {
    guard options.architecture.unit == .word else {
      throw refusal(
        "base", "\(path) gives vectors of words, and a tagger of characters has none",
        "start from a masked language model, or from another tagger")
    }
    guard options.text.unit == text.unit else {
      throw refusal(
        "unit", "must be what it is in \(path), whose vectors are of such characters", "leave it as it is there")
    }
  }

  private func refusal(_ setting: String, _ problem: String, _ advice: String) -> ConfigurationError {
    ConfigurationError(setting: setting, problem: problem, advice: advice)
  }

  /// Checks that options of a classifier, or of a model of scores, can make use of the vectors.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func check(_ options: ClassificationOptions) throws(ConfigurationError) {
    try check(options.text)
    if options.architecture.configuration.fixedAlphabet != nil {
      throw refusal(
        "model", "brings an alphabet of its own, and the vectors of \(path) are of other characters",
        "choose another network, or `alphabet=data`")
    }
    if !options.ngrams.isEnabled || options.ngrams.isTable {
      // The networks of papers have no n-grams unless they are asked for.
      throw refusal(
        "base", "\(path) gives vectors, which stand beside n-grams that are solved",
        options.ngrams.isEnabled
          ? "leave out the settings of the table, or the base"
          : "give the model n-grams, `ngrams=automatic`, or leave out the base")
    }
    if options.text.chunkLength != nil {
      throw refusal(
        "chunkLength", "cannot go with \(path): a vector is of a whole text", "leave one of both out")
    }
  }
}
