import CharCNNCompute
public import CharCNNTraining

/// A training as a sequence of events that ends with the model; see ``TrainableModel/training(on:validation:options:)``.
public struct TrainingRun<Model: TrainableModel>: AsyncSequence, Sendable {
  /// What a training tells.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Update: Sendable {
    /// Something happened on the way.
    case progress(TrainingEvent<Model.Report>)
    /// The best model and the summary of the run: the last update.
    case finished(Model, TrainingSummary<Model.Report>)
  }

  typealias Work = @Sendable (Cancellation, _ progress: (TrainingEvent<Model.Report>) -> Void) throws -> Model.Trained

  let work: Work

  /// Begins the training.
  public func makeAsyncIterator() -> Iterator { Iterator(work) }

  /// Hands out what a training tells.
  public struct Iterator: AsyncIteratorProtocol {
    private let channel: UpdateChannel<Model>

    fileprivate init(_ work: @escaping Work) {
      let channel = UpdateChannel<Model>()
      let (mailbox, flag) = (channel.mailbox, channel.flag)
      self.channel = channel
      BackgroundWork.start {
        do {
          let (model, summary) = try work(Cancellation(isAbandoned: { flag.isSet })) { mailbox.put(.progress($0)) }
          mailbox.put(.finished(model, summary))
          mailbox.end(nil)
        } catch {
          mailbox.end(error)
        }
      }
    }

    /// The next update; nil after the last one.
    ///
    /// - Throws: What the training throws.
    public mutating func next() async throws -> Update? {
      let channel = channel
      // The training answers to being cancelled; its answer is waited for.
      return try await withTaskCancellationHandler {
        try await channel.mailbox.take()
      } onCancel: {
        channel.flag.set()
      }
    }
  }
}

/// Ends the training when nobody iterates over it any more.
private final class UpdateChannel<Model: TrainableModel>: Sendable {
  let mailbox = Mailbox<TrainingRun<Model>.Update>()
  let flag = CancellationFlag()

  deinit { flag.set() }
}

/// Hands values from a thread to a task in their order.
private final class Mailbox<Value: Sendable>: Sendable {
  private struct State {
    var values: [Value] = []
    var isOver = false
    var error: (any Error)?
    var waiting: CheckedContinuation<Value?, any Error>?
  }

  private let state = Guarded(State())

  /// Adds a value.
  func put(_ value: Value) {
    let waiting = state.withLock { state -> CheckedContinuation<Value?, any Error>? in
      defer { state.waiting = nil }
      if state.waiting == nil { state.values.append(value) }
      return state.waiting
    }
    waiting?.resume(returning: value)
  }

  /// Says that no value follows.
  func end(_ error: (any Error)?) {
    let waiting = state.withLock { state -> CheckedContinuation<Value?, any Error>? in
      state.isOver = true
      defer { state.waiting = nil }
      if state.waiting == nil { state.error = error }
      return state.waiting
    }
    if let error { waiting?.resume(throwing: error) } else { waiting?.resume(returning: nil) }
  }

  /// The next value, once it is there; nil after the last one.
  func take() async throws -> Value? {
    try await withCheckedThrowingContinuation { continuation in
      let answer = state.withLock { state -> Result<Value?, any Error>? in
        if !state.values.isEmpty { return .success(state.values.removeFirst()) }
        guard state.isOver else {
          state.waiting = continuation
          return nil
        }
        defer { state.error = nil }
        return state.error.map { .failure($0) } ?? .success(nil)
      }
      if let answer { continuation.resume(with: answer) }
    }
  }
}
