internal import CharCNN

/// What a server answers, in OpenAPI 3.1: for each model what it takes and gives, so that a client that is made from it fits.
package struct ServiceDescription {
  private let models: [LoadedModel]
  /// The versions of each model that answer, the oldest first.
  private let versions: [String: [String]]
  private let firstName: String?
  private let limits: ServiceLimits
  private let hasKey: Bool

  /// - Parameters:
  ///   - registry: The models.
  ///   - limits: What a client may ask for.
  ///   - hasKey: Whether a key is wanted.
  package init(_ registry: ModelRegistry, limits: ServiceLimits, hasKey: Bool) {
    var models: [LoadedModel] = []
    var versions: [String: [String]] = [:]
    for status in registry.statuses where status.isReady {
      versions[status.name, default: []].append(status.version)
      if let model = registry.model(status.name), !models.contains(where: { $0.name == model.name }) {
        models.append(model)
      }
    }
    (self.models, self.versions) = (models, versions)
    (firstName, self.limits, self.hasKey) = (registry.firstName, limits, hasKey)
  }

  /// The document.
  package var json: String {
    var document: [(name: String, value: JSONNode)] = [
      ("openapi", "3.1.0"),
      (
        "info",
        [
          "title": "CharCNN", "version": .text(ProgramVersion.current),
          "description": "Models that read texts character by character.",
          "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
        ]
      ),
      ("servers", [["url": "/"]]),
      ("paths", .object(paths)),
      ("components", .object(components)),
    ]
    if hasKey { document.append(("security", [["key": []]])) }
    return JSONNode.object(document).json
  }

  private var components: [(name: String, value: JSONNode)] {
    var components: [(name: String, value: JSONNode)] = [("schemas", .object(Self.schemas))]
    if hasKey {
      components.append(("securitySchemes", ["key": ["type": "http", "scheme": "bearer"]]))
    }
    return components
  }

  private var paths: [(name: String, value: JSONNode)] {
    var paths = general
    for model in models { paths += plain(model) }
    for model in models { paths += openInference(model) }
    if let first = models.first(where: { $0.name == firstName }) { paths += textEmbeddings(first, at: "") }
    for model in models { paths += textEmbeddings(model, at: "/models/\(ServiceRequest.segment(model.name))") }
    return paths
  }

  // MARK: Paths

  private var general: [(name: String, value: JSONNode)] {
    let repository = "The model repository of the Open Inference Protocol."
    let page = get("page", "A page for people.", "text/html", ["type": "string"])
    let asked = models.first { $0.name == firstName }.map { members(of: first($0)) } ?? []
    return [
      ("/", page.with(asked)),
      ("/health", get("health", "Whether all models answer.", nil, nil, others: [503], problem: "TypedProblem")),
      ("/metrics", get("metrics", "What is counted, for Prometheus.", "text/plain", ["type": "string"])),
      ("/v1", get("models", "The models.", Self.jsonType, Self.reference("Models"))),
      ("/v2", get("server", "The server.", Self.jsonType, Self.reference("Server"))),
      ("/v2/health/live", get("live", "Whether the server lives.", Self.jsonType, ["type": "object"])),
      (
        "/v2/health/ready",
        get("ready", "Whether all models answer.", Self.jsonType, ["type": "object"], others: [503], problem: nil)
      ),
      (
        "/v2/repository/index",
        post(
          "index", repository, body: ["type": "object", "properties": ["ready": ["type": "boolean"]]], isNeeded: false,
          ["type": "array", "items": Self.reference("RepositoryModel")])
      ),
    ]
  }

  private func plain(_ loaded: LoadedModel) -> [(name: String, value: JSONNode)] {
    let path = "/v1/\(ServiceRequest.segment(loaded.name))"
    let operations = loaded.operations
    var paths: [(name: String, value: JSONNode)] = []
    let usual: ServedModel.Operation =
      operations.contains(.predict) ? .predict : operations.contains(.generate) ? .generate : .embed
    let description = get(
      "\(loaded.name) model", "What there is to know of it.", Self.jsonType, Self.reference("Model"),
      parameters: .list([version(of: loaded)]))
    let answered = plain(usual, of: loaded, name: "\(loaded.name) answer")
    paths.append((path, description.with(members(of: answered))))
    let all = operations.union(loaded.model.operationsByNames)
    for operation in ServedModel.Operation.allCases where all.contains(operation) {
      paths.append(
        (
          "\(path)/\(operation.rawValue)",
          plain(operation, of: loaded, name: "\(loaded.name) \(operation.rawValue)")
        ))
    }
    return paths
  }

  private func plain(_ operation: ServedModel.Operation, of loaded: LoadedModel, name: String) -> JSONNode {
    let answer = Self.answer(operation, of: loaded.model)
    return post(
      name, "A text, a list of texts, or an object with settings.",
      parameters: .list(Self.parameters(operation, of: loaded.model) + [version(of: loaded)]),
      body: Self.question(operation, of: loaded.model),
      // The answer to no texts is an empty list, which is one of anything.
      ["anyOf": [answer, ["type": "array", "items": answer]]], statuses: [413, 429], takesLines: true)
  }

  /// The version that is asked, in an address.
  private func version(of loaded: LoadedModel) -> JSONNode {
    [
      "name": "version", "in": "query",
      "schema": ["type": "string", "enum": .list(versions[loaded.name, default: []].map { .text($0) })],
    ]
  }

  private func openInference(_ loaded: LoadedModel) -> [(name: String, value: JSONNode)] {
    let path = "/v2/models/\(ServiceRequest.segment(loaded.name))"
    // No name has a slash, so that no other model is called so.
    let versions = versions[loaded.name, default: []].map {
      openInference("\(loaded.name)/\($0)", at: "\(path)/versions/\(ServiceRequest.segment($0))")
    }
    return openInference(loaded.name, at: path) + versions.joined() + changes(loaded)
  }

  private func openInference(_ name: String, at path: String) -> [(name: String, value: JSONNode)] {
    [
      (path, get("\(name) metadata", "What it takes and gives.", Self.jsonType, Self.reference("Metadata"))),
      (
        "\(path)/ready",
        get("\(name) ready", "Whether it answers.", Self.jsonType, ["type": "object"], others: [503], problem: nil)
      ),
      (
        "\(path)/infer",
        post(
          "\(name) infer", "Tensors of texts to tensors of labels.", parameters: [Self.jsonCount],
          body: Self.reference("Inference"), Self.reference("Inferred"), statuses: [413, 429])
      ),
    ]
  }

  /// What says that tensors in binary follow the JSON.
  private static let jsonCount: JSONNode = [
    "name": "Inference-Header-Content-Length", "in": "header", "schema": ["type": "integer", "minimum": 0],
    "description": "Bytes of the body that are JSON, where tensors in binary follow.",
  ]

  /// Putting a model into service and taking it out, where the server lets clients do so.
  private func changes(_ loaded: LoadedModel) -> [(name: String, value: JSONNode)] {
    [("load", "Serves it as it is on disk now."), ("unload", "Takes it out of service.")].map { verb, summary in
      (
        "/v2/repository/models/\(ServiceRequest.segment(loaded.name))/\(verb)",
        post(
          "\(loaded.name) \(verb)", summary, body: ["type": "object"], isNeeded: false, ["type": "object"],
          statuses: [403, 429])
      )
    }
  }

  private func textEmbeddings(_ loaded: LoadedModel, at path: String) -> [(name: String, value: JSONNode)] {
    let operations = loaded.operations
    // Without a name there is no model of which this could be another operation.
    let name = path.isEmpty ? "" : loaded.name + " "
    var paths: [(name: String, value: JSONNode)] = [
      ("\(path)/info", get("\(name)info TEI", "The model.", Self.jsonType, Self.reference("Info")))
    ]
    if operations.contains(.predict), loaded.model.task != .tagging {
      paths.append(("\(path)/predict", scores("\(name)predict TEI", loaded)))
    }
    if operations.contains(.embed) {
      paths.append(("\(path)/embed", vectors("\(name)embed TEI")))
      paths.append(
        (
          "\(path)/similarity",
          post(
            "\(name)similarity TEI", "How near texts are to one.", body: Self.reference("SimilarityInputs"),
            ["type": "array", "items": ["type": "number"]], statuses: [413, 424, 429], problem: "TypedProblem")
        ))
    }
    return paths
  }

  /// What text-embeddings-inference answers where no path is named.
  private func first(_ loaded: LoadedModel) -> JSONNode {
    loaded.operations.contains(.predict) && loaded.model.task != .tagging
      ? scores("answer TEI", loaded) : vectors("answer TEI")
  }

  private func scores(_ name: String, _ loaded: LoadedModel) -> JSONNode {
    let list: JSONNode = ["type": "array", "items": Self.reference("Score")]
    return post(
      name, "Labels with their scores.", body: Self.predictionInputs(loaded.model),
      ["anyOf": [list, ["type": "array", "items": list]]], statuses: [413, 424, 429], problem: "TypedProblem")
  }

  private func vectors(_ name: String) -> JSONNode {
    post(
      name, "Vectors of texts.", body: Self.reference("EmbeddingInputs"),
      ["type": "array", "items": ["type": "array", "items": ["type": "number"]]], statuses: [413, 424, 429],
      problem: "TypedProblem")
  }

  // MARK: Operations

  private static let jsonType = "application/json"
  private static let linesType = "application/x-ndjson"
  /// Each line is what a body is in JSON.
  private static let lines: JSONNode = ["type": "string"]

  private static func reference(_ name: String) -> JSONNode { ["$ref": .text("#/components/schemas/\(name)")] }

  private func members(of node: JSONNode) -> [(name: String, value: JSONNode)] {
    guard case .object(let members) = node else { return [] }
    return members
  }

  private func get(
    _ name: String, _ summary: String, _ type: String?, _ schema: JSONNode?, parameters: JSONNode = [],
    others: [Int] = [], problem kind: String? = "Problem"
  ) -> JSONNode {
    var responses: [(name: String, value: JSONNode)] = [("200", Self.response("The answer.", type, schema))]
    for status in others {
      responses.append(
        ("\(status)", kind.map { problem($0) } ?? Self.response("Not now.", type, schema)))
    }
    responses.append(("4XX", problem("Problem")))
    return [
      "get": [
        "operationId": .text(name), "summary": .text(summary), "parameters": parameters,
        "responses": .object(responses),
      ]
    ]
  }

  private func post(
    _ name: String, _ summary: String, parameters: JSONNode = [], body: JSONNode, isNeeded: Bool = true,
    _ schema: JSONNode, statuses: [Int] = [], problem kind: String = "Problem", takesLines: Bool = false
  ) -> JSONNode {
    var (answer, content) = (Self.response("The answer.", Self.jsonType, schema), [(Self.jsonType, body)])
    if takesLines {
      answer = [
        "description": "The answer; to JSON lines a line each, in their order.",
        "content": [Self.jsonType: ["schema": schema], Self.linesType: ["schema": Self.lines]],
      ]
      content.append((Self.linesType, Self.lines))
    }
    var responses: [(name: String, value: JSONNode)] = [("200", answer)]
    for status in [400, 404, 415, 422] + statuses { responses.append(("\(status)", problem(kind))) }
    responses.append(("4XX", problem("Problem")))
    responses.append(("503", problem(kind)))
    return [
      "post": [
        "operationId": .text(name), "summary": .text(summary), "parameters": parameters,
        "requestBody": [
          "required": .flag(isNeeded), "content": .object(content.map { ($0, ["schema": $1]) }),
        ],
        "responses": .object(responses),
      ]
    ]
  }

  private func problem(_ name: String) -> JSONNode {
    Self.response("What is wrong.", Self.jsonType, Self.reference(name))
  }

  private static func response(_ description: String, _ type: String?, _ schema: JSONNode?) -> JSONNode {
    let response: JSONNode = ["description": .text(description)]
    guard let type, let schema else { return response }
    let content: JSONNode = ["schema": schema]
    return response.with([("content", .object([(type, content)]))])
  }
}
