#if Tool
internal import ArgumentParser

#if Server
internal import CharCNN
internal import CharCNNServer
internal import CharCNNServing
internal import CoreMetrics
internal import Dispatch
internal import Logging
#endif

/// `charcnn serve`.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer questions about models over HTTP.",
    discussion: """
      Models of any task, many at once. A model's name is that of its folder without .charcnn. A bundle that is replaced \
      while the server runs is checked, warmed up and put into service; a bad one is refused, and the old one goes on. \
      The page at / is for people; programs ask at /v1/NAME, or with the Open Inference Protocol (/v2), or as they ask \
      text-embeddings-inference (/predict, /embed, /similarity). /metrics is for Prometheus.

      Every option may also stand in the environment (CHARCNN_SERVE_PORT for --port) or in a file (--config). What stands \
      on the command line counts first, then the environment, then the file. SIGTERM ends the server: it is not ready any \
      more, answers what it was asked, and exits with 0.

      Example:
        charcnn serve reviews.charcnn --port 8080
        charcnn serve --models /srv/models --host 0.0.0.0 --api-key-file key.txt
        curl -d '"What a lovely day"' http://127.0.0.1:8080/v1/reviews
      """)

  @OptionGroup var options: ServeOptions

  @Option(help: ArgumentHelp("A JSON object with the names of options and their values.", valueName: "file"))
  var config: String?

  #if Server
  func run() throws {
    let options = try ServeOptions.all(options, config: config)
    let serving = try Serving(options)
    let ended = DispatchSemaphore(value: 0)
    let outcome = Outcome()
    Task {
      do {
        try await serving.run()
      } catch {
        outcome.error = error
      }
      ended.signal()
    }
    ended.wait()
    if let problem = outcome.error as? ModelServer.Problem { throw Failure(.cannotCreate, problem.description) }
    if let error = outcome.error { throw error }
  }

  /// What became of the server. `@unchecked Sendable`: read after the semaphore says that it was written.
  private final class Outcome: @unchecked Sendable { var error: (any Error)? }
  #else
  func run() throws {
    throw Failure(
      .usage,
      "this charcnn was built without its server; build it with it: swift run -c release --traits Server charcnn serve …"
    )
  }
  #endif
}
#endif
