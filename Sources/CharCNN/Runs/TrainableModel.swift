public import CharCNNEvaluation
import CharCNNStorage
public import CharCNNTraining

/// A model that learns from examples: what all tasks share of training, and of going on with it.
///
/// The library's models conform to it; ``TextClassifier`` learns from labelled texts, ``SequenceTagger`` from sentences with
/// tags, ``TextMatcher`` from pairs of texts, ``CharacterLanguageModel`` from running text.
public protocol TrainableModel: TrainedModel {
  /// What to train and how.
  associatedtype Options: RunOptions
  /// What it learns from and is measured on.
  associatedtype Examples: Sendable
  /// How well it does.
  associatedtype Report: ModelReport

  /// The options that fit examples best, unless others are given.
  static func defaultOptions(for examples: Examples) -> Options

  /// What the task does in its own way: how examples become a training, and a training a model.
  static var steps: TaskSteps<Self> { get }
}

/// Examples of a kind that a model learns from, such as a file of them.
public protocol ExampleSource {
  /// What the model takes.
  associatedtype Examples: Sendable
  /// The examples.
  var examples: Examples { get }
}

extension TrainableModel {
  /// Writes the model as a folder: all of it or nothing.
  ///
  /// - Parameters:
  ///   - path: The folder to make, by custom `NAME.charcnn`.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to path: String, overwrite: Bool = false) throws {
    try Self.steps.contents(self).write(to: path, overwrite: overwrite)
  }

  /// Trains a model on a file or folder of examples.
  ///
  /// - Parameters:
  ///   - source: Examples to learn from.
  ///   - validation: Examples to choose the best epoch by; nil splits some off those to learn from.
  ///   - options: Network, text, training, machine; nil for the defaults for the examples.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files, ``ConfigurationError`` for settings that make no network, ``TrainingError``.
  public static func train<Source: ExampleSource>(
    on source: Source, validation: Source? = nil, options: Options? = nil,
    progress: (TrainingEvent<Report>) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (model: Self, summary: TrainingSummary<Report>) where Source.Examples == Examples {
    try train(
      on: source.examples, validation: validation?.examples, options: options, progress: progress,
      isCancelled: isCancelled)
  }

  /// Trains a model on examples of any kind; see ``train(on:validation:options:progress:isCancelled:)``.
  ///
  /// - Parameters:
  ///   - examples: Examples to learn from.
  ///   - validation: Examples to choose the best epoch by; nil splits some off those to learn from.
  ///   - options: Network, text, training, machine; nil for the defaults for the examples.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: What ``train(on:validation:options:progress:isCancelled:)`` throws.
  public static func train(
    on examples: Examples, validation: Examples? = nil, options: Options? = nil,
    progress: (TrainingEvent<Report>) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (model: Self, summary: TrainingSummary<Report>) {
    let options = try steps.validate(options ?? defaultOptions(for: examples))
    let folder = try options.checkpoint.map { try CheckpointFolder(creating: $0.folder, overwrite: $0.overwrite) }
    defer { folder?.removeIfEmpty() }
    let request = TrainingRequest<Self>(
      examples: examples, validation: validation, options: options, folder: folder, checkpoint: nil)
    return try request.run(progress: progress, isCancelled: isCancelled)
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
    _ checkpoint: TrainingCheckpoint, on examples: Examples? = nil, validation: Examples? = nil,
    progress: (TrainingEvent<Report>) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (model: Self, summary: TrainingSummary<Report>) {
    let (options, training, held) = try steps.reopen(checkpoint, examples, validation)
    var complete = options
    complete.take(checkpoint.run, folder: checkpoint.folder)
    complete.threads = checkpoint.threads
    let request = TrainingRequest<Self>(
      examples: training, validation: held, options: try steps.validate(complete), folder: checkpoint.keeper,
      checkpoint: checkpoint)
    return try request.run(progress: progress, isCancelled: isCancelled)
  }
}
