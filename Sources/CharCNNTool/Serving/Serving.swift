#if Server
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
internal import CharCNNServer
internal import CharCNNServing
internal import CoreMetrics
internal import Logging

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A server as its options want it.
struct Serving {
  private let settings: ServerSettings
  private let sources: [ModelRegistry.Source]
  private let loading: LoadedModel.Options
  private let logger: Logger
  private let access: Logger
  private let saysMuch: Bool

  init(_ options: ServeOptions) throws {
    sources = try Self.sources(options)
    settings = try Self.settings(options)
    var loading = LoadedModel.Options()
    if let threads = options.threads {
      guard (1...1024).contains(threads) else {
        throw ValidationError("--threads must be 1 to 1024, not \(threads)")
      }
      loading.threads = threads
    }
    if let batch = options.batch { loading.batchCost = batch.bytes }
    if let most = options.queueLimit { loading.waitingCost = most.bytes }
    loading.indexes = try Self.indexes(options)
    let format = ServerLog.Format(rawValue: (options.logFormat ?? .text).rawValue) ?? .text
    let level = Logger.Level(rawValue: (options.logLevel ?? .info).rawValue) ?? .info
    func logger(_ label: String, _ level: Logger.Level) -> Logger {
      var logger = Logger(label: label) { ServerLog($0, format) }
      logger.logLevel = level
      return logger
    }
    self.logger = logger("charcnn.serve", level)
    var arguments = PrecisionArguments()
    arguments.precision = options.precision
    let chosen = arguments.chosen(nil) { [logger = self.logger] in logger.notice("\($0)") }
    if let chosen { loading.precision = chosen }
    self.loading = loading
    // It is wanted as soon as somebody asks for it, however little else is.
    access = logger("charcnn.access", min(level, .info))
    saysMuch = format == .text && level <= .info
  }

  private static func sources(_ options: ServeOptions) throws -> [ModelRegistry.Source] {
    guard options.name.isEmpty || options.name.count == options.model.count else {
      throw ValidationError(
        "--name is given \(Numbers.count(options.name.count, "time")) for \(Numbers.count(options.model.count, "bundle")); give one for each"
      )
    }
    if let name = options.name.first(where: { ["", ".", ".."].contains($0) || $0.contains("/") }) {
      throw ValidationError("--name: '\(name)' is no name of a model; it stands in addresses, between two /")
    }
    var sources = options.model.enumerated().map { place, path in
      ModelRegistry.Source.bundle(path: path, name: options.name.isEmpty ? nil : options.name[place])
    }
    if let folder = options.models { sources.append(.folder(path: folder)) }
    if sources.isEmpty { throw ValidationError("name a bundle, or a folder of bundles with --models") }
    return sources
  }

  private static func indexes(_ options: ServeOptions) throws -> [String: StoredIndex.Source] {
    func files(_ values: [String], _ option: String) throws -> [String: String] {
      var files: [String: String] = [:]
      for value in values {
        let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, files[parts[0]] == nil else {
          throw ValidationError(
            "--\(option) takes the name of a model, = and a file, once for each model, not '\(value)'")
        }
        files[parts[0]] = parts[1]
      }
      return files
    }
    let (indexes, texts) = (try files(options.index, "index"), try files(options.indexTexts, "index-texts"))
    if let name = texts.keys.sorted().first(where: { indexes[$0] == nil }) {
      throw ValidationError("--index-texts: there is no --index for \(name)")
    }
    return Dictionary(uniqueKeysWithValues: indexes.map { ($0, StoredIndex.Source(path: $1, texts: texts[$0])) })
  }

  private static func settings(_ options: ServeOptions) throws -> ServerSettings {
    var settings = ServerSettings()
    if let host = options.host { settings.host = host }
    if let port = options.port {
      guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535, not \(port)") }
      settings.port = port
    }
    if let size = options.bodyLimit { settings.limits.bodyBytes = size.bytes }
    if let size = options.textLimit { settings.limits.textBytes = size.bytes }
    if let size = options.explainLimit { settings.limits.explainedBytes = size.bytes }
    if let size = options.headerLimit { settings.headerBytes = size.bytes }
    try set(&settings.limits.connections, "connections", options.connections, 1...1_000_000)
    try set(&settings.limits.longRequests, "long-requests", options.longRequests, 1...1_000_000)
    // All labels of a text must have room.
    try set(&settings.limits.answerParts, "answer-limit", options.answerLimit, 10_000...1_000_000_000)
    try set(&settings.patience, "patience", options.patience)
    try set(&settings.idleTime, "idle-time", options.idleTime)
    if let time = options.drainTime { settings.drainTime = time.duration }
    if let time = options.endingTime { settings.endingTime = time.duration }
    if let time = options.reload { settings.reloadTime = time.duration == .zero ? nil : time.duration }
    settings.apiKey = try key(options)
    guard (options.certificate == nil) == (options.privateKey == nil) else {
      throw ValidationError("--certificate and --private-key go together")
    }
    if let certificate = options.certificate, let key = options.privateKey {
      settings.tls = .init(certificates: certificate, privateKey: key)
    }
    if let origin = options.origin.first(where: { !isOrigin($0) }) {
      throw ValidationError("--origin: '\(origin)' is no origin such as https://example.org, nor *")
    }
    settings.origins = options.origin
    settings.allowsControl = options.control ?? (settings.apiKey != nil || isOwn(settings.host))
    settings.logsTexts = options.logTexts ?? false
    settings.logsRequests = options.accessLog ?? settings.logsTexts
    if settings.logsTexts, !settings.logsRequests {
      throw ValidationError("--log-texts adds texts to the log of requests, so --no-access-log makes no sense with it")
    }
    return settings
  }

  /// Takes a number that was given, where it is in range.
  private static func set(_ limit: inout Int, _ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
    guard let value else { return }
    guard range.contains(value) else {
      throw ValidationError("--\(name) must be \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
    limit = value
  }

  /// Takes a time that was given, where it is long enough for a client to do anything.
  private static func set(_ limit: inout Duration, _ name: String, _ value: ServeTime?) throws {
    guard let value else { return }
    guard value.duration >= .seconds(1) else { throw ValidationError("--\(name) must be at least a second") }
    limit = value.duration
  }

  private static func key(_ options: ServeOptions) throws -> String? {
    guard let path = options.apiKeyFile else {
      if options.apiKey == "" { throw ValidationError("--api-key is empty") }
      return options.apiKey
    }
    if options.apiKey != nil { throw ValidationError("--api-key and --api-key-file are one too many") }
    let lines = try fewLines(path).split(whereSeparator: \.isNewline)
    let key = lines.first.map(String.init) ?? ""
    guard !key.isEmpty, lines.count == 1 else {
      throw Failure(.data, "\(path): must have one line with the key")
    }
    // Clients cannot send them at the ends of a header.
    guard let first = key.first, let last = key.last, !first.isWhitespace, !last.isWhitespace else {
      throw Failure(.data, "\(path): the key must not begin or end with a blank")
    }
    return key
  }

  /// A short file, or what a pipe brings.
  private static func fewLines(_ path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(.noInput, "\(path): cannot be read") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      guard let count = try? Descriptor.read(descriptor, into: &buffer) else {
        throw Failure(.noInput, "\(path): cannot be read")
      }
      if count == 0 { break }
      bytes += buffer[..<count]
      if bytes.count > 1 << 16 { throw Failure(.data, "\(path): is longer than any key") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.data, "\(path): is no text in UTF-8")
    }
    return text
  }

  /// Whether a browser may send it: a scheme and a host, and a port where it is another than usual, in small letters and without a path.
  private static func isOrigin(_ text: String) -> Bool {
    if text == "*" { return true }
    guard let scheme = text.firstRange(of: "://"), scheme.lowerBound > text.startIndex else { return false }
    let host = text[scheme.upperBound...]
    return !host.isEmpty && text == text.lowercased() && !host.contains { "/?#@ ".contains($0) }
  }

  /// Whether an address is for this machine alone.
  private static func isOwn(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  /// Opens the models and answers until the process is told to end.
  func run() async throws {
    defer { ServerLog.flush() }
    let links = ServeOptions.links(in: ProcessInfo.processInfo.environment)
    if !links.isEmpty {
      logger.notice(
        "variables that tell of a service, as Kubernetes sets them, are no options",
        metadata: ["variables": "\(links.joined(separator: ","))"])
    }
    let prometheus = PrometheusMetrics(ServerMetrics.descriptions)
    MetricsSystem.bootstrap(prometheus)
    let metrics = ServerMetrics(prometheus)
    let registry = try ModelRegistry(
      sources, options: loading, told: { metrics.batch(texts: $0, bytes: $1) }, noted: tell)
    if let name = loading.indexes.keys.sorted().first(where: { !registry.knows($0) }) {
      throw ValidationError("--index: there is no model \(name) here")
    }
    let server = ModelServer(registry, settings, metrics, prometheus, logger: logger, access: access)
    try await server.run { [settings, logger, saysMuch] port in
      let scheme = settings.tls == nil ? "http" : "https"
      let isAny = settings.host == "0.0.0.0" || settings.host == "::"
      let host = isAny ? "127.0.0.1" : settings.host.contains(":") ? "[\(settings.host)]" : settings.host
      let address = "\(scheme)://\(host):\(port)"
      logger.info(
        "answering",
        metadata: [
          "address": "\(address)", "models": .stringConvertible(registry.statuses.filter(\.isReady).count),
        ])
      // Behind that line.
      ServerLog.flush()
      guard saysMuch, let name = registry.firstName else { return }
      let isPair = registry.model()?.model.takesPairs == true
      let body = isPair ? #"["a text", "another"]"# : #""a text""#
      Console.write("Ask:  curl -d '\(body)' \(address)/v1/\(ServiceRequest.segment(name))\nStop: Ctrl-C\n")
    }
  }

  private func tell(_ event: ModelRegistry.Event) {
    switch event {
    case .loaded(let name, let version, _):
      logger.info("a model is ready", metadata: ["model": "\(name)", "version": "\(version)"])
    case .refused(let name, let version, let problem):
      logger.error(
        "a bundle cannot be used", metadata: ["model": "\(name)", "version": "\(version)", "problem": "\(problem)"])
    case .missing, .removed, .unloaded, .forgotten, .skipped: break
    }
  }
}
#endif
