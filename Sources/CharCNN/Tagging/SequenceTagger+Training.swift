extension SequenceTagger {
  /// Trains a tagger on a file of sentences.
  ///
  /// - Parameters:
  ///   - sentences: Sentences with tags.
  ///   - validation: Sentences to choose the best epoch by; nil splits some off the training sentences.
  ///   - options: Network, text, training, machine; nil for the defaults for the data.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files, ``ConfigurationError`` for settings that make no network, ``TrainingError``.
  public static func train(
    on sentences: TaggedTextSource, validation: TaggedTextSource? = nil, options: TaggingOptions? = nil,
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (tagger: SequenceTagger, summary: TrainingSummary) {
    try train(
      on: .source(sentences), validation: validation.map { .source($0) },
      options: options ?? TaggingOptions(for: sentences), progress: progress, isCancelled: isCancelled)
  }

  /// Trains a tagger on sentences of any kind; see ``train(on:validation:options:progress:isCancelled:)``.
  public static func train(
    on sentences: TaggedSentences, validation: TaggedSentences? = nil, options: TaggingOptions,
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (tagger: SequenceTagger, summary: TrainingSummary) {
    try options.validate()
    let folder = try options.checkpoint.map { try CheckpointFolder(creating: $0.folder, overwrite: $0.overwrite) }
    defer { folder?.removeIfEmpty() }
    return try run(
      on: sentences, validation: validation, options: options, folder: folder, checkpoint: nil, progress: progress,
      isCancelled: isCancelled)
  }

  /// Goes on with an interrupted training; see ``TrainingCheckpoint``.
  ///
  /// - Parameters:
  ///   - checkpoint: Where it stands.
  ///   - sentences: The sentences it learns from, where they came from an array; nil reads the file again.
  ///   - validation: The same for the validation sentences.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the whole run.
  /// - Throws: ``TrainingError/changed(path:what:)`` if the sentences are not those the training began with, `StorageError`
  ///   if the checkpoint does not fit this version of the program, and what training throws.
  public static func resume(
    _ checkpoint: TrainingCheckpoint, on sentences: TaggedSentences? = nil, validation: TaggedSentences? = nil,
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (tagger: SequenceTagger, summary: TrainingSummary) {
    let plan = try checkpoint.plan(TaggingPlan.self)
    var options = plan.options
    options.take(checkpoint.run, folder: checkpoint.folder)
    options.threads = checkpoint.threads
    try options.validate()
    let (training, held) = try plan.sentences(given: sentences, validation: validation, at: checkpoint)
    return try run(
      on: training, validation: held, options: options, folder: checkpoint.keeper, checkpoint: checkpoint,
      progress: progress, isCancelled: isCancelled)
  }

  private static func run(
    on source: TaggedSentences, validation: TaggedSentences?, options: TaggingOptions, folder: CheckpointFolder?,
    checkpoint: TrainingCheckpoint?, progress: (TrainingEvent) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (tagger: SequenceTagger, summary: TrainingSummary) {
    let settings = options.training
    var architecture = options.architecture
    let base = try StartingBase(options.base, checkpoint: checkpoint)
    try base.model?.check(options)
    let data = try PreparedSentences(source, validation: validation, options: options, digests: folder != nil) {
      try base.alphabet($0, maximumSize: settings.maximumAlphabet)
    }
    progress(.reading(examples: data.summary.trainingExamples + data.summary.validationExamples))
    architecture.setSizes(alphabetSize: data.encoder.alphabet.count, classes: data.labels.count)
    let network = try architecture.makeNetwork()
    try network.parameters.validateMemory()
    let device = options.makeDevice()
    let epochs =
      settings.epochs
      ?? Trainer.automaticEpochs(
        characters: data.summary.characters, texts: data.sentences.count)
    var summary = data.summary
    summary.epochs = epochs
    summary.parameters = network.parameters.learnedCount
    summary.warnings += options.warnings(labels: data.labels.labels)
    summary.warnings += settings.warnings(for: network.parameters)
    summary.warnings += options.deviceWarnings
    let store = ParameterStore(layout: network.parameters, seed: settings.seed, device: device)
    summary.warnings += try base.model?.lend(to: store, of: .tagger(data.labels), device: device) ?? []
    progress(.prepared(summary))
    let task = TaggingTask(
      network: network, training: data.training, sentences: data.sentences, validation: data.validation,
      labels: data.labels.labels,
      swaps: options.spanSwaps == 0
        ? nil
        : SpanSwaps(
          data.training, chosen: data.sentences, labels: data.labels.labels, rate: options.spanSwaps,
          seed: settings.seed))
    let result = try TrainingRun(
      task: task, plan: TaggingPlan(options, sentences: source, validation: validation), options: options,
      epochs: epochs, alphabet: data.encoder.alphabet,
      files: [BundleFile(TrainingCheckpoint.FileName.labels, json: data.labels)], inputs: data.inputs,
      activationsPerCharacter: architecture.activationsPerCharacter
    ).run(
      store: store, device: device, folder: folder, checkpoint: checkpoint, progress: progress,
      isCancelled: isCancelled)
    let record = TaggingRecord(
      settings: settings, trainingExamples: summary.trainingExamples, validationExamples: summary.validationExamples,
      epochs: result.summary.epochs, bestEpoch: result.summary.bestEpoch, accuracy: result.summary.accuracy,
      spanF1: result.summary.report.tagging?.spanF1 ?? 0)
    let tagger = SequenceTagger(
      architecture: architecture, network: network, store: result.best, encoder: data.encoder, labels: data.labels,
      device: device, record: record, conlluColumn: source.conlluColumn)
    return (tagger, result.summary)
  }
}

/// What a model file remembers of its training. No times and no thread numbers: the same training gives the same bytes.
public struct TaggingRecord: Codable, Sendable, Hashable {
  /// The settings.
  public var settings: TrainingSettings
  /// Sentences that it learned from.
  public var trainingExamples: Int
  /// Sentences that chose the best epoch.
  public var validationExamples: Int
  /// Epochs done.
  public var epochs: Int
  /// Epoch of the kept model.
  public var bestEpoch: Int
  /// Share of right tags in the validation sentences.
  public var accuracy: Double
  /// F1 of the spans of the validation sentences.
  public var spanF1: Double
}

extension BaseModel {
  /// Checks that options of a tagger agree with the base.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  fileprivate func check(_ options: TaggingOptions) throws(ConfigurationError) {
    _ = try tagger(options.architecture)
    try check(options.text)
  }
}
