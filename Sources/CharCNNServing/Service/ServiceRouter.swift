internal import CharCNN
internal import CharCNNFiles

/// Finds out what a request asks for, and answers it.
///
/// | place | what it is |
/// |---|---|
/// | `POST /v1/{model}` | the plain API: a text, a list or an object, or JSON lines; `/v1/{model}/explain`, `/detect`, `/embed`, `/generate` for what a model can do besides |
/// | `GET /v1`, `GET /v1/{model}` | the models, and what they can do |
/// | `/v2/…` | the Open Inference Protocol with the extension `model_repository` |
/// | `POST /predict`, `/embed`, `/similarity`, `GET /info`, `/health` | text-embeddings-inference, of the first model; `/models/{model}/predict` and so on of another |
/// | `GET /metrics` | what is counted, for Prometheus |
/// | `GET /openapi.json` | what there is to ask, in OpenAPI 3.1 |
/// | `GET /` | a page for people |
package struct ServiceRouter: Sendable {
  private let service: ModelService
  /// Whether the service is about to end, so that it is not ready for more, though it still answers.
  private let isEnding: @Sendable () -> Bool
  /// What is counted, in the text format of Prometheus.
  private let metrics: (@Sendable () -> String)?
  /// Whether clients need a key.
  private let hasKey: Bool

  /// A router.
  ///
  /// - Parameters:
  ///   - service: Who answers.
  ///   - metrics: What is counted, in the text format of Prometheus; nil where nothing is.
  ///   - hasKey: Whether clients need a key, which whoever asks is told.
  ///   - isEnding: Whether the service is about to end.
  package init(
    _ service: ModelService, metrics: (@Sendable () -> String)? = nil, hasKey: Bool = false,
    isEnding: @escaping @Sendable () -> Bool = { false }
  ) {
    (self.service, self.metrics, self.hasKey, self.isEnding) = (service, metrics, hasKey, isEnding)
  }

  /// Whether all models are there and the service goes on.
  package var isReady: Bool { !isEnding() && service.registry.isReady }

  /// The response to a request; there is always one.
  package func response(to request: ServiceRequest) async -> ServiceResponse {
    do {
      return try await answer(request)
    } catch let problem as RequestProblem {
      return Self.response(to: problem, hasType: Self.hasType(request))
    } catch is CancellationError {
      // Nobody reads it any more.
      return Self.response(to: RequestProblem(.unavailable, "the client is gone"))
    } catch {
      return Self.response(to: RequestProblem(.internalError, "the request could not be answered"))
    }
  }

  /// Whether the clients that ask in this place read what kind a problem is of.
  package static func hasType(_ request: ServiceRequest) -> Bool { !["v1", "v2"].contains(request.path.first) }

  /// What a request asks of a model that names no operation; nil for any other request, and where there is no such model.
  package func usualOperation(for request: ServiceRequest) -> ServedModel.Operation? {
    guard request.method == "POST" else { return nil }
    if request.path.isEmpty {
      return service.registry.model().map { Self.isEmbedder($0) ? .embed : .predict }
    }
    guard request.path.count == 2, request.path[0] == "v1" else { return nil }
    // A version that is not there is asked the same as one that is.
    let version = request.query.first { $0.name == "version" }?.value
    let registry = service.registry
    return (registry.model(request.path[1], version: version) ?? registry.model(request.path[1]))?.usualOperation
  }

  /// Whether text-embeddings-inference has vectors of it where no path is named.
  private static func isEmbedder(_ loaded: LoadedModel) -> Bool {
    !loaded.operations.contains(.predict) || loaded.model.task == .tagging
  }

  /// The stream of answers for a request whose body is JSON lines; nil for any other request.
  ///
  /// - Parameter request: A request whose body has not come yet.
  /// - Throws: ``RequestProblem`` as ``response(to:)`` would tell it.
  package func stream(for request: ServiceRequest) throws(RequestProblem) -> LineStream? {
    guard request.path.first == "v1", request.path.count >= 2, request.method == "POST",
      Self.lineTypes.contains(Self.type(of: request) ?? "")
    else { return nil }
    let place = try plainPlace(request)
    return try LineStream(
      service, place.model, operation: place.operation, settings: try ModelService.settings(place.query))
  }

  private static let lineTypes: Set = [
    "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
    "application/json-lines",
  ]

  /// What most clients send, and nothing has to be done about.
  private static let usualType = "application/json"

  /// The type of a body, without its parameters.
  private static func type(of request: ServiceRequest) -> String? {
    guard let name = request.headers["content-type"], name != usualType else { return request.headers["content-type"] }
    return name.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
  }

  /// The response that tells a problem.
  ///
  /// - Parameter hasType: Whether it names its kind too, as clients of text-embeddings-inference read it.
  package static func response(to problem: RequestProblem, hasType: Bool = false) -> ServiceResponse {
    var headers: [String: String] = [:]
    if !problem.methods.isEmpty { headers["allow"] = problem.methods.joined(separator: ", ") }
    if problem.kind == .unauthorized { headers["www-authenticate"] = "Bearer" }
    if problem.kind == .overloaded || problem.kind == .unavailable { headers["retry-after"] = "1" }
    let type = hasType ? ",\"error_type\":\"\(TextEmbeddingsInference.errorType(problem))\"" : ""
    return .json("{\"error\":\(JSONText.quoted(problem.problem))\(type)}", status: problem.status, headers: headers)
  }

  private func answer(_ request: ServiceRequest) async throws -> ServiceResponse {
    switch request.path.first {
    case "v1": try await plain(request)
    case "v2": try await openInference(request)
    case "models" where request.path.count == 3:
      try await textEmbeddings(request, request.path[2], of: request.path[1])
    case nil where request.method != "POST": try page(request)
    case nil: try await textEmbeddings(request, "", of: nil)
    case "openapi.json" where request.path.count == 1: try description(request)
    case "api-doc" where request.path == ["api-doc", "openapi.json"]: try description(request)
    default:
      if request.path.count == 1 {
        try await textEmbeddings(request, request.path[0], of: nil)
      } else {
        throw Self.unknownPlace(request)
      }
    }
  }

  private func page(_ request: ServiceRequest) throws(RequestProblem) -> ServiceResponse {
    try Self.check(request, is: "GET", besides: "POST")
    return ServiceResponse(
      headers: [
        "content-type": "text/html; charset=utf-8", "content-security-policy": ServicePage.policy,
        "cache-control": "no-cache", "referrer-policy": "no-referrer",
      ], body: Array(ServicePage.html.utf8))
  }

  private func description(_ request: ServiceRequest) throws(RequestProblem) -> ServiceResponse {
    try Self.check(request, is: "GET")
    return .json(ServiceDescription(service.registry, limits: service.limits, hasKey: hasKey).json)
  }

  // MARK: text-embeddings-inference

  private func textEmbeddings(
    _ request: ServiceRequest, _ place: String, of name: String?
  ) async throws -> ServiceResponse {
    switch place {
    case "metrics" where name == nil:
      try Self.check(request, is: "GET")
      guard let metrics else { throw Self.unknownPlace(request) }
      return ServiceResponse(
        headers: ["content-type": "text/plain; version=0.0.4; charset=utf-8"], body: Array(metrics().utf8))
    case "health", "ping":
      try Self.check(request, is: "GET")
      // A name that there is not is an error, and a model that is not ready is one too.
      if let name { _ = try service.model(name) }
      if name == nil ? isReady : !isEnding() { return ServiceResponse(headers: ["content-type": "text/plain"]) }
      let problem = RequestProblem(.unavailable, "not all models answer, or the server is about to end")
      var response = Self.response(to: problem, hasType: true)
      response.headers["retry-after"] = nil
      return response
    case "info":
      try Self.check(request, is: "GET")
      return .json(service.information(try service.model(name)))
    case "predict", "embed", "similarity", "":
      try Self.check(request, is: "POST")
      let model = try service.model(name)
      try Self.checkJSON(request)
      let answer =
        switch place {
        case "similarity": try await service.similarity(request.body, of: model)
        case "embed": try await service.embed(request.body, of: model)
        case "" where Self.isEmbedder(model): try await service.embed(request.body, of: model)
        default: try await service.predict(request.body, of: model)
        }
      return Self.response(answer, headers: answer.headers)
    default: throw Self.unknownPlace(request)
    }
  }

  private static func unknownPlace(_ request: ServiceRequest) -> RequestProblem {
    RequestProblem(.unknown, "there is nothing at /\(request.path.joined(separator: "/"))")
  }

  /// - Parameters:
  ///   - method: The method that something is for here.
  ///   - other: Another one that the same place has.
  private static func check(
    _ request: ServiceRequest, is method: String, besides other: String? = nil
  ) throws(RequestProblem) {
    // HEAD is GET without the body, which the server leaves out.
    if request.method == method || method == "GET" && request.method == "HEAD" { return }
    let methods = [method] + (other.map { [$0] } ?? [])
    throw RequestProblem(
      .wrongMethod,
      "/\(request.path.joined(separator: "/")) is for \(methods.joined(separator: " and ")), not \(request.method)",
      methods: methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] })
  }

  /// Refuses bodies that say that they are something else than JSON.
  private static func checkJSON(_ request: ServiceRequest) throws(RequestProblem) {
    guard let name = type(of: request) else { return }
    // What curl sends where nobody says anything is taken for what is meant.
    if ["application/json", "application/x-www-form-urlencoded", "text/json"].contains(name) || name.hasSuffix("+json")
    {
      return
    }
    throw RequestProblem(.unsupportedType, "the body is said to be \(name), and JSON is expected")
  }

  /// Bytes of a body that are JSON, where tensors in binary follow; nil where nobody says so.
  private static func jsonCount(of request: ServiceRequest) throws(RequestProblem) -> Int? {
    guard let header = request.headers["inference-header-content-length"] else { return nil }
    guard let count = Int(header), count >= 0 else {
      throw RequestProblem(.malformed, "Inference-Header-Content-Length is \"\(header)\", and no number of bytes")
    }
    return count
  }

  // MARK: The plain API

  private func plain(_ request: ServiceRequest) async throws -> ServiceResponse {
    let path = request.path.dropFirst()
    guard let name = path.first else {
      try Self.check(request, is: "GET")
      let models = service.registry.statuses.map(describe)
      return .json("{\"models\":[\(models.joined(separator: ","))]}")
    }
    if path.count == 1, request.method == "GET" || request.method == "HEAD" {
      let model = try service.model(name, version: request.query.first { $0.name == "version" }?.value)
      guard let status = service.registry.statuses.first(where: { $0.name == name && $0.version == model.version })
      else { throw Self.unknownPlace(request) }
      return .json(describe(status))
    }
    let place = try plainPlace(request)
    try Self.checkJSON(request)
    return Self.response(
      try await service.answer(request.body, query: place.query, operation: place.operation, of: place.model))
  }

  /// What a request to the plain API asks of whom.
  private func plainPlace(
    _ request: ServiceRequest
  ) throws(RequestProblem) -> (
    model: LoadedModel, operation: ServedModel.Operation?, query: [(name: String, value: String)]
  ) {
    guard (2...3).contains(request.path.count) else { throw Self.unknownPlace(request) }
    var operation: ServedModel.Operation?
    if request.path.count == 3 {
      guard let known = ServedModel.Operation(rawValue: request.path[2]) else { throw Self.unknownPlace(request) }
      operation = known
    }
    try Self.check(request, is: "POST", besides: request.path.count == 2 ? "GET" : nil)
    var query = request.query
    let version = query.firstIndex { $0.name == "version" }.map { query.remove(at: $0).value }
    if query.contains(where: { $0.name == "version" }) {
      throw RequestProblem(.unsuitable, "\"version\" stands twice in the address")
    }
    return (try service.model(request.path[1], version: version), operation, query)
  }

  /// An answer as a response.
  private static func response(_ answer: ServiceAnswer, headers: [String: String] = [:]) -> ServiceResponse {
    var response = ServiceResponse.json(answer.json, headers: headers)
    response.facts = answer.facts
    return response
  }

  private func describe(_ status: ModelRegistry.Status) -> String {
    var json =
      "{\"name\":\(JSONText.quoted(status.name)),\"version\":\(JSONText.quoted(status.version)),\"ready\":\(status.isReady)"
    if let problem = status.problem { json += ",\"problem\":\(JSONText.quoted(problem))" }
    if let loaded = service.registry.model(status.name, version: status.version) {
      let operations = loaded.operations.map(\.rawValue).sorted().map { "\"\($0)\"" }
      json += ",\"task\":\"\(loaded.model.task.rawValue)\",\"can\":[\(operations.joined(separator: ","))]"
      let named = loaded.model.operationsByNames.map(\.rawValue).sorted().map { "\"\($0)\"" }
      if !named.isEmpty { json += ",\"canWithLabels\":[\(named.joined(separator: ","))]" }
      json += ",\"labels\":[\(loaded.model.labels.map { JSONText.quoted($0) }.joined(separator: ","))]"
      if case .classifier(let classifier) = loaded.model.kind {
        json += ",\"several\":\(classifier.allowsSeveralLabels)"
      }
      json += ",\"digest\":\"\(loaded.digest)\""
    }
    return json + "}"
  }

  // MARK: The Open Inference Protocol

  private func openInference(_ request: ServiceRequest) async throws -> ServiceResponse {
    let path = Array(request.path.dropFirst())
    switch path.first {
    case nil:
      try Self.check(request, is: "GET")
      return .json(
        "{\"name\":\"charcnn\",\"version\":\"\(ProgramVersion.current)\",\"extensions\":[\"model_repository\"]}")
    case "health" where path.count == 2 && ["live", "ready"].contains(path[1]):
      try Self.check(request, is: "GET")
      let isSo = path[1] == "live" || isReady
      return .json("{\"\(path[1])\":\(isSo)}", status: isSo ? 200 : 503)
    case "models" where path.count >= 2: return try await model(request, Array(path.dropFirst()))
    case "repository": return try await repository(request, Array(path.dropFirst()))
    default: throw Self.unknownPlace(request)
    }
  }

  /// `{model}[/versions/{version}][/ready|/infer]`.
  private func model(_ request: ServiceRequest, _ path: [String]) async throws -> ServiceResponse {
    let name = path[0]
    var rest = path.dropFirst()
    var version: String?
    if rest.first == "versions", rest.count >= 2 {
      version = rest[rest.startIndex + 1]
      rest = rest.dropFirst(2)
    }
    switch Array(rest) {
    case []:
      try Self.check(request, is: "GET")
      let model = try service.model(name, version: version)
      let versions = service.registry.statuses.filter { $0.name == name && $0.isReady }.map(\.version)
      return .json(OpenInference.metadata(model, versions: versions))
    case ["ready"]:
      try Self.check(request, is: "GET")
      let isReady = service.registry.model(name, version: version) != nil && !isEnding()
      if !isReady, !service.registry.knows(name, version: version) { _ = try service.model(name, version: version) }
      return .json("{\"name\":\(JSONText.quoted(name)),\"ready\":\(isReady)}", status: isReady ? 200 : 503)
    case ["infer"]:
      try Self.check(request, is: "POST")
      let model = try service.model(name, version: version)
      let jsonCount = try Self.jsonCount(of: request)
      if jsonCount == nil { try Self.checkJSON(request) }
      return Self.response(try await service.infer(request.body, jsonCount: jsonCount, of: model))
    default: throw Self.unknownPlace(request)
    }
  }

  /// `index`, `models/{model}/load`, `models/{model}/unload`.
  private func repository(_ request: ServiceRequest, _ path: [String]) async throws -> ServiceResponse {
    if path == ["index"] {
      try Self.check(request, is: "POST")
      var isReadyOnly = false
      if !request.body.isEmpty {
        guard case .object(let members) = try RequestJSON.value(request.body) else {
          throw RequestProblem(.malformed, "an object is expected, which may have ready")
        }
        if let ready = members.first(where: { $0.name == "ready" }) {
          isReadyOnly = try RequestJSON.flag(ready.value, "ready")
        }
      }
      let all = service.registry.statuses.filter { $0.isReady || !isReadyOnly }.map { status in
        "{\"name\":\(JSONText.quoted(status.name)),\"version\":\(JSONText.quoted(status.version)),\"state\":\"\(status.isReady ? "READY" : "UNAVAILABLE")\",\"reason\":\(JSONText.quoted(status.problem ?? ""))}"
      }
      return .json("[\(all.joined(separator: ","))]")
    }
    guard path.count == 3, path[0] == "models", ["load", "unload"].contains(path[2]) else {
      throw Self.unknownPlace(request)
    }
    try Self.check(request, is: "POST")
    let unknown = RequestProblem(.unknown, "there is no model \"\(path[1])\"")
    if path[2] == "unload" {
      if try await service.unload(path[1]).isEmpty { throw unknown }
      return .json("{}")
    }
    let events = try await service.load(path[1])
    if events.isEmpty { throw unknown }
    for case .refused(let name, let version, _) in events {
      let status = service.registry.statuses.first { $0.name == name && $0.version == version }
      throw RequestProblem(.malformed, status?.problem ?? "the model \"\(name)\" cannot be used")
    }
    return .json("{}")
  }
}
