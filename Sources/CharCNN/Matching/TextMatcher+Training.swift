extension TextMatcher {
  /// Trains a matcher on a file of pairs.
  ///
  /// - Parameters:
  ///   - pairs: Pairs with labels or scores.
  ///   - validation: Pairs to choose the best epoch by; nil splits some off the training pairs.
  ///   - options: Network, text, training, machine.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files, ``ConfigurationError`` for settings that make no network, ``TrainingError``.
  public static func train(
    on pairs: TextPairSource, validation: TextPairSource? = nil, options: MatchingOptions = .init(),
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (matcher: TextMatcher, summary: TrainingSummary) {
    try train(
      on: .source(pairs), validation: validation.map { .source($0) }, options: options, progress: progress,
      isCancelled: isCancelled)
  }

  /// Trains a matcher on pairs of any kind; see ``train(on:validation:options:progress:isCancelled:)``.
  public static func train(
    on pairs: TextPairs, validation: TextPairs? = nil, options: MatchingOptions = .init(),
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (matcher: TextMatcher, summary: TrainingSummary) {
    try options.validate()
    let folder = try options.checkpoint.map { try CheckpointFolder(creating: $0.folder, overwrite: $0.overwrite) }
    defer { folder?.removeIfEmpty() }
    return try run(
      on: pairs, validation: validation, options: options, folder: folder, checkpoint: nil, progress: progress,
      isCancelled: isCancelled)
  }

  /// Goes on with an interrupted training; see ``TrainingCheckpoint``.
  ///
  /// - Parameters:
  ///   - checkpoint: Where it stands.
  ///   - pairs: The pairs it learns from, where they came from an array; nil reads the file again.
  ///   - validation: The same for the validation pairs.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the whole run.
  /// - Throws: ``TrainingError/changed(path:what:)`` if the pairs are not those the training began with, `StorageError`
  ///   if the checkpoint does not fit this version of the program, and what training throws.
  public static func resume(
    _ checkpoint: TrainingCheckpoint, on pairs: TextPairs? = nil, validation: TextPairs? = nil,
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (matcher: TextMatcher, summary: TrainingSummary) {
    let plan = try checkpoint.plan(MatchingPlan.self)
    var options = plan.options
    options.take(checkpoint.run, folder: checkpoint.folder)
    options.threads = checkpoint.threads
    try options.validate()
    let (training, held) = try plan.pairs(given: pairs, validation: validation, at: checkpoint)
    return try run(
      on: training, validation: held, options: options, folder: checkpoint.keeper, checkpoint: checkpoint,
      progress: progress, isCancelled: isCancelled)
  }

  private static func run(
    on source: TextPairs, validation: TextPairs?, options: MatchingOptions, folder: CheckpointFolder?,
    checkpoint: TrainingCheckpoint?, progress: (TrainingEvent) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (matcher: TextMatcher, summary: TrainingSummary) {
    let settings = options.training
    let base = try StartingBase(options.base, checkpoint: checkpoint)
    try base.model?.check(options)
    let data = try PreparedPairs(source, validation: validation, options: options, digests: folder != nil) {
      try base.alphabet($0, maximumSize: settings.maximumAlphabet)
    }
    progress(.reading(examples: data.summary.trainingExamples + data.summary.validationExamples))
    var configuration = options.network
    configuration.alphabetSize = data.encoder.alphabet.count
    configuration.classes = data.labels?.count ?? 1
    configuration = configuration.resolved(scores: data.scores)
    configuration.positive = data.summary.positive ?? configuration.positive
    let network = try MatcherNetwork(configuration)
    try network.parameters.validateMemory()
    let device = options.makeDevice()
    let epochs =
      settings.epochs
      ?? Trainer.automaticEpochs(characters: data.summary.characters, texts: data.pairs.count)
    var summary = data.summary
    summary.epochs = epochs
    summary.parameters = network.parameters.learnedCount
    summary.warnings += settings.warnings(for: network.parameters)
    summary.warnings += options.deviceWarnings
    let store = ParameterStore(layout: network.parameters, seed: settings.seed, device: device)
    summary.warnings += try base.model?.lend(to: store, of: .matcher, device: device) ?? []
    progress(.prepared(summary))
    let task = MatchingTask(
      network: network, training: data.training, pairs: data.pairs, validation: data.validation,
      labels: data.labels?.labels ?? [])
    let result = try TrainingRun(
      task: task, plan: MatchingPlan(options, pairs: source, validation: validation), options: options,
      epochs: epochs, alphabet: data.encoder.alphabet,
      files: try data.labels.map { [try BundleFile(TrainingCheckpoint.FileName.labels, json: $0)] } ?? [],
      inputs: data.inputs, activationsPerCharacter: configuration.gated.activationsPerCharacter
    ).run(
      store: store, device: device, folder: folder, checkpoint: checkpoint, progress: progress,
      isCancelled: isCancelled)
    let report = result.summary.report.matching
    let record = MatchingRecord(
      settings: settings, trainingExamples: summary.trainingExamples, validationExamples: summary.validationExamples,
      epochs: result.summary.epochs, bestEpoch: result.summary.bestEpoch, accuracy: report?.accuracy,
      macroF1: report?.macroF1, pearson: report?.pearson, spearman: report?.spearman)
    let matcher = TextMatcher(
      network: network, store: result.best, encoder: data.encoder, labels: data.labels, device: device, record: record,
      columns: source.source?.columns.trained)
    return (matcher, result.summary)
  }
}

/// What a model file remembers of its training. No times and no thread numbers: the same training gives the same bytes.
public struct MatchingRecord: Codable, Sendable, Hashable {
  /// The settings.
  public var settings: TrainingSettings
  /// Pairs that it learned from.
  public var trainingExamples: Int
  /// Pairs that chose the best epoch.
  public var validationExamples: Int
  /// Epochs done.
  public var epochs: Int
  /// Epoch of the kept model.
  public var bestEpoch: Int
  /// Share of validation pairs with the right label; nil for scores.
  public var accuracy: Double?
  /// Macro-averaged F1 on the validation pairs; nil for scores.
  public var macroF1: Double?
  /// Pearson's correlation on the validation pairs; nil for labels.
  public var pearson: Double?
  /// Spearman's correlation on the validation pairs; nil for labels.
  public var spearman: Double?
}

extension BaseModel {
  /// Checks that options of a matcher agree with the base.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  fileprivate func check(_ options: MatchingOptions) throws(ConfigurationError) {
    _ = try gated(for: "a matcher")
    try check(options.text)
  }
}
