#if Tool
internal import ArgumentParser
internal import CharCNNFiles

/// The options of `charcnn serve`; nil where nothing is said.
struct ServeOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Bundles to serve.", valueName: "bundle"))
  var model: [String] = []

  @Option(help: ArgumentHelp("The name of a bundle, as often as there are bundles, in their order.", valueName: "name"))
  var name: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder of bundles: NAME.charcnn, or NAME/VERSION.charcnn. New ones are served when they come.",
      valueName: "folder"))
  var models: String?

  @Option(
    help: ArgumentHelp(
      "Texts, one a line, or vectors, among which /v1/NAME/nearest finds.", valueName: "name=file"))
  var index: [String] = []

  @Option(help: ArgumentHelp("The texts of an index of vectors.", valueName: "name=file"))
  var indexTexts: [String] = []

  @Option(help: "The address to listen on; 0.0.0.0 for other machines too. (default: 127.0.0.1)")
  var host: String?

  @Option(parsing: .unconditional, help: "The port; 0 for any that is free. (default: 8080)")
  var port: Int?

  @Option(parsing: .unconditional, help: "Threads of each model. (default: one a core)")
  var threads: Int?

  @Option(help: ArgumentHelp("How often bundles are looked at; 0 for never. (default: 2s)", valueName: "time"))
  var reload: ServeTime?

  @Option(help: ArgumentHelp("A key that clients must have. (in a file: --api-key-file)", valueName: "key"))
  var apiKey: String?

  @Option(help: ArgumentHelp("A file with that key.", valueName: "file"))
  var apiKeyFile: String?

  @Option(
    help:
      "What products multiply: floats (single), their upper halves (bf16), or those where the processor multiplies them faster (automatic). (default: single)"
  )
  var precision: PrecisionArguments.Choice?

  @Option(help: ArgumentHelp("A certificate in PEM, for TLS.", valueName: "file"))
  var certificate: String?

  @Option(help: ArgumentHelp("Its private key in PEM.", valueName: "file"))
  var privateKey: String?

  @Option(
    help: ArgumentHelp(
      "An origin whose pages may ask (CORS), such as https://example.org; * for all.", valueName: "origin"))
  var origin: [String] = []

  @Flag(
    inversion: .prefixedNo,
    help:
      "Clients may load and unload models. (default: yes where there is a key or only this machine can ask, no otherwise)"
  )
  var control: Bool?

  @Option(help: ArgumentHelp("Most bytes of a request. (default: 2MB)", valueName: "size"))
  var bodyLimit: ServeSize?

  @Option(help: ArgumentHelp("Most bytes of a text. (default: 200kB)", valueName: "size"))
  var textLimit: ServeSize?

  @Option(help: ArgumentHelp("Most bytes of a text that is explained. (default: 20kB)", valueName: "size"))
  var explainLimit: ServeSize?

  @Option(
    parsing: .unconditional,
    help:
      "Most labels and tags of an answer, over all its texts; four numbers of a vector count as one, a character explained or generated too, and 64 bytes of a text of an index or of a label that came with the request. (default: 250000)"
  )
  var answerLimit: Int?

  @Option(help: ArgumentHelp("Most bytes of the headers of a request. (default: 16kB)", valueName: "size"))
  var headerLimit: ServeSize?

  @Option(help: ArgumentHelp("Bytes of texts that are answered together. (default: 16kB)", valueName: "size"))
  var batch: ServeSize?

  @Option(
    help: ArgumentHelp(
      "Bytes of texts that may wait for a model's answers, and for its vectors; beyond that requests are refused. (default: 4MB)",
      valueName: "size"))
  var queueLimit: ServeSize?

  @Option(parsing: .unconditional, help: "Most connections at once. (default: 1024)")
  var connections: Int?

  @Option(
    parsing: .unconditional,
    help:
      "Most requests at once that take long: explanations, texts that go on, detect, nearest, labels of the request, loading. (default: 64)"
  )
  var longRequests: Int?

  @Option(
    help: ArgumentHelp(
      "Time for a request to come and an answer to be taken; each kilobyte adds a second. (default: 20s)",
      valueName: "time"))
  var patience: ServeTime?

  @Option(
    help: ArgumentHelp("How long a connection stays open on which nothing is asked. (default: 75s)", valueName: "time"))
  var idleTime: ServeTime?

  @Option(
    help: ArgumentHelp(
      "How long the server goes on after SIGTERM while it is not ready, for those who send requests to see it. (default: 0)",
      valueName: "time"))
  var drainTime: ServeTime?

  @Option(
    help: ArgumentHelp("How long what was asked may take after that. (default: 30s)", valueName: "time"))
  var endingTime: ServeTime?

  @Flag(inversion: .prefixedNo, help: "Log each request, without its texts. (default: no)")
  var accessLog: Bool?

  @Flag(inversion: .prefixedNo, help: "Log the texts too. (default: no)")
  var logTexts: Bool?

  @Option(help: "The least important events that are logged: trace, debug, info, warning, error. (default: info)")
  var logLevel: ServeLogLevel?

  @Option(help: "How events are logged: text or json. (default: text)")
  var logFormat: ServeLogFormat?
}

/// A time, 0 among them.
struct ServeTime: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let time = try? DurationArgument(parsing: argument, atLeast: 0) else { return nil }
    duration = time.duration
  }
}

/// A size.
struct ServeSize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    guard let size = try? SizeArgument(parsing: argument) else { return nil }
    bytes = size.bytes
  }
}

/// How important an event is.
enum ServeLogLevel: String, ExpressibleByArgument, CaseIterable { case trace, debug, info, warning, error }

/// How events are written.
enum ServeLogFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
#endif
