public import CharCNNText
public import CharCNNTraining

extension TrainableModel {
  /// Trains a model on a thread of its own, so that the task that waits holds up nobody.
  ///
  /// Cancelling the task ends training after the present step, and reading after a few examples. The best model of the
  /// epochs so far is the result then.
  ///
  /// ```swift
  /// let (classifier, summary) = try await TextClassifier.train(on: reviews) { event in
  ///   if case .epoch(let epoch) = event { print(epoch.epoch, epoch.validation.accuracy) }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - examples: Examples to learn from.
  ///   - validation: Examples to choose the best epoch by; nil splits some off those to learn from.
  ///   - options: Network, text, training, machine; nil for the defaults for the examples.
  ///   - progress: Receives what happens, on the training's thread.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for faulty files, ``ConfigurationError`` for settings that make no network, ``TrainingError``;
  ///   `CancellationError` where the task was cancelled and there is no model to keep.
  public static func train(
    on examples: Examples<Example>, validation: Examples<Example>? = nil, options: Options? = nil,
    progress: @escaping @Sendable (TrainingEvent<Report>) -> Void = { _ in }
  ) async throws -> Trained {
    try await BackgroundWork.run { isAbandoned in
      try train(
        on: examples, validation: validation, options: options, cancellation: Cancellation(isAbandoned: isAbandoned),
        progress: progress)
    }
  }

  /// Goes on with an interrupted training on a thread of its own; see ``train(on:validation:options:progress:)``.
  ///
  /// - Parameters:
  ///   - checkpoint: Where it stands.
  ///   - examples: What it learns from, where that came from no file; nil reads the file or folder again.
  ///   - validation: The same for the validation examples.
  ///   - progress: Receives what happens, on the training's thread.
  /// - Returns: The best model and the summary of the whole run.
  /// - Throws: What ``resume(_:on:validation:progress:isCancelled:)`` throws.
  public static func resume(
    _ checkpoint: TrainingCheckpoint, on examples: Examples<Example>? = nil, validation: Examples<Example>? = nil,
    progress: @escaping @Sendable (TrainingEvent<Report>) -> Void = { _ in }
  ) async throws -> Trained {
    try await BackgroundWork.run { isAbandoned in
      try resume(
        checkpoint, on: examples, validation: validation, cancellation: Cancellation(isAbandoned: isAbandoned),
        progress: progress)
    }
  }

  /// A training as a sequence of what happens, which ends with the model. It begins when the sequence is iterated, on a thread
  /// of its own; leaving the loop, or cancelling the task, ends it.
  ///
  /// ```swift
  /// for try await update in TextClassifier.training(on: reviews) {
  ///   switch update {
  ///   case .progress(.epoch(let epoch)): print(epoch.epoch, epoch.validation.accuracy)
  ///   case .finished(let classifier, let summary): try classifier.write(to: "reviews.charcnn")
  ///   default: break
  ///   }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - examples: Examples to learn from.
  ///   - validation: Examples to choose the best epoch by; nil splits some off those to learn from.
  ///   - options: Network, text, training, machine; nil for the defaults for the examples.
  /// - Returns: The sequence; it throws what ``train(on:validation:options:progress:)`` throws.
  public static func training(
    on examples: Examples<Example>, validation: Examples<Example>? = nil, options: Options? = nil
  ) -> TrainingRun<Self> {
    TrainingRun { cancellation, progress in
      try train(
        on: examples, validation: validation, options: options, cancellation: cancellation, progress: progress)
    }
  }

  /// Measures the model on a thread of its own; see ``evaluate(on:progress:)``.
  ///
  /// - Parameters:
  ///   - examples: Examples with what is right.
  ///   - progress: Receives how many are done, on the thread that measures.
  /// - Throws: What ``evaluate(on:progress:)`` throws; `CancellationError` where the task was cancelled.
  public func evaluate(
    on examples: Examples<Example>, progress: @escaping @Sendable (_ done: Int) -> Void = { _ in }
  ) async throws -> Report {
    try await readInBackground(examples) { try evaluate(on: $0, progress: progress as (Int) -> Void) }
  }

  /// Reads examples on a thread of its own, where reading ends with the task that waits.
  func readInBackground<Result: Sendable>(
    _ examples: Examples<Example>, _ work: @escaping @Sendable (Examples<Example>) throws -> Result
  ) async throws -> Result {
    try await BackgroundWork.run { isAbandoned in
      try work(examples.checked(by: Cancellation(isAbandoned: isAbandoned).checkWhileReading))
    }
  }
}
