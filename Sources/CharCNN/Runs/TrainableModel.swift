public import CharCNNEvaluation
public import CharCNNFiles
public import CharCNNStorage
public import CharCNNText
public import CharCNNTraining

/// A model that learns from examples: what all tasks share of training, and of going on with it.
///
/// The library's models conform to it; ``TextClassifier`` learns from labelled texts, ``SequenceTagger`` from sentences with
/// tags, ``TextMatcher`` from pairs of texts, ``CharacterLanguageModel`` from running text.
public protocol TrainableModel: TrainedModel {
  /// What to train and how.
  associatedtype Options: RunOptions
  /// What it learns from and is measured on.
  associatedtype Example: TrainingExample
  /// How well it does.
  associatedtype Report: ModelReport

  /// The options that fit examples best, unless others are given.
  static func defaultOptions(for examples: Examples<Example>) -> Options

  /// Measures the model on examples of the kind that it learns from. Labels that it does not know count as wrong.
  ///
  /// - Parameters:
  ///   - examples: Examples with what is right.
  ///   - progress: Receives how many are done: texts, pairs, sentences, of language models predicted characters.
  /// - Throws: `DataError` for faulty files, or where the model knows none of the labels;
  ///   ``TrainingError/noExamples(path:isInMemory:)`` where there is none; `CancellationError` where the task that calls is cancelled.
  func evaluate(on examples: Examples<Example>, progress: (_ done: Int) -> Void) throws -> Report

  /// What the task does in its own way: how examples become a training, and a training a model.
  static var steps: TrainingRun<Self>.Steps { get }
}

extension TrainableModel {
  /// What a training comes to.
  public typealias Trained = (model: Self, summary: TrainingSummary<Report>)

  /// Measures the model; see ``evaluate(on:progress:)``.
  public func evaluate(on examples: Examples<Example>) throws -> Report {
    try evaluate(on: examples, progress: { _ in })
  }

  /// Writes the model as a folder: all of it or nothing.
  ///
  /// - Parameters:
  ///   - location: The folder to make, by custom `NAME.charcnn`: a path or a URL.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to location: some FileLocation, overwrite: Bool = false) throws {
    try Self.steps.contents(self).write(to: location.filePath, overwrite: overwrite)
  }

  /// Writes the model with what its owner says of it, which its card and `provenance.json` tell.
  ///
  /// - Parameters:
  ///   - location: The folder to make: a path or a URL.
  ///   - description: Name, note and licence. What is nil stays as the model has it.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses; ``ConfigurationError`` for a text that is too long.
  public func write(
    to location: some FileLocation, describedBy description: ModelBundle.Description, overwrite: Bool = false
  ) throws {
    try write(to: location, describedBy: description, command: nil, overwrite: overwrite)
  }

  /// The same with the command that made it.
  package func write(
    to location: some FileLocation, describedBy description: ModelBundle.Description, command: [String]?,
    overwrite: Bool
  ) throws {
    var contents = try Self.steps.contents(self)
    try contents.describe(description, command: command)
    try contents.write(to: location.filePath, overwrite: overwrite)
  }

  /// The model in one piece: its folder as an uncompressed archive of `tar`. The same model gives the same bytes.
  ///
  /// - Throws: `StorageError` where it cannot be encoded.
  public func data() throws -> [UInt8] { try ModelBundle.archive(Self.steps.contents(self).allFiles) }

  /// Trains a model and waits for it on the thread that calls.
  ///
  /// - Parameters:
  ///   - examples: Examples to learn from.
  ///   - validation: Examples to choose the best epoch by; nil splits some off those to learn from.
  ///   - options: Network, text, training, machine; nil for the defaults for the examples.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files, ``ConfigurationError`` for settings that make no network, ``TrainingError``;
  ///   `CancellationError` where the task that calls is cancelled and there is no model to keep.
  public static func train(
    on examples: Examples<Example>, validation: Examples<Example>? = nil, options: Options? = nil,
    progress: (TrainingEvent<Report>) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> Trained {
    try train(
      on: examples, validation: validation, options: options, cancellation: Cancellation(isStopped: isCancelled),
      progress: progress)
  }

  /// Goes on with an interrupted training; see ``TrainingCheckpoint``.
  ///
  /// - Parameters:
  ///   - checkpoint: Where it stands.
  ///   - examples: What it learns from, where that came from no file; nil reads the file or folder again.
  ///   - validation: The same for the validation examples.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the whole run.
  /// - Throws: ``TrainingError/changed(path:what:)`` if the examples are not those the training began with, `StorageError`
  ///   if the checkpoint does not fit this version of the program, and what training throws.
  public static func resume(
    _ checkpoint: TrainingCheckpoint, on examples: Examples<Example>? = nil, validation: Examples<Example>? = nil,
    progress: (TrainingEvent<Report>) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> Trained {
    try resume(
      checkpoint, on: examples, validation: validation, cancellation: Cancellation(isStopped: isCancelled),
      progress: progress)
  }

  static func train(
    on examples: Examples<Example>, validation: Examples<Example>?, options: Options?, cancellation: Cancellation,
    digests: [String: String] = [:], progress: (TrainingEvent<Report>) -> Void
  ) throws -> Trained {
    let examples = examples.called("training").checked(by: cancellation.checkWhileReading)
    let options = try steps.validate(options ?? defaultOptions(for: examples))
    try options.validateRun()
    let folder = try options.checkpoint.map { try CheckpointFolder(creating: $0.folder, overwrite: $0.overwrite) }
    defer { folder?.removeIfEmpty() }
    var request = TrainingRequest<Self>(
      examples: examples,
      validation: validation?.called("validation").checked(by: cancellation.checkWhileReading), options: options,
      folder: folder, checkpoint: nil, cancellation: cancellation)
    request.expected = digests
    return try request.run(progress: progress)
  }

  static func resume(
    _ checkpoint: TrainingCheckpoint, on examples: Examples<Example>?, validation: Examples<Example>?,
    cancellation: Cancellation, progress: (TrainingEvent<Report>) -> Void
  ) throws -> Trained {
    let (options, training, held) = try steps.reopen(checkpoint, examples, validation)
    var complete = options
    complete.take(checkpoint.run, folder: checkpoint.folder)
    complete.threads = checkpoint.threads
    let request = TrainingRequest<Self>(
      examples: training.called("training").checked(by: cancellation.checkWhileReading),
      validation: held?.called("validation").checked(by: cancellation.checkWhileReading),
      options: try steps.validate(complete),
      folder: checkpoint.keeper, checkpoint: checkpoint, cancellation: cancellation)
    return try request.run(progress: progress)
  }
}
