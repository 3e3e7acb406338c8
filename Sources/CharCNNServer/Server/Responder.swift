#if Server
internal import CharCNNCompute
internal import CharCNNServing
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a request has of its server: nothing, since answers depend on the request alone.
struct ServerContext: InitializableFromSource {
  init(source: ApplicationRequestContextSource) {}
}

/// Reads a request, has it answered, and tells how it went.
struct Responder: HTTPResponder {
  typealias Context = ServerContext

  private let router: ServiceRouter
  private let settings: ServerSettings
  private let metrics: ServerMetrics
  private let access: Logger
  private let key: KeyCheck?
  private let origins: CrossOrigin
  private let identifiers = RequestIdentifiers()

  init(_ router: ServiceRouter, _ settings: ServerSettings, _ metrics: ServerMetrics, access: Logger) {
    (self.router, self.settings, self.metrics, self.access) = (router, settings, metrics, access)
    key = settings.apiKey.map { KeyCheck($0) }
    origins = CrossOrigin(settings.origins)
  }

  func respond(to request: Request, context: ServerContext) async throws -> Response {
    let started = ContinuousClock.now
    let identifier = identifiers.identifier(request.headers[.requestID])
    let path = (request.head.path ?? "/").prefix { $0 != "?" }
    var exchange = Exchange(method: request.method.rawValue, path: String(path), identifier: identifier)
    let answer: ServiceResponse
    var isRead = false
    do throws(RequestProblem) {
      if let preflight = origins.preflight(request.head) {
        tell(exchange, operation: "preflight", status: preflight.status.code, took: ContinuousClock.now - started)
        return preflight
      }
      let asked = try service(request)
      let place = RequestPlace(asked, usual: router.usualOperation(for: asked))
      exchange.place = place
      try check(request, asked, place)
      if let stream = try router.stream(for: asked) {
        return streamed(stream, request, exchange, started: started)
      }
      let whole = try await whole(request, asked, &exchange)
      isRead = true
      answer = await Self.apart(whole.body.count) { await router.response(to: whole) }
    } catch {
      let hasType = exchange.place.map { $0.api == "text_embeddings" } ?? false
      answer = ServiceRouter.response(to: error, hasType: hasType)
    }
    var response = Self.response(answer, isHead: request.method == .head)
    // What was not read of a body would have to be read before the next request, however long it is.
    if !isRead, Self.hasBody(request) { response.headers[.connection] = "close" }
    finish(&response.headers, request, exchange)
    // Nobody is there any more to be told.
    let status = Task.isCancelled || exchange.isBroken ? Self.brokenOff : answer.status
    tell(exchange, status: status, facts: answer.facts, took: ContinuousClock.now - started)
    return response
  }

  /// Bytes of a body that is read on the thread of its connection.
  private static let quickBytes = 1 << 15

  /// Does what belongs to a long body where it does not hold up the other clients of this thread.
  private static func apart(
    _ bytes: Int, _ body: @Sendable () async -> ServiceResponse
  ) async -> ServiceResponse {
    if bytes <= quickBytes { return await body() }
    return await withTaskExecutorPreference(globalConcurrentExecutor) { await body() }
  }

  /// The head of a request as the service reads it.
  private func service(_ request: Request) throws(RequestProblem) -> ServiceRequest {
    var headers: [String: String] = [:]
    for field in request.headers where headers[field.name.canonicalName] == nil {
      headers[field.name.canonicalName] = field.value
    }
    return try ServiceRequest(request.method.rawValue, target: request.head.path ?? "/", headers: headers)
  }

  /// What proxies count a request as whose client went away.
  private static let brokenOff = 499

  private static func hasBody(_ request: Request) -> Bool {
    request.headers[.transferEncoding] != nil || (request.headers[.contentLength].flatMap { Int($0) } ?? 0) > 0
  }

  /// Whether a body is shorter than it said it would be: one that was put out by the way may end as if that had been all.
  private static func isCutOff(_ request: Request, _ count: Int) -> Bool {
    count < request.headers[.contentLength].flatMap { Int($0) } ?? 0
  }

  private func check(
    _ request: Request, _ asked: ServiceRequest, _ place: RequestPlace
  ) throws(RequestProblem) {
    if let key, !place.isOpen, !key.accepts(authorization: asked.headers["authorization"]) {
      throw RequestProblem(.unauthorized, "the key of this server is wanted: Authorization: Bearer KEY")
    }
    if let coding = asked.headers["content-encoding"], coding.lowercased() != "identity" {
      throw RequestProblem(.unsupportedType, "bodies are taken as they are, and not as \(coding)")
    }
    if let length = asked.headers["content-length"].flatMap({ Int($0) }), length > settings.limits.bodyBytes,
      try router.stream(for: asked) == nil
    {
      throw tooLarge
    }
    guard place.changesModels else { return }
    guard settings.allowsControl else {
      throw RequestProblem(.forbidden, "this server does not let clients load and unload models")
    }
    // A page of another site may send this without asking first.
    if let origin = asked.headers["origin"], !origins.allows(origin),
      !origins.isOwn(origin, request.head, host: key == nil ? settings.host : nil)
    {
      throw RequestProblem(.forbidden, "pages from \(origin) may not load and unload models here")
    }
  }

  private var tooLarge: RequestProblem {
    RequestProblem(.tooLarge, "the request has more than \(settings.limits.bodyBytes) bytes")
  }

  /// A request with its whole body.
  private func whole(
    _ request: Request, _ asked: ServiceRequest, _ exchange: inout Exchange
  ) async throws(RequestProblem) -> ServiceRequest {
    var asked = asked
    do {
      for try await part in request.body {
        if asked.body.count + part.readableBytes > settings.limits.bodyBytes { throw tooLarge }
        asked.body.append(contentsOf: part.readableBytesView)
      }
    } catch let problem as RequestProblem {
      throw problem
    } catch {
      exchange.isBroken = true
    }
    if exchange.isBroken || Self.isCutOff(request, asked.body.count) {
      exchange.isBroken = true
      throw RequestProblem(.malformed, "the request did not come to its end")
    }
    if settings.logsTexts { exchange.body = asked.body }
    exchange.bytes = asked.body.count
    return asked
  }

  /// The response to JSON lines, which is written while they come.
  private func streamed(
    _ stream: LineStream, _ request: Request, _ exchange: Exchange, started: ContinuousClock.Instant
  ) -> Response {
    let body = ResponseBody { writer in
      var (stream, exchange) = (stream, exchange)
      do {
        for try await part in request.body {
          exchange.bytes += part.readableBytes
          let lines = stream.take(part.readableBytesView)
          tell(lines, of: exchange)
          try await stream.answer(lines) { try await writer.write(ByteBuffer(string: $0)) }
        }
        // The beginning of a line is none.
        if Self.isCutOff(request, exchange.bytes) { throw ChannelError.inputClosed }
        let last = stream.end()
        tell(last, of: exchange)
        try await stream.answer(last) { try await writer.write(ByteBuffer(string: $0)) }
        try await writer.finish(nil)
      } catch {
        // Its answer had begun with 200, and did not come to its end.
        tell(exchange, status: Self.brokenOff, facts: stream.facts, took: ContinuousClock.now - started)
        throw error
      }
      tell(exchange, status: 200, facts: stream.facts, took: ContinuousClock.now - started)
    }
    var response = Response(status: .ok, headers: [.contentType: "application/x-ndjson"], body: body)
    finish(&response.headers, request, exchange)
    return response
  }

  private static func response(_ answer: ServiceResponse, isHead: Bool) -> Response {
    var headers = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    guard isHead else {
      return Response(
        status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
    headers[.contentLength] = "\(answer.body.count)"
    return Response(status: .init(code: answer.status), headers: headers)
  }

  /// The headers that every response has.
  private func finish(_ headers: inout HTTPFields, _ request: Request, _ exchange: Exchange) {
    headers[.requestID] = exchange.identifier
    headers[.contentTypeOptions] = "nosniff"
    origins.add(to: &headers, for: request.headers[.origin])
  }

  /// Logs what a stream asks, where texts are logged: line by line, because it may have no end.
  private func tell(_ lines: [LineStream.Line], of exchange: Exchange) {
    guard settings.logsTexts else { return }
    for line in lines {
      guard let bytes = line.bytes else { continue }
      access.info(
        "asked",
        metadata: [
          "request_id": "\(exchange.identifier)", "line": .stringConvertible(line.number),
          "body": "\(String(decoding: bytes, as: UTF8.self))",
        ])
    }
  }

  private func tell(
    _ exchange: Exchange, operation: String? = nil, status: Int, facts: ServiceAnswer.Facts? = nil, took: Duration
  ) {
    let place = exchange.place
    // The same operation whether it is answered or refused.
    metrics.answered(
      place?.api ?? "other", operation ?? place?.operation ?? "other", status: status, took: took, facts: facts)
    guard settings.logsRequests else { return }
    var metadata: Logger.Metadata = [
      "request_id": "\(exchange.identifier)", "method": "\(exchange.method)", "path": "\(exchange.path)",
      "status": .stringConvertible(status),
      "milliseconds": .stringConvertible(Double(took.nanoseconds / 1_000) / 1_000),
      "bytes": .stringConvertible(exchange.bytes),
    ]
    if let facts {
      metadata["model"] = "\(facts.model)"
      metadata["version"] = "\(facts.version)"
      metadata["texts"] = .stringConvertible(facts.texts)
      metadata["characters"] = .stringConvertible(facts.characters)
    }
    if let body = exchange.body { metadata["body"] = "\(String(decoding: body, as: UTF8.self))" }
    access.info("answered", metadata: metadata)
  }
}

/// A request as it is logged.
private struct Exchange: Sendable {
  let method: String
  /// Without what stands behind the question mark.
  let path: String
  let identifier: String
  var place: RequestPlace?
  var bytes = 0
  /// What was asked, where texts are logged.
  var body: [UInt8]?
  /// Whether it did not come to its end.
  var isBroken = false
}

/// Numbers for requests that come without one.
struct RequestIdentifiers: Sendable {
  private let prefix: UInt64
  private let count = Guarded(UInt64(0))

  init() {
    var generator = SystemRandomNumberGenerator()
    prefix = generator.next()
  }

  /// The identifier that a client gave, if it is one; a new one otherwise.
  func identifier(_ given: String?) -> String {
    if let given, (1...128).contains(given.utf8.count), given.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      return given
    }
    let number = count.withLock { count in
      count += 1
      return count
    }
    return String(prefix, radix: 16) + "-" + String(number, radix: 16)
  }
}

extension HTTPField.Name {
  /// The name of a request, by which its line of the log is found.
  static let requestID = HTTPField.Name("x-request-id").unsafelyUnwrapped
  /// Whether a browser may take a response for something else than it says.
  static let contentTypeOptions = HTTPField.Name("x-content-type-options").unsafelyUnwrapped
}
#endif
