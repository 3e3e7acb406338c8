internal import Foundation

extension TextClassifier {
  /// Trains a classifier on a file or folder.
  ///
  /// - Parameters:
  ///   - training: Labelled texts.
  ///   - validation: Labelled texts to choose the best epoch by; nil splits some off the training texts.
  ///   - options: Network, text, training, machine.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files (texts, vectors, thesaurus), ``ConfigurationError`` for settings that make no network, ``TrainingError``.
  public static func train(
    on training: LabeledTextSource, validation: LabeledTextSource? = nil, options: TrainingOptions = .init(),
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (classifier: TextClassifier, summary: TrainingSummary) {
    try train(
      on: .source(training), validation: validation.map { .source($0) }, options: options, progress: progress,
      isCancelled: isCancelled)
  }

  /// Trains a classifier on labelled texts of any kind; see ``train(on:validation:options:progress:isCancelled:)``.
  public static func train(
    on texts: LabeledTexts, validation: LabeledTexts? = nil, options: TrainingOptions = .init(),
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (classifier: TextClassifier, summary: TrainingSummary) {
    let options = options.resolved
    try options.validate()
    let folder = try options.checkpoint.map { try CheckpointFolder(creating: $0.folder, overwrite: $0.overwrite) }
    defer { folder?.removeIfEmpty() }
    return try run(
      on: texts, validation: validation, options: options, folder: folder, checkpoint: nil, progress: progress,
      isCancelled: isCancelled)
  }

  /// Goes on with an interrupted training; see ``TrainingCheckpoint``.
  ///
  /// - Parameters:
  ///   - checkpoint: Where it stands.
  ///   - texts: The texts it learns from, where they came from an array; nil reads the file or folder again.
  ///   - validation: The same for the validation texts.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the whole run.
  /// - Throws: ``TrainingError/changed(path:what:)`` if the texts are not those the training began with, `StorageError` if
  ///   the checkpoint does not fit this version of the program, and what training throws.
  public static func resume(
    _ checkpoint: TrainingCheckpoint, on texts: LabeledTexts? = nil, validation: LabeledTexts? = nil,
    progress: (TrainingEvent) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (classifier: TextClassifier, summary: TrainingSummary) {
    let plan = try checkpoint.plan(ClassificationPlan.self)
    var options = plan.options
    options.take(checkpoint.run, folder: checkpoint.folder)
    options = options.resolved
    options.threads = checkpoint.threads
    options.thesaurus = options.thesaurus.map { checkpoint.moved.place(of: $0) ?? $0 }
    try options.validate()
    let (texts, validation) = try plan.texts(given: texts, validation: validation, at: checkpoint)
    return try run(
      on: texts, validation: validation, options: options, folder: checkpoint.keeper, checkpoint: checkpoint,
      progress: progress, isCancelled: isCancelled)
  }

  private static func run(
    on texts: LabeledTexts, validation: LabeledTexts?, options: TrainingOptions, folder: CheckpointFolder?,
    checkpoint: TrainingCheckpoint?, progress: (TrainingEvent) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (classifier: TextClassifier, summary: TrainingSummary) {
    let settings = options.training
    var architecture = options.architecture
    // A checkpoint holds what became of them.
    let embeddings = try checkpoint == nil ? StartingEmbeddings(options) : nil
    let base = try StartingBase(options.base, checkpoint: checkpoint)
    try base.model?.check(options)
    let replacement = try options.thesaurus.map { SynonymReplacement(thesaurus: try Thesaurus(path: $0)) }
    let vocabulary = try Vocabulary(
      texts, settings: options.text, minimumCount: settings.minimumCount, maximumAlphabet: settings.maximumAlphabet,
      progress: { progress(.reading(examples: $0)) })
    // A paper's network may bring its own alphabet; otherwise the data give it.
    var alphabet = try architecture.configuration.fixedAlphabet.map { try Alphabet(units: $0) } ?? vocabulary.alphabet
    if architecture.configuration.fixedAlphabet == nil {
      alphabet = try base.alphabet(alphabet, maximumSize: settings.maximumAlphabet)
    }
    architecture.setSizes(alphabetSize: alphabet.count, classes: vocabulary.labels.count)
    let ngrams = options.ngrams.resolved(characters: vocabulary.characters, classes: vocabulary.labels.count)
    let network = ngrams.widening(try architecture.makeNetwork(), classes: vocabulary.labels.count)
    try network.parameters.validateMemory()
    let encoder = TextEncoder(
      settings: options.text.limited(to: network.length), alphabet: alphabet)
    let data = try PreparedData(
      texts, validation: validation, encoder: encoder, labels: vocabulary.labels,
      expecting: vocabulary.examples, settings: settings, replacement: replacement, digests: folder != nil,
      fixedLength: network.length, hasFixedAlphabet: architecture.configuration.fixedAlphabet != nil)

    let device = options.makeDevice()
    let epochs =
      settings.epochs
      ?? Trainer.automaticEpochs(
        characters: data.summary.characters, texts: data.summary.trainingExamples)
    var summary = data.summary
    summary.warnings += LabelWarnings.lines(vocabulary.labelCounts, unit: "text")
    summary.epochs = epochs
    summary.parameters = network.parameters.learnedCount
    let store = ParameterStore(layout: network.parameters, seed: settings.seed, device: device)
    // A checkpoint holds what became of it.
    if checkpoint == nil {
      try store.start(
        ngrams, from: data.data.training, classes: vocabulary.labels.count,
        space: settings.cuts == nil ? nil : alphabet[" "], device: device)
    }
    summary.warnings += embeddings?.load(into: store, alphabet: alphabet, device: device) ?? []
    summary.warnings += try base.model?.lend(to: store, of: .classifier(vocabulary.labels), device: device) ?? []
    try store.fit(ngrams, to: data.data.training, device: device)
    summary.warnings += settings.warnings(for: network.parameters)
    summary.warnings += options.deviceWarnings
    progress(.prepared(summary))

    var inputs: [RunInput] = []
    if let digest = data.digests.training {
      inputs.append(RunInput(name: "training", path: texts.path, digest: digest))
    }
    if let validation, let digest = data.digests.validation {
      inputs.append(RunInput(name: "validation", path: validation.path, digest: digest))
    }
    if let replacement, folder != nil {
      inputs.append(
        RunInput(
          name: "thesaurus", path: options.thesaurus ?? "the thesaurus", digest: replacement.thesaurus.digest,
          content: "synonyms"))
    }
    let result = try TrainingRun(
      task: ClassificationTask(network: network, ngrams: ngrams, data: data.data),
      plan: ClassificationPlan(options, texts: texts, validation: validation), options: options, epochs: epochs,
      alphabet: alphabet,
      files: [BundleFile(TrainingCheckpoint.FileName.labels, json: vocabulary.labels)], inputs: inputs,
      frozen: options.embeddingsFrozen ? network.parameters.embeddingNames : [],
      activationsPerCharacter: architecture.activationsPerCharacter,
      longestValidation: (0..<data.data.validation.count).reduce(0) {
        max($0, min(network.length ?? data.data.validation.length(of: $1), options.text.chunkLength ?? .max))
      }
    ).run(
      store: store, device: device, folder: folder, checkpoint: checkpoint, progress: progress,
      isCancelled: isCancelled)
    let record = TrainingRecord(
      settings: settings, trainingExamples: summary.trainingExamples, validationExamples: summary.validationExamples,
      epochs: result.summary.epochs, bestEpoch: result.summary.bestEpoch, accuracy: result.summary.accuracy,
      macroF1: result.summary.report.classification?.macroF1 ?? 0)
    let classifier = TextClassifier(
      architecture: architecture, ngrams: ngrams, network: network, store: result.best, encoder: encoder,
      labels: vocabulary.labels,
      device: device, record: record, columns: texts.columns)
    return (classifier, result.summary)
  }
}

extension TrainingOptions {
  /// Checks everything that does not depend on the data, so that a wrong setting is found before a long reading.
  fileprivate func validate() throws(ConfigurationError) {
    try training.validate()
    try architecture.validateBeforeData()
    try ngrams.validate()
    let usual = NgramConfiguration()
    if !ngrams.isEnabled,
      let name = ngrams.settingNames.first(where: { $0 != "ngrams" && ngrams.value(of: $0) != usual.value(of: $0) })
    {
      throw ConfigurationError(setting: name, problem: "needs n-grams, of which ngrams=none leaves none")
    }
    if let chunkLength = text.chunkLength {
      guard (8...TextSettings.longestText).contains(chunkLength) else {
        throw ConfigurationError(
          setting: "chunkLength", problem: "must be 8 to \(TextSettings.longestText), or none, not \(chunkLength)")
      }
      if thesaurus != nil {
        throw ConfigurationError(setting: "chunkLength", problem: "cannot go with a thesaurus, which changes the texts")
      }
    }
    guard (1...TextSettings.longestText).contains(text.maximumLength) else {
      throw ConfigurationError(
        setting: "maximumLength", problem: "must be 1 to \(TextSettings.longestText), not \(text.maximumLength)")
    }
  }
}

extension Architecture {
  /// Checks everything that does not depend on the data, so that a wrong setting is found before a long reading.
  fileprivate func validateBeforeData() throws(ConfigurationError) {
    var trial = self
    trial.setSizes(alphabetSize: max(trial.configuration.alphabetSize, 2), classes: max(trial.configuration.classes, 2))
    try trial.configuration.validate()
  }
}

extension TextSettings {
  /// Characters of the longest text that a model may ask for.
  static let longestText = 1 << 22

  /// Never more characters than the network reads.
  func limited(to length: Int?) -> TextSettings {
    var settings = self
    if let length { settings.maximumLength = min(maximumLength, length) }
    return settings
  }
}

extension ParameterLayout {
  /// Values, gradients, two moments, the average and the best so far must fit into the machine.
  func validateMemory() throws(ConfigurationError) {
    let needed = learnedCount.multipliedReportingOverflow(by: 6 * MemoryLayout<Float>.stride)
    guard !needed.overflow, UInt64(needed.partialValue) <= ProcessInfo.processInfo.physicalMemory else {
      throw ConfigurationError(
        setting: "the network", problem: "has \(learnedCount) parameters, more than this machine's memory can train")
    }
  }
}
