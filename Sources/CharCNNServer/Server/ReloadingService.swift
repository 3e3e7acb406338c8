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
  private let metrics: ServerMetrics
  private let logger: Logger
  /// Reading files and warming up a model takes long, which the threads of tasks must not.
  private let queue = DispatchQueue(label: "models", qos: .utility)

  init(_ registry: ModelRegistry, _ time: Duration?, _ metrics: ServerMetrics, _ logger: Logger) {
    (self.registry, self.time, self.metrics, self.logger) = (registry, time, metrics, logger)
  }

  func run() async throws {
    guard let time else { return try await gracefulShutdown() }
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: time)) != nil {
        for event in await events() { tell(event) }
      }
    }
  }

  private func events() async -> [ModelRegistry.Event] {
    await withCheckedContinuation { waiter in
      queue.async { [registry] in waiter.resume(returning: registry.refresh()) }
    }
  }

  private func tell(_ event: ModelRegistry.Event) {
    metrics.loaded(event)
    switch event {
    case .loaded(let name, let version, let replaced):
      logger.info(
        replaced ? "a model was replaced" : "a model was loaded",
        metadata: ["model": "\(name)", "version": "\(version)"])
    case .refused(let name, let version, let problem):
      logger.error(
        "a bundle cannot be used", metadata: ["model": "\(name)", "version": "\(version)", "problem": "\(problem)"])
    case .missing(let name, let version):
      logger.warning(
        "a bundle is gone, and its model is served all the same",
        metadata: ["model": "\(name)", "version": "\(version)"])
    case .removed(let name, let version):
      logger.info(
        "a version was taken away, and another one answers",
        metadata: ["model": "\(name)", "version": "\(version)"])
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
    logger.info("ending: what was asked is answered first", metadata: ["drain_seconds": "\(time / .seconds(1))"])
    try? await Task.sleep(for: time)
  }
}
#endif
