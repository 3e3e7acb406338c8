#if Server
import CharCNNCompute
import CharCNNServer
import CharCNNServing
import CharCNNToolkit
import Foundation
import Logging
import ServingSupport
import TestSupport

/// A server of small models on a free port.
struct RunningServer {
  let port: Int
  let folder: TemporaryFolder
  let registry: ModelRegistry
  let server: ModelServer

  /// Settings of a server that waits for as long as a busy machine may take.
  static var patient: ServerSettings {
    var settings = ServerSettings()
    settings.patience = .seconds(600)
    settings.idleTime = .seconds(600)
    settings.endingTime = .seconds(600)
    return settings
  }

  /// Runs a server while `body` does.
  static func run(
    _ settings: ServerSettings = patient, options: LoadedModel.Options = .init(),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    body: @escaping @Sendable (RunningServer) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    try Models.tagger.get().write(to: folder.path("tags.charcnn"))
    var options = options
    options.threads = 1
    var settings = settings
    settings.port = 0
    let prometheus = PrometheusMetrics(ServerMetrics.descriptions)
    let metrics = ServerMetrics(prometheus)
    let registry = try ModelRegistry(
      ["fruit", "tags"].map { .bundle(path: folder.path("\($0).charcnn"), name: nil) }, options: options,
      told: { metrics.batch(texts: $0, bytes: $1) })
    let server = ModelServer(registry, settings, metrics, prometheus, logger: logger, access: logger)
    let (ports, told) = AsyncStream<Int>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { told.finish() }
        try await server.run(handlesSignals: false) { told.yield($0) }
      }
      var iterator = ports.makeAsyncIterator()
      if let port = await iterator.next() {
        let running = RunningServer(port: port, folder: folder, registry: registry, server: server)
        do {
          try await body(running)
        } catch {
          await server.end()
          throw error
        }
        await server.end()
      }
      try await group.waitForAll()
    }
  }

  /// Does what waits for the server on a thread of its own: on those of tasks the server itself works, and the queues of Dispatch share these.
  func apart<Result: Sendable>(_ body: @escaping @Sendable (RunningServer) throws -> Result) async throws -> Result {
    // Handed over under a lock, which the thread sanitizer knows, unlike what resumes a task.
    let result = Guarded(Swift.Result<Result, any Error>?.none)
    await withCheckedContinuation { waiter in
      Thread.detachNewThread {
        let outcome = Swift.Result { try body(self) }
        result.withLock { $0 = outcome }
        waiter.resume()
      }
    }
    return try result.withLock { $0 }.unsafelyUnwrapped.get()
  }

  /// The same many times at once.
  func together(_ count: Int, _ body: @escaping @Sendable (Int, RunningServer) throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count { group.addTask { try await apart { try body(number, $0) } } }
      try await group.waitForAll()
    }
  }

  func client() throws -> Client { try Client(port: port) }
}
#endif
