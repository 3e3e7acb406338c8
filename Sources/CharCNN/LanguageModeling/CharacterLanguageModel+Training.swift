public import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// What the training of a language model was asked to do, as `run.json` says it.
struct LanguagePlan: Codable {
  let options: LanguageOptions
  /// Files and folders; none for texts in memory.
  let texts: [String]
  let validation: [String]
  let hasValidation: Bool

  private enum CodingKeys: String, CodingKey {
    case source
    case texts
    case validation
    case hasValidation
  }

  /// The first of the files.
  private struct Source: Codable {
    var path: String
  }

  init(_ request: TrainingRequest<CharacterLanguageModel>) {
    options = request.options
    texts = request.examples.source?.paths.map(FilePath.absolute) ?? []
    validation = request.validation?.source?.paths.map(FilePath.absolute) ?? []
    hasValidation = request.validation != nil
  }

  init(from decoder: any Decoder) throws {
    options = try LanguageOptions(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    texts = try container.decode([String].self, forKey: .texts)
    validation = try container.decode([String].self, forKey: .validation)
    // Programs before this member took files only.
    hasValidation = try container.decodeIfPresent(Bool.self, forKey: .hasValidation) ?? !validation.isEmpty
  }

  func encode(to encoder: any Encoder) throws {
    try options.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(texts.first.map { Source(path: $0) }, forKey: .source)
    try container.encode(texts, forKey: .texts)
    try container.encode(validation, forKey: .validation)
    try container.encode(hasValidation, forKey: .hasValidation)
  }

  /// The texts that the training reads.
  ///
  /// - Throws: `DataError` where a file is gone; ``ConfigurationError`` where there was none and no texts are given, and for
  ///   validation texts where the training has none of its own.
  func examples(given: Examples<String>?, validation held: Examples<String>?, at checkpoint: TrainingCheckpoint) throws
    -> (training: Examples<String>, validation: Examples<String>?)
  {
    func chosen(_ given: Examples<String>?, _ paths: [String], _ name: String) throws -> Examples<String> {
      if let given { return given }
      if paths.isEmpty { throw ConfigurationError.notGiven(name) }
      if let gone = paths.first(where: { !FilePath.exists($0) }) {
        throw DataError(.missingFile, path: gone, problem: "there is no such file", advice: nil).advisingPaths(name)
      }
      return Examples(contentsOf: paths)
    }
    let training = try chosen(given, checkpoint.trainingPaths, "training")
    if !hasValidation, held != nil { throw ConfigurationError.hasNoValidation }
    return (training, hasValidation ? try chosen(held, checkpoint.validationPaths, "validation") : nil)
  }
}

extension CharacterLanguageModel: TrainableModel {
  /// What to train and how.
  public typealias Options = LanguageOptions
  /// Running text: files, folders of them, or texts in memory.
  public typealias Example = String
  /// How well it does.
  public typealias Report = LanguageReport

  /// The default options, whatever the texts.
  public static func defaultOptions(for examples: Examples<String>) -> LanguageOptions { LanguageOptions() }

  /// How running text becomes a language model.
  public static var steps: TrainingRun<CharacterLanguageModel>.Steps {
    .init(
      prepare: prepare, plan: { LanguagePlan($0) }, contents: { try $0.contents() },
      reopen: { checkpoint, given, validation in
        let plan = try checkpoint.plan(LanguagePlan.self, of: task)
        let (texts, held) = try plan.examples(given: given, validation: validation, at: checkpoint)
        return (plan.options, texts, held)
      })
  }

  private static func prepare(
    _ request: TrainingRequest<CharacterLanguageModel>, progress: (TrainingEvent<Report>) -> Void
  ) throws -> TrainingPreparation<CharacterLanguageModel> {
    let (options, settings) = (request.options, request.options.training)
    let examples = request.examples
    let (texts, notes) = try examples.plainTexts()
    if texts.isEmpty { throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory) }
    let alphabet = try alphabet(of: texts, options: options) { pieces in
      try examples.checkNow()
      if pieces % 4_096 == 0 { progress(.reading(examples: pieces)) }
    }
    guard !alphabet.units.isEmpty else {
      throw TrainingError.noExamples(
        path: examples.isInMemory ? examples.name : texts[0].path, isInMemory: examples.isInMemory)
    }
    let encoder = TextEncoder(settings: options.text, alphabet: alphabet)
    let stream = try CharacterStream(texts, encoder: encoder, check: examples.checkNow)
    let heldTexts = try request.validation?.plainTexts()
    let held = try heldTexts.map { try CharacterStream($0.texts, encoder: encoder, check: examples.checkNow) }
    let parts =
      held.map { (training: stream.segments, validation: $0.segments) }
      ?? stream.split(
        fraction: options.data.validationFraction, block: 16 * options.language.window, seed: settings.seed)
    guard !parts.training.isEmpty else {
      throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory)
    }
    guard !parts.validation.isEmpty else {
      let split = request.validation ?? examples
      throw TrainingError.noValidation(path: split.name, isInMemory: split.isInMemory)
    }

    var configuration = options.network
    configuration.alphabetSize = alphabet.count
    configuration.classes = max(alphabet.count, 2)
    let network = try LanguageNetwork(configuration, ngrams: options.language.ngrams)
    // They are a function of the texts, so that a checkpoint need not hold them.
    let ngrams = try options.language.ngrams.map { order in
      try CharacterNgrams(
        counting: stream.characters(of: parts.training, atMost: CharacterNgrams.largestText), order: order,
        alphabetSize: alphabet.count)
    }
    let task = LanguageTask(
      network: network, ngrams: ngrams, objective: options.objective, settings: options.language, stream: stream,
      training: parts.training, validation: (held ?? stream, parts.validation), seed: settings.seed)
    let characters = parts.training.reduce(0) { $0 + $1.range.count }
    var summary = DataSummary()
    summary.unit = "window"
    summary.trainingExamples = task.count
    summary.validationExamples =
      parts.validation.reduce(0) { $0 + ($1.range.count + options.language.window - 1) / options.language.window }
    summary.validationIsSplit = held == nil
    summary.alphabetSize = alphabet.count
    summary.characters = characters
    summary.warnings += notes + (heldTexts?.notes ?? [])
    if ngrams != nil, characters > CharacterNgrams.largestText {
      summary.warnings.append(
        "the n-grams are counted in the first \(CharacterNgrams.largestText) of \(characters) characters; the network reads all"
      )
    }
    var inputs = [RunInput(name: "training", path: examples.name, digest: stream.digest, content: "text")]
    if let held {
      inputs.append(
        RunInput(
          name: "validation", path: request.validation?.name ?? "", digest: held.digest, content: "text"))
    }
    let facts = summary
    return TrainingPreparation(
      task: task, summary: summary, alphabet: alphabet, inputs: inputs,
      activationsPerCharacter: configuration.activationsPerCharacter,
      model: { [inputs] store, device, result in
        let record = Record(
          settings: options.run, characters: characters, epochs: result.epochs, bestEpoch: result.bestEpoch,
          bitsPerCharacter: result.report.bitsPerCharacter, history: result.history,
          provenance: try request.provenance(facts, inputs: inputs, longest: options.language.window, result))
        return CharacterLanguageModel(
          objective: options.objective, language: options.language, network: network, ngrams: ngrams, store: store,
          encoder: encoder, device: device, record: record)
      })
  }

  /// The characters of the texts that are frequent enough.
  private static func alphabet(
    of texts: [PlainText], options: LanguageOptions, progress: (_ pieces: Int) throws -> Void
  ) throws -> Alphabet {
    var settings = options.text
    settings.maximumLength = .max
    var builder = AlphabetBuilder()
    var pieces = 0
    for text in texts {
      for number in 0..<text.count {
        builder.add(text: try text.piece(number), settings: settings)
        pieces += 1
        try progress(pieces)
      }
    }
    return builder.build(minimumCount: options.data.minimumCount, maximumSize: options.data.maximumAlphabet)
  }
}
