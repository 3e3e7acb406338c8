import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// Labels that are given only where they are likely enough, and labels with odd names.
@Suite struct ThresholdTests {
  private let folder: TemporaryFolder
  private let router: ServiceRouter
  private let counted = Guarded([ModelAnswer]())

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    try Models.matcher.get().write(to: folder.path("pairs.charcnn"))
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = 1
    let texts = Models.texts.map { LabeledText($0.text, label: $0.label == "fruit" ? "true" : "false") }
    try TextClassifier.train(on: Examples(texts), options: options).model.write(to: folder.path("bool.charcnn"))
    var graded = TextRegressor.Options()
    try graded.use(model: "ngrams")
    try graded.set("ordinal=true")
    graded.threads = 1
    let grades = Models.texts.enumerated().map { LabeledText($1.text, label: "\($0 % 2 + 1)") }
    try TextRegressor.train(on: Examples(grades), options: graded).model.write(to: folder.path("grades.charcnn"))
    var loading = LoadedModel.Options()
    loading.threads = 1
    let registry = try ModelRegistry(
      ["fruit", "pairs", "bool", "grades"].map { .bundle(path: folder.path("\($0).charcnn"), name: nil) },
      options: loading)
    router = ServiceRouter(
      ModelService(registry, counted: { [counted] _, answers in counted.withLock { $0 += answers } }))
  }

  private func respond(_ target: String, _ body: String) async throws -> (status: Int, json: Any) {
    let response = await router.response(to: try ServiceRequest("POST", target: target, body: Array(body.utf8)))
    return (response.status, try JSONSerialization.jsonObject(with: Data(response.body), options: .fragmentsAllowed))
  }

  private func object(_ target: String, _ body: String) async throws -> [String: Any] {
    let (status, json) = try await respond(target, body)
    #expect(status == 200, "\(target): \(json)")
    return try #require(json as? [String: Any])
  }

  @Test func `a score is explained as it is, and numbers may be written with a point`() async throws {
    #expect(try await respond("/v1/grades/explain?label=1", "\"apple\"").status == 422)
    #expect(try await respond("/v1/grades/explain", "\"apple\"").status == 200)
    let answer = try await object("/v1/fruit", #"{"text": "apple", "top": 2.0}"#)
    #expect((answer["predictions"] as? [Any])?.count == 2)
    #expect(try await respond("/v1/fruit", #"{"text": "apple", "top": 1.5}"#).status == 422)
  }

  @Test(arguments: [
    ("/v1/fruit", "spans", "true"), ("/v1/fruit", "length", "5"), ("/v1/fruit", "temperature", "1"),
    ("/v1/fruit", "seed", "1"), ("/v1/fruit", "template", "\"a {}\""), ("/v1/fruit", "labels", "[\"a\",\"b\"]"),
    ("/v1/grades", "threshold", "0.5"), ("/v1/grades", "label", "\"1\""), ("/v1/fruit/explain", "explain", "true"),
    ("/v1/fruit/explain", "top", "2"), ("/v1/fruit/detect", "explain", "false"), ("/v1/pairs/embed", "top", "1"),
  ])
  func `a setting that would change nothing is refused, in an address, a body and for lines`(
    path: String, name: String, value: String
  ) async throws {
    let address = "\(path)?\(name)=" + value.filter { !"[]\" ".contains($0) }
    let (status, json) = try await respond(address, "\"apple\"")
    let problem = try #require((json as? [String: Any])?["error"] as? String)
    #expect(status == 422 && problem.contains("\"\(name)\""), "\(address): \(problem)")
    let inside = try await respond(path, "{\"text\":\"apple\",\"\(name)\":\(value)}")
    #expect(inside.status == 422 && (inside.json as? [String: Any])?["error"] as? String == problem, "\(inside.json)")
    let lines = try ServiceRequest("POST", target: address, headers: ["content-type": "application/x-ndjson"])
    #expect(throws: RequestProblem.self) { try router.stream(for: lines) }
  }

  @Test func `a label is explained, and says nothing where nothing is`() async throws {
    #expect(try await respond("/v1/fruit?label=fruit", "\"apple\"").status == 422)
    #expect(try await respond("/v1/fruit?label=fruit&explain=true", "\"apple\"").status == 200)
  }

  @Test func `what is not likely enough is null everywhere`() async throws {
    let text = "\"apple and plum 3\""
    #expect(try await object("/v1/fruit?threshold=1", text)["label"] is NSNull)
    #expect(try await object("/v1/fruit/detect?threshold=1", text)["language"] is NSNull)
    #expect(try await object("/v1/fruit/detect?threshold=0", text)["language"] as? String == "fruit")
    let spans = try await object("/v1/fruit/detect?threshold=1&spans=true", text)["spans"] as? [[String: Any]]
    #expect(spans?.isEmpty == false && spans?.allSatisfy { $0["language"] is NSNull } == true)
    let match = try await object("/v1/pairs?threshold=1", "[\"a\",\"b\"]")
    #expect(match["label"] is NSNull && match["score"] is Double)
    #expect(try await object("/v1/pairs?threshold=0", "[\"a\",\"b\"]")["label"] is String)
  }

  @Test func `what is counted is what was given`() async throws {
    _ = try await object("/v1/fruit?threshold=1", "\"apple and plum 3\"")
    let request = try ServiceRequest(
      "POST", target: "/v1/fruit?threshold=1", headers: ["content-type": "application/x-ndjson"])
    var stream = try #require(try router.stream(for: request))
    try await stream.answer(stream.take("\"apple and plum 3\"\n".utf8)) { _ in }
    let labels = counted.withLock { $0 }.map { if case .label(let answer) = $0 { answer.label } else { "none" } }
    #expect(labels == [nil, nil])
  }

  @Test func `a label may be called like a truth value`() async throws {
    let why = try await object("/v1/bool/explain?label=false", "\"apple and plum 3\"")
    #expect(why["label"] as? String == "false")
    #expect(try await respond("/v1/bool/explain?label=maybe", "\"a\"").status == 422)
    #expect(try await respond("/v1/bool?explain=true", "\"apple\"").status == 200)
  }

  @Test func `grades have one spelling`() async throws {
    let response = await router.response(to: try ServiceRequest("GET", target: "/models/grades/info"))
    let text = String(decoding: response.body, as: UTF8.self)
    #expect(text.contains("\"id2label\":{\"0\":\"1\",\"1\":\"2\"}"), "\(text)")
    let scores = try await respond("/models/grades/predict", "{\"inputs\":\"apple\"}").json as? [[String: Any]]
    #expect(Set(scores?.compactMap { $0["label"] as? String } ?? []) == ["1", "2"])
  }

  @Test func `all operations of the description have names of their own`() async throws {
    var options = LoadedModel.Options()
    options.threads = 1
    let registry = try ModelRegistry(
      ["first", "a", "a version 1", "info", "predict"].map {
        .bundle(path: folder.path("fruit.charcnn"), name: $0)
      }, options: options)
    let response = await ServiceRouter(ModelService(registry)).response(
      to: try ServiceRequest("GET", target: "/openapi.json"))
    let document = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
    let paths = try #require(document?["paths"] as? [String: [String: [String: Any]]])
    let names = paths.values.flatMap { $0.values.compactMap { $0["operationId"] as? String } }
    #expect(names.count > 50 && Set(names).count == names.count)
    func parameters(_ path: String, _ method: String) -> [String] {
      (paths[path]?[method]?["parameters"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    }
    #expect(parameters("/v1/a", "post").contains("version") && parameters("/v1/a", "get") == ["version"])
    // A client that is made from it has no setting that changes nothing.
    #expect(parameters("/v1/a/predict", "post") == ["top", "threshold", "explain", "label", "version"])
    #expect(parameters("/v1/a/explain", "post") == ["label", "version"])
    #expect(parameters("/v1/a/detect", "post") == ["top", "threshold", "spans", "version"])
    let ready = try #require(paths["/v2/models/a/ready"]?["get"]?["responses"] as? [String: Any])
    #expect(!"\(try #require(ready["503"]))".contains("Problem"))
  }
}
