public import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// What the training of a language model was asked to do, as `run.json` says it.
struct LanguagePlan: Codable {
  let options: LanguageOptions
  let texts: [String]
  let validation: [String]

  private enum CodingKeys: String, CodingKey {
    case source
    case texts
    case validation
  }

  /// The first of the files.
  private struct Source: Codable {
    var path: String
  }

  init(_ options: LanguageOptions, texts: [String], validation: [String]) {
    self.options = options
    self.texts = texts.map(FilePath.absolute)
    self.validation = validation.map(FilePath.absolute)
  }

  init(from decoder: any Decoder) throws {
    options = try LanguageOptions(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    texts = try container.decode([String].self, forKey: .texts)
    validation = try container.decode([String].self, forKey: .validation)
  }

  func encode(to encoder: any Encoder) throws {
    try options.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Source(path: texts[0]), forKey: .source)
    try container.encode(texts, forKey: .texts)
    try container.encode(validation, forKey: .validation)
  }
}

extension CharacterLanguageModel: TrainableModel {
  /// What to train and how.
  public typealias Options = LanguageOptions
  /// Files of running text, or folders of them, of any size.
  public typealias Examples = [String]
  /// How well it does.
  public typealias Report = LanguageReport

  /// The default options, whatever the texts.
  public static func defaultOptions(for examples: [String]) -> LanguageOptions { LanguageOptions() }

  /// How running text becomes a language model.
  public static var steps: TaskSteps<CharacterLanguageModel> {
    TaskSteps(
      validate: { options in
        try options.validate()
        return options
      },
      prepare: { request, read in try prepare(request, read: read) },
      plan: { LanguagePlan($0.options, texts: $0.examples, validation: $0.validation ?? []) },
      contents: { try $0.contents() },
      reopen: { checkpoint, given, validation in
        let plan = try checkpoint.plan(LanguagePlan.self, of: task)
        return (plan.options, given ?? checkpoint.trainingPaths, validation ?? checkpoint.validationPaths)
      })
  }

  private static func prepare(
    _ request: TrainingRequest<CharacterLanguageModel>, read: (Int) -> Void
  ) throws -> TrainingPreparation<CharacterLanguageModel> {
    let (options, settings) = (request.options, request.options.training)
    let (files, notes) = try PlainText.found(in: request.examples)
    let alphabet = try alphabet(of: files, options: options, progress: read)
    let encoder = TextEncoder(settings: options.text, alphabet: alphabet)
    let stream = try CharacterStream(files, encoder: encoder)
    let path = request.examples.joined(separator: ", ")
    let validation = request.validation ?? []
    let (heldFiles, heldNotes) = try PlainText.found(in: validation)
    let held = try validation.isEmpty ? nil : CharacterStream(heldFiles, encoder: encoder)
    let parts =
      held.map { (training: stream.segments, validation: $0.segments) }
      ?? stream.split(
        fraction: options.data.validationFraction, block: 16 * options.language.window, seed: settings.seed)
    guard !parts.training.isEmpty else { throw TrainingError.noExamples(path: path) }
    guard !parts.validation.isEmpty else { throw TrainingError.noValidation(path: path) }

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
    summary.warnings += notes + heldNotes
    if ngrams != nil, characters > CharacterNgrams.largestText {
      summary.warnings.append(
        "the n-grams are counted in the first \(CharacterNgrams.largestText) of \(characters) characters; the network reads all"
      )
    }
    var inputs = [RunInput(name: "training", path: path, digest: stream.digest, content: "text")]
    if let held {
      inputs.append(
        RunInput(
          name: "validation", path: validation.joined(separator: ", "), digest: held.digest, content: "text"))
    }
    return TrainingPreparation(
      task: task, summary: summary, alphabet: alphabet, inputs: inputs,
      activationsPerCharacter: configuration.activationsPerCharacter,
      model: { store, device, result in
        let record = Record(
          settings: options.run, characters: characters, epochs: result.epochs, bestEpoch: result.bestEpoch,
          bitsPerCharacter: result.report.bitsPerCharacter)
        return CharacterLanguageModel(
          objective: options.objective, language: options.language, network: network, ngrams: ngrams, store: store,
          encoder: encoder, device: device, record: record)
      })
  }

  /// The characters of the files that are frequent enough.
  private static func alphabet(of files: [String], options: LanguageOptions, progress: (_ pieces: Int) -> Void) throws
    -> Alphabet
  {
    guard let first = files.first else { throw TrainingError.noExamples(path: "no file") }
    var settings = options.text
    settings.maximumLength = .max
    var builder = AlphabetBuilder()
    var pieces = 0
    for file in files {
      let text = try PlainText(path: file)
      for number in 0..<text.count {
        builder.add(text: try text.piece(number), settings: settings)
        pieces += 1
        if pieces % 4_096 == 0 { progress(pieces) }
      }
    }
    let alphabet = builder.build(
      minimumCount: options.data.minimumCount, maximumSize: options.data.maximumAlphabet)
    guard !alphabet.units.isEmpty else { throw TrainingError.noExamples(path: first) }
    return alphabet
  }
}
