/// What pre-training on context was asked to do.
struct ContextPlan: RunPlan {
  static let task = ModelTask.context

  /// The first of the files; what a checkpoint tells of its texts.
  struct Source: Codable {
    var path: String
  }

  var network: GatedConfiguration
  var context: ContextSettings
  var text: TextSettings
  var source: Source
  var texts: [String]
  var validation: [String]

  var options: ContextOptions {
    var options = ContextOptions()
    options.network = network
    options.context = context
    options.text = text
    return options
  }
}

extension TextClassifier {
  /// Trains a network on texts without labels: it reads a window of a text and predicts words from around it. Each line of
  /// the files is a text.
  ///
  /// The result is a classifier whose labels are words. Another one starts from it with ``TrainingOptions/use(base:)``.
  ///
  /// - Parameters:
  ///   - texts: Files, or folders of them, of any size.
  ///   - validation: Files to choose the best epoch by; none holds out some lines of the texts.
  ///   - options: Network, text, training, machine.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files, ``ConfigurationError`` for settings that make no network and texts without
  ///   frequent words, ``TrainingError``.
  public static func pretrain(
    on texts: [String], validation: [String] = [], options: ContextOptions = .init(),
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (classifier: TextClassifier, summary: TrainingSummary) {
    try options.validate()
    let folder = try options.checkpoint.map { try CheckpointFolder(creating: $0.folder, overwrite: $0.overwrite) }
    defer { folder?.removeIfEmpty() }
    return try run(
      on: texts, validation: validation, options: options, folder: folder, checkpoint: nil, progress: progress,
      isCancelled: isCancelled)
  }

  /// Goes on with an interrupted pre-training on context; see ``TrainingCheckpoint``.
  ///
  /// - Throws: ``TrainingError/changed(path:what:)`` if the texts are not those the training began with, `StorageError` if
  ///   the checkpoint does not fit this version of the program, and what training throws.
  public static func resumePretraining(
    _ checkpoint: TrainingCheckpoint, progress: (TrainingEvent) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (classifier: TextClassifier, summary: TrainingSummary) {
    let plan = try checkpoint.plan(ContextPlan.self)
    var options = plan.options
    options.take(checkpoint.run, folder: checkpoint.folder)
    options.threads = checkpoint.threads
    try options.validate()
    return try run(
      on: plan.texts, validation: plan.validation, options: options, folder: checkpoint.keeper,
      checkpoint: checkpoint, progress: progress, isCancelled: isCancelled)
  }

  private static func run(
    on texts: [String], validation: [String], options: ContextOptions, folder: CheckpointFolder?,
    checkpoint: TrainingCheckpoint?, progress: (TrainingEvent) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (classifier: TextClassifier, summary: TrainingSummary) {
    let settings = options.training
    let files = try PlainText.files(texts)
    let alphabet = try Alphabet(of: files, text: options.text, training: settings) { progress(.reading(examples: $0)) }
    let encoder = TextEncoder(settings: options.text, alphabet: alphabet)
    let stream = try CharacterStream(files, encoder: encoder)
    let path = texts.joined(separator: ", ")
    var lines = try stream.lines(atLeast: shortestLine)
    let held = try validation.isEmpty ? nil : CharacterStream(PlainText.files(validation), encoder: encoder)
    var heldLines = try held?.lines(atLeast: shortestLine) ?? []
    if held == nil {
      let split = stratifiedSplit(
        labels: [Int32](repeating: 0, count: lines.count), validationFraction: settings.validationFraction,
        seed: settings.seed, maximumValidation: mostHeldLines)
      heldLines = split.validation.map { lines[$0] }
      lines = split.train.map { lines[$0] }
    }
    guard !lines.isEmpty else { throw TrainingError.noExamples(path: path) }
    guard !heldLines.isEmpty else { throw TrainingError.noValidation(path: path) }

    let vocabulary = try WordVocabulary(stream, lines: lines, settings: options.context, unit: options.text.unit)
    var configuration = options.network
    configuration.alphabetSize = alphabet.count
    configuration.classes = vocabulary.labels.count
    let network = try GatedNetwork(configuration)
    try network.parameters.validateMemory()
    let task = ContextTask(
      network: network, vocabulary: vocabulary, settings: options.context, training: .init(stream, lines),
      validation: .init(held ?? stream, heldLines), seed: settings.seed)
    let characters = task.lengths.reduce(0, +)
    let epochs = settings.epochs ?? Trainer.automaticEpochs(characters: characters, texts: task.lengths.count)
    var summary = DataSummary()
    summary.unit = "window"
    summary.trainingExamples = task.lengths.count
    summary.validationExamples = heldLines.count
    summary.validationIsSplit = held == nil
    summary.labels = vocabulary.labels.labels
    summary.alphabetSize = alphabet.count
    summary.characters = characters
    summary.epochs = epochs
    summary.parameters = network.parameters.learnedCount
    summary.warnings += options.deviceWarnings
    progress(.prepared(summary))

    let device = options.makeDevice()
    let store = ParameterStore(layout: network.parameters, seed: settings.seed, device: device)
    var inputs = [RunInput(name: "training", path: path, digest: stream.digest, content: "text")]
    if let held {
      inputs.append(
        RunInput(name: "validation", path: validation.joined(separator: ", "), digest: held.digest, content: "text"))
    }
    let plan = ContextPlan(
      network: options.network, context: options.context, text: options.text,
      source: ContextPlan.Source(path: StoredSource.absolute(texts[0])), texts: texts.map(StoredSource.absolute),
      validation: validation.map(StoredSource.absolute))
    let result = try TrainingRun(
      task: task, plan: plan, options: options, epochs: epochs, alphabet: alphabet,
      files: [try BundleFile(TrainingCheckpoint.FileName.labels, json: vocabulary.labels)], inputs: inputs
    ).run(
      store: store, device: device, folder: folder, checkpoint: checkpoint, progress: progress,
      isCancelled: isCancelled)
    // The model is a classifier as others are; what starts from it is to drop what classifiers drop.
    let usual = GatedConfiguration()
    configuration.characterDropout = usual.characterDropout
    configuration.blockDropout = usual.blockDropout
    configuration.dropout = usual.dropout
    let architecture = Architecture.gated(configuration)
    let classifier = TextClassifier(
      architecture: architecture, ngrams: .none, network: try architecture.makeNetwork(), store: result.best,
      encoder: encoder, labels: vocabulary.labels, device: device, record: nil)
    return (classifier, result.summary)
  }

  /// Characters of a line that has something around a window.
  private static let shortestLine = 16
  /// Held-out lines at most: more would only cost time.
  private static let mostHeldLines = 2_000
}
