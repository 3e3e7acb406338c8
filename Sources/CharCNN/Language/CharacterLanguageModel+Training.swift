/// What the training of a language model was asked to do.
struct LanguagePlan: RunPlan {
  static let task = ModelTask.language

  /// The first of the files; what a checkpoint tells of its texts.
  struct Source: Codable {
    var path: String
  }

  var objective: LanguageObjective
  var network: GatedConfiguration
  var language: LanguageSettings
  var text: TextSettings
  var source: Source
  var texts: [String]
  var validation: [String]

  var options: LanguageOptions {
    var options = LanguageOptions(objective)
    options.network = network
    options.language = language
    options.text = text
    return options
  }
}

extension CharacterLanguageModel {
  /// Trains a language model on files of running text, or folders of them, of any size.
  ///
  /// - Parameters:
  ///   - texts: The files.
  ///   - validation: Files to choose the best epoch by; none splits blocks off the texts.
  ///   - options: Objective, network, text, training, machine.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files, ``ConfigurationError`` for settings that make no network, ``TrainingError``.
  public static func train(
    on texts: [String], validation: [String] = [], options: LanguageOptions = .init(),
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (model: CharacterLanguageModel, summary: TrainingSummary) {
    try options.validate()
    let folder = try options.checkpoint.map { try CheckpointFolder(creating: $0.folder, overwrite: $0.overwrite) }
    defer { folder?.removeIfEmpty() }
    return try run(
      on: texts, validation: validation, options: options, folder: folder, checkpoint: nil, progress: progress,
      isCancelled: isCancelled)
  }

  /// Goes on with an interrupted training; see ``TrainingCheckpoint``.
  ///
  /// - Throws: ``TrainingError/changed(path:what:)`` if the texts are not those the training began with, `StorageError` if
  ///   the checkpoint does not fit this version of the program, and what training throws.
  public static func resume(
    _ checkpoint: TrainingCheckpoint, progress: (TrainingEvent) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (model: CharacterLanguageModel, summary: TrainingSummary) {
    let plan = try checkpoint.plan(LanguagePlan.self)
    var options = plan.options
    options.take(checkpoint.run, folder: checkpoint.folder)
    options.threads = checkpoint.threads
    try options.validate()
    return try run(
      on: checkpoint.trainingPaths, validation: checkpoint.validationPaths, options: options, folder: checkpoint.keeper,
      checkpoint: checkpoint, progress: progress, isCancelled: isCancelled)
  }

  private static func run(
    on texts: [String], validation: [String], options: LanguageOptions, folder: CheckpointFolder?,
    checkpoint: TrainingCheckpoint?, progress: (TrainingEvent) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (model: CharacterLanguageModel, summary: TrainingSummary) {
    let settings = options.training
    let (files, notes) = try PlainText.found(in: texts)
    let alphabet = try alphabet(of: files, options: options) { progress(.reading(examples: $0)) }
    let encoder = TextEncoder(settings: options.text, alphabet: alphabet)
    let stream = try CharacterStream(files, encoder: encoder)
    let path = texts.joined(separator: ", ")
    let (heldFiles, heldNotes) = try PlainText.found(in: validation)
    let held = try validation.isEmpty ? nil : CharacterStream(heldFiles, encoder: encoder)
    let parts =
      held.map { (training: stream.segments, validation: $0.segments) }
      ?? stream.split(
        fraction: settings.validationFraction, block: 16 * options.language.window, seed: settings.seed)
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
    let epochs = settings.epochs ?? Trainer.automaticEpochs(characters: characters, texts: task.count)
    var summary = DataSummary()
    summary.unit = "window"
    summary.trainingExamples = task.count
    summary.validationExamples =
      parts.validation.reduce(0) { $0 + ($1.range.count + options.language.window - 1) / options.language.window }
    summary.validationIsSplit = held == nil
    summary.alphabetSize = alphabet.count
    summary.characters = characters
    summary.epochs = epochs
    summary.parameters = network.parameters.learnedCount
    summary.warnings += notes + heldNotes
    if ngrams != nil, characters > CharacterNgrams.largestText {
      summary.warnings.append(
        "the n-grams are counted in the first \(CharacterNgrams.largestText) of \(characters) characters; the network reads all"
      )
    }
    summary.warnings += options.deviceWarnings
    progress(.prepared(summary))

    let device = options.makeDevice()
    let store = ParameterStore(layout: network.parameters, seed: settings.seed, device: device)
    var inputs = [RunInput(name: "training", path: path, digest: stream.digest, content: "text")]
    if let held {
      inputs.append(
        RunInput(
          name: "validation", path: validation.joined(separator: ", "), digest: held.digest, content: "text"))
    }
    let plan = LanguagePlan(
      objective: options.objective, network: options.network, language: options.language, text: options.text,
      source: LanguagePlan.Source(path: StoredSource.absolute(texts[0])), texts: texts.map(StoredSource.absolute),
      validation: validation.map(StoredSource.absolute))
    let result = try TrainingRun(
      task: task, plan: plan, options: options, epochs: epochs, alphabet: alphabet, files: [], inputs: inputs,
      activationsPerCharacter: configuration.activationsPerCharacter
    ).run(
      store: store, device: device, folder: folder, checkpoint: checkpoint, progress: progress,
      isCancelled: isCancelled)
    let record = LanguageRecord(
      settings: settings, characters: characters, epochs: result.summary.epochs, bestEpoch: result.summary.bestEpoch,
      bitsPerCharacter: result.summary.report.measure.value)
    let model = CharacterLanguageModel(
      objective: options.objective, language: options.language, network: network, ngrams: ngrams,
      store: result.best, encoder: encoder, device: device, record: record)
    return (model, result.summary)
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
      minimumCount: options.training.minimumCount, maximumSize: options.training.maximumAlphabet)
    guard !alphabet.units.isEmpty else { throw TrainingError.noExamples(path: first) }
    return alphabet
  }
}
