#if Server
internal import CharCNNCompute
internal import CharCNNServing
internal import Dispatch
internal import Logging
internal import ServiceLifecycle

/// Looks at the bundles every now and then, and puts those that were replaced into service.
struct ReloadingService: Service {
  private let registry: ModelRegistry
  private let time: Duration?
  private let told: @Sendable (ModelRegistry.Event) -> Void
  /// Reading files and warming up a model takes long, which the threads of tasks must not.
  private let queue = DispatchQueue(label: "models", qos: .utility)

  init(_ registry: ModelRegistry, _ time: Duration?, told: @escaping @Sendable (ModelRegistry.Event) -> Void) {
    (self.registry, self.time, self.told) = (registry, time, told)
  }

  func run() async throws {
    guard let time else { return try await gracefulShutdown() }
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: time)) != nil {
        for event in await events() { told(event) }
      }
    }
  }

  private func events() async -> [ModelRegistry.Event] {
    await withCheckedContinuation { waiter in
      queue.async { [registry] in waiter.resume(returning: registry.refresh()) }
    }
  }
}

/// Makes the server not ready as soon as it is told to end, and lets it go on for a time, until nobody sends more.
struct DrainingService: Service {
  private let time: Duration
  private let isEnding: Guarded<Bool>
  private let logger: Logger

  init(_ time: Duration, _ isEnding: Guarded<Bool>, _ logger: Logger) {
    (self.time, self.isEnding, self.logger) = (time, isEnding, logger)
  }

  func run() async throws {
    try await gracefulShutdown()
    isEnding.withLock { $0 = true }
    logger.info(
      "ending: what was asked is answered first", metadata: ["drain_seconds": .stringConvertible(time / .seconds(1))])
    try? await Task.sleep(for: time)
  }
}
#endif
