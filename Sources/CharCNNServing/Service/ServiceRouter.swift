internal import CharCNN
internal import CharCNNFiles

/// Finds out what a request asks for, and answers it.
///
/// | place | what it is |
/// |---|---|
/// | `POST /v1/{model}` | the plain API: a text, a list or an object; `/v1/{model}/explain`, `/detect`, `/embed`, `/generate` for what a model can do besides |
/// | `GET /v1`, `GET /v1/{model}` | the models, and what they can do |
/// | `/v2/…` | the Open Inference Protocol with the extension `model_repository` |
/// | `POST /predict`, `/embed`, `/similarity`, `GET /info`, `/health` | text-embeddings-inference, of the first model; `/models/{model}/predict` and so on of another |
package struct ServiceRouter: Sendable {
  private let service: ModelService
  /// Whether the service is about to end, so that it is not ready for more, though it still answers.
  private let isEnding: @Sendable () -> Bool

  /// A router.
  package init(_ service: ModelService, isEnding: @escaping @Sendable () -> Bool = { false }) {
    (self.service, self.isEnding) = (service, isEnding)
  }

  /// The response to a request; there is always one.
  package func response(to request: ServiceRequest) async -> ServiceResponse {
    do {
      return try await answer(request)
    } catch let problem as RequestProblem {
      return Self.response(to: problem, hasType: !["v1", "v2"].contains(request.path.first))
    } catch is CancellationError {
      // Nobody reads it any more.
      return Self.response(to: RequestProblem(.unavailable, "the client is gone"))
    } catch {
      return Self.response(to: RequestProblem(.internalError, "the request could not be answered"))
    }
  }

  /// The response that tells a problem.
  ///
  /// - Parameter hasType: Whether it names its kind too, as clients of text-embeddings-inference read it.
  package static func response(to problem: RequestProblem, hasType: Bool = false) -> ServiceResponse {
    var headers: [String: String] = [:]
    if problem.kind == .overloaded || problem.kind == .unavailable { headers["retry-after"] = "1" }
    let type = hasType ? ",\"error_type\":\"\(TextEmbeddingsInference.errorType(problem.kind))\"" : ""
    return .json("{\"error\":\(JSONText.quoted(problem.problem))\(type)}", status: problem.status, headers: headers)
  }

  private func answer(_ request: ServiceRequest) async throws -> ServiceResponse {
    switch request.path.first {
    case "v1": try await plain(request)
    case "v2": try await openInference(request)
    case "models" where request.path.count == 3:
      try await textEmbeddings(request, request.path[2], of: request.path[1])
    case nil: try await textEmbeddings(request, "", of: nil)
    default:
      if request.path.count == 1 {
        try await textEmbeddings(request, request.path[0], of: nil)
      } else {
        throw Self.unknownPlace(request)
      }
    }
  }

  // MARK: text-embeddings-inference

  private func textEmbeddings(
    _ request: ServiceRequest, _ place: String, of name: String?
  ) async throws -> ServiceResponse {
    switch place {
    case "health", "ping":
      try Self.check(request, is: "GET")
      return ServiceResponse(isReady ? 200 : 503, headers: ["content-type": "text/plain"])
    case "info":
      try Self.check(request, is: "GET")
      return .json(service.information(try service.model(name)))
    case "predict", "embed", "similarity", "":
      try Self.check(request, is: "POST")
      let model = try service.model(name)
      try Self.checkJSON(request)
      let isEmbedder = !model.model.operations.contains(.predict) || model.model.task == .tagging
      let computed =
        switch place {
        case "similarity": try await service.similarity(request.body, of: model)
        case "embed": try await service.embed(request.body, of: model)
        case "" where isEmbedder: try await service.embed(request.body, of: model)
        default: try await service.predict(request.body, of: model)
        }
      return .json(computed.json, headers: computed.headers)
    default: throw Self.unknownPlace(request)
    }
  }

  private static func unknownPlace(_ request: ServiceRequest) -> RequestProblem {
    RequestProblem(.unknown, "there is nothing at /\(request.path.joined(separator: "/"))")
  }

  private static func check(_ request: ServiceRequest, is method: String) throws(RequestProblem) {
    // HEAD is GET without the body, which the server leaves out.
    if request.method == method || method == "GET" && request.method == "HEAD" { return }
    throw RequestProblem(
      .wrongMethod, "/\(request.path.joined(separator: "/")) is for \(method), not \(request.method)")
  }

  /// Refuses bodies that say that they are something else than JSON.
  private static func checkJSON(_ request: ServiceRequest) throws(RequestProblem) {
    guard let type = request.headers["content-type"] else { return }
    let name = type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    // What curl sends where nobody says anything is taken for what is meant.
    if ["application/json", "application/x-www-form-urlencoded", "text/json"].contains(name) || name.hasSuffix("+json")
    {
      return
    }
    throw RequestProblem(.unsupportedType, "the body is said to be \(name), and JSON is expected")
  }

  // MARK: The plain API

  private func plain(_ request: ServiceRequest) async throws -> ServiceResponse {
    let path = request.path.dropFirst()
    guard let name = path.first else {
      try Self.check(request, is: "GET")
      let models = service.registry.statuses.map(describe)
      return .json("{\"models\":[\(models.joined(separator: ","))]}")
    }
    var query = request.query
    let version = query.firstIndex { $0.name == "version" }.map { query.remove(at: $0).value }
    if path.count == 1, request.method == "GET" || request.method == "HEAD" {
      let model = try service.model(name, version: version)
      guard let status = service.registry.statuses.first(where: { $0.name == name && $0.version == model.version })
      else { throw Self.unknownPlace(request) }
      return .json(describe(status))
    }
    guard path.count <= 2 else { throw Self.unknownPlace(request) }
    var operation: ServedModel.Operation?
    if let word = path.dropFirst().first {
      guard let known = ServedModel.Operation(rawValue: word) else { throw Self.unknownPlace(request) }
      operation = known
    }
    try Self.check(request, is: "POST")
    let model = try service.model(name, version: version)
    try Self.checkJSON(request)
    return .json(try await service.answer(request.body, query: query, operation: operation, of: model))
  }

  private func describe(_ status: ModelRegistry.Status) -> String {
    var json =
      "{\"name\":\(JSONText.quoted(status.name)),\"version\":\(JSONText.quoted(status.version)),\"ready\":\(status.isReady)"
    if let problem = status.problem { json += ",\"problem\":\(JSONText.quoted(problem))" }
    if let loaded = service.registry.model(status.name, version: status.version) {
      let operations = loaded.model.operations.map(\.rawValue).sorted().map { "\"\($0)\"" }
      json += ",\"task\":\"\(loaded.model.task.rawValue)\",\"can\":[\(operations.joined(separator: ","))]"
      json += ",\"labels\":[\(loaded.model.labels.map { JSONText.quoted($0) }.joined(separator: ","))]"
      json += ",\"digest\":\"\(loaded.digest)\""
    }
    return json + "}"
  }

  // MARK: The Open Inference Protocol

  private var isReady: Bool { !isEnding() && service.registry.isReady }

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
      try Self.checkJSON(request)
      return .json(try await service.infer(request.body, of: model))
    default: throw Self.unknownPlace(request)
    }
  }

  /// `index`, `models/{model}/load`, `models/{model}/unload`.
  private func repository(_ request: ServiceRequest, _ path: [String]) async throws -> ServiceResponse {
    if path == ["index"] {
      try Self.check(request, is: "POST")
      var isReadyOnly = false
      if !request.body.isEmpty, case .object(let members) = try RequestJSON.value(request.body),
        let ready = members.first(where: { $0.name == "ready" })
      {
        isReadyOnly = try RequestJSON.flag(ready.value, "ready")
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
      guard service.registry.unload(path[1]) else { throw unknown }
      return .json("{}")
    }
    let events = try await service.load(path[1])
    if events.isEmpty { throw unknown }
    for case .refused(_, _, let problem) in events { throw RequestProblem(.malformed, problem) }
    return .json("{}")
  }
}
