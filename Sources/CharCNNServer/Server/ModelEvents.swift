#if Server
internal import CharCNNServing
internal import Logging

/// Counts and logs what becomes of models while the server runs.
struct ModelEvents: Sendable {
  let metrics: ServerMetrics
  let logger: Logger

  func tell(_ event: ModelRegistry.Event) {
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
    case .unloaded(let name, let version):
      logger.info(
        "a model was taken out of service", metadata: ["model": "\(name)", "version": "\(version)"])
    case .forgotten(let name, let version):
      logger.info(
        "a bundle that could not be used is gone", metadata: ["model": "\(name)", "version": "\(version)"])
    case .skipped(let problem): logger.error("a place of bundles is passed over", metadata: ["problem": "\(problem)"])
    }
  }
}
#endif
