internal import Dispatch

/// Long work for those who wait for it asynchronously. It gets a thread of its own: the few threads on which tasks run are
/// there for short pieces of work.
enum BackgroundWork {
  /// Runs blocking work on a thread of its own.
  ///
  /// - Parameter work: Gets a question that it asks now and then: whether the waiting task was cancelled.
  /// - Returns: What the work returns.
  /// - Throws: What the work throws.
  static func run<Result>(
    _ work: @escaping @Sendable (_ isAbandoned: @escaping @Sendable () -> Bool) throws -> sending Result
  ) async throws -> sending Result {
    let flag = CancellationFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        start {
          do { continuation.resume(returning: try work { flag.isSet }) } catch { continuation.resume(throwing: error) }
        }
      }
    } onCancel: {
      flag.set()
    }
  }

  /// Runs work on a thread of its own.
  static func start(_ work: @escaping @Sendable () -> Void) {
    DispatchQueue(label: "CharCNN.training", qos: .userInitiated).async(execute: work)
  }
}
