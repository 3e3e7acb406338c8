import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// What stands where, as a client sees it.
@Suite struct ServiceRouterTests {
  private let folder: TemporaryFolder
  private let router: ServiceRouter
  private let isEnding = Guarded(false)

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    try Models.several.get().write(to: folder.path("several.charcnn"))
    try Models.matcher.get().write(to: folder.path("pairs.charcnn"))
    try Models.tagger.get().write(to: folder.path("tags.charcnn"))
    var options = LoadedModel.Options()
    options.threads = 1
    let registry = try ModelRegistry(
      ["fruit", "several", "pairs", "tags"].map { .bundle(path: folder.path("\($0).charcnn"), name: nil) },
      options: options)
    router = ServiceRouter(ModelService(registry), isEnding: { [isEnding] in isEnding.withLock { $0 } })
  }

  private func respond(
    _ method: String, _ target: String, _ body: String = "", headers: [String: String] = [:]
  ) async throws -> (status: Int, json: Any, headers: [String: String]) {
    let request = try ServiceRequest(method, target: target, headers: headers, body: Array(body.utf8))
    let response = await router.response(to: request)
    #expect(response.headers["content-type"] == "application/json")
    return (
      response.status,
      try JSONSerialization.jsonObject(with: Data(response.body), options: .fragmentsAllowed), response.headers
    )
  }

  private func object(
    _ method: String, _ target: String, _ body: String = "", status: Int = 200
  ) async throws -> [String: Any] {
    let response = try await respond(method, target, body)
    #expect(response.status == status, "\(target): \(response.json)")
    return try #require(response.json as? [String: Any])
  }

  private func tensors(_ response: [String: Any]) throws -> [String: [String: Any]] {
    let outputs = try #require(response["outputs"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: outputs.map { ($0["name"] as? String ?? "", $0) })
  }

  private func infer(_ inputs: String, _ more: String = "") -> String { "{\"inputs\":[\(inputs)]\(more)}" }

  private func input(_ name: String, _ texts: [String], shape: String? = nil) throws -> String {
    let data = String(decoding: try JSONSerialization.data(withJSONObject: texts), as: UTF8.self)
    return "{\"name\":\"\(name)\",\"shape\":\(shape ?? "[\(texts.count)]"),\"datatype\":\"BYTES\",\"data\":\(data)}"
  }

  @Test func `tensors of texts become tensors of labels, row by row`() async throws {
    let model = try Models.classifier.get()
    let texts = (0..<700).map(Models.text)
    let plain = try await object("POST", "/v2/models/fruit/infer", infer(try input("text", texts), ",\"id\":\"7\""))
    #expect(plain["id"] as? String == "7" && plain["model_name"] as? String == "fruit")
    #expect(plain["model_version"] as? String == "1")
    var found = try tensors(plain)
    #expect(Set(found.keys) == ["label", "probability"])
    #expect(found["label"]?["data"] as? [String] == model.answers(for: texts).map { $0.label ?? "" })
    #expect(found["label"]?["shape"] as? [Int] == [700] && found["label"]?["datatype"] as? String == "BYTES")
    let wanted = ["probabilities", "known"].map { "{\"name\":\"\($0)\"}" }.joined(separator: ",")
    let more = try await object(
      "POST", "/v2/models/fruit/versions/1/infer",
      infer(try input("x", texts, shape: "[700,1]"), ",\"outputs\":[\(wanted)]"))
    found = try tensors(more)
    #expect(found["probabilities"]?["shape"] as? [Int] == [700, 2])
    let probabilities = try #require(found["probabilities"]?["data"] as? [Double])
    let expected = model.predictions(for: texts, maximumCount: 2)
    for (place, hypotheses) in expected.enumerated() {
      for hypothesis in hypotheses {
        let column = try #require(model.labels.firstIndex(of: hypothesis.label))
        #expect(abs(probabilities[place * 2 + column] - hypothesis.probability) < 1e-6)
      }
    }
    #expect(found["known"]?["data"] as? [Bool] == texts.map { _ in true })
    // N-grams alone make no vector; taggers do.
    let vectors = try await object(
      "POST", "/v2/models/tags/infer", infer(try input("text", ["a", "b"]), ",\"outputs\":[{\"name\":\"vector\"}]"))
    #expect(try (tensors(vectors)["vector"]?["shape"] as? [Int])?.first == 2)
  }

  /// A request with tensors in binary behind its JSON.
  private func binary(_ json: String, _ tensors: [UInt8], jsonCount: String? = nil) async throws -> (Int, String) {
    let header = [
      "inference-header-content-length": jsonCount ?? "\(json.utf8.count)", "content-type": "application/octet-stream",
    ]
    let response = await router.response(
      to: try ServiceRequest(
        "POST", target: "/v2/models/fruit/infer", headers: header, body: Array(json.utf8) + tensors))
    return (response.status, String(decoding: response.body, as: UTF8.self))
  }

  @Test func `texts may follow the JSON in binary`() async throws {
    let texts = (0..<700).map(Models.text) + ["", "苹果"]
    let tensor = texts.flatMap { text -> [UInt8] in
      let bytes = Array(text.utf8)
      return (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
    }
    func json(_ count: Int, _ size: Int) -> String {
      "{\"inputs\":[{\"name\":\"text\",\"shape\":[\(count)],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":\(size)}}]}"
    }
    let (status, answer) = try await binary(json(texts.count, tensor.count), tensor)
    let plain = try await respond("POST", "/v2/models/fruit/infer", infer(try input("text", texts)))
    #expect(status == 200)
    let object = try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any]
    #expect((object as NSDictionary?) == (plain.json as? NSDictionary))
    let one = json(1, 5)
    for (json, bytes, jsonCount, problem) in [
      (one, [1, 0, 0, 0], nil, "and 4 follow the JSON"), (one, [2, 0, 0, 0, 97], nil, "end within a text"),
      (one, [1, 0, 0, 0, 97, 98], nil, "1 bytes behind the JSON"), (one, [1, 0, 0, 0, 0xFF], nil, "is no UTF-8"),
      (json(2, 5), [1, 0, 0, 0, 97], nil, "has 1 elements"), (one, [1, 0, 0, 0, 97], "9999", "fewer than the 9999"),
      (one, [1, 0, 0, 0, 97], "-1", "no number of bytes"), (json(1, 3), [1, 0, 0], nil, "end within a text"),
    ] as [(String, [UInt8], String?, String)] {
      let (status, answer) = try await binary(json, bytes, jsonCount: jsonCount)
      #expect(status == 400 && answer.contains(problem), "\(answer)")
    }
  }

  @Test func `pairs, several labels and tags have tensors too`() async throws {
    let pairs = try await object(
      "POST", "/v2/models/pairs/infer", infer(try input("second", ["b", "d"]) + "," + input("first", ["a", "c"])))
    let matches = try Models.matcher.get().matches(for: [("a", "b"), ("c", "d")])
    #expect(try tensors(pairs)["label"]?["data"] as? [String] == matches.map { $0.label ?? "" })
    let several = try await object(
      "POST", "/v2/models/several/infer", infer(try input("text", ["apple and plum 1 iron and tin 2"])))
    #expect(
      try (tensors(several)["labels"]?["data"] as? [String])?.first.map { $0.contains("fruit") && $0.contains("metal") }
        == true)
    let tags = try await object("POST", "/v2/models/tags/infer", infer(try input("text", ["we sell plum here"])))
    #expect(try (tensors(tags)["tags"]?["data"] as? [String])?.first?.contains("\"tokens\"") == true)
    let nested = try await object(
      "POST", "/v2/models/fruit/infer",
      infer(#"{"name":"text","shape":[2,1],"datatype":"BYTES","data":[["apple and plum 1"],["iron and tin 2"]]}"#))
    #expect(try tensors(nested)["label"]?["data"] as? [String] == ["fruit", "metal"])
  }

  @Test func `the server, its models and their state can be asked for`() async throws {
    #expect(try await object("GET", "/v2")["name"] as? String == "charcnn")
    #expect(try await object("GET", "/v2/health/live")["live"] as? Bool == true)
    #expect(try await object("GET", "/v2/health/ready")["ready"] as? Bool == true)
    #expect(try await object("GET", "/v2/models/fruit/ready")["ready"] as? Bool == true)
    let metadata = try await object("GET", "/v2/models/pairs")
    #expect((metadata["inputs"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["first", "second"])
    #expect(metadata["platform"] as? String == "charcnn_matching" && metadata["versions"] as? [String] == ["1"])
    #expect((try await object("GET", "/v1")["models"] as? [Any])?.count == 4)
    let fruit = try await object("GET", "/v1/fruit")
    #expect(fruit["can"] as? [String] == ["detect", "explain", "predict"])
    #expect(fruit["labels"] as? [String] == ["fruit", "metal"])
    let index = try await respond("POST", "/v2/repository/index")
    #expect((index.json as? [[String: Any]])?.allSatisfy { $0["state"] as? String == "READY" } == true)
    #expect(try await respond("POST", "/v2/repository/models/fruit/unload").status == 200)
    #expect(try await respond("GET", "/v2/models/fruit/ready").status == 503)
    let gone = try await respond("POST", "/v1/fruit", "\"a\"")
    #expect(gone.status == 503 && gone.headers["retry-after"] == "1")
    let ready = try await respond("POST", "/v2/repository/index", "{\"ready\": true}")
    #expect((ready.json as? [Any])?.count == 3)
    #expect(try await respond("POST", "/v2/repository/models/fruit/load").status == 200)
    #expect(try await object("POST", "/v1/fruit", "\"apple and plum 1\"")["label"] as? String == "fruit")
    #expect(try await respond("POST", "/v2/repository/models/nobody/load").status == 404)
    #expect(try await respond("POST", "/v2/repository/models/nobody/unload").status == 404)
    // About to end: no more is wanted, and what comes is answered.
    isEnding.withLock { $0 = true }
    #expect(try await respond("GET", "/v2/health/ready").status == 503)
    #expect(try await respond("GET", "/v2/health/live").status == 200)
    #expect(try await respond("POST", "/v1/fruit", "\"apple and plum 1\"").status == 200)
  }

  @Test(arguments: [
    ("PUT", "/", 405), ("GET", "/v3", 404), ("POST", "/openapi.json", 405),
    ("GET", "/metrics", 404), ("GET", "/v1/nobody", 404), ("POST", "/v1/fruit/nothing", 404),
    ("POST", "/v1/fruit/explain/more", 404), ("DELETE", "/v1/fruit", 405), ("GET", "/v1/fruit/explain", 405),
    ("POST", "/v2", 405), ("GET", "/v2/health", 404), ("POST", "/v2/health/live", 405),
    ("GET", "/v2/models/fruit/infer", 405), ("GET", "/v2/models/nobody/ready", 404),
    ("GET", "/v2/models/fruit/versions/9", 404), ("POST", "/v2/models/fruit/infer", 400),
    ("GET", "/v2/repository/index", 405), ("POST", "/v2/repository/models/fruit", 404),
    ("POST", "/v1/fruit?top=x", 422), ("POST", "/v1/fruit?other=1", 422),
    ("POST", "/v1/fruit?top=1&top=2", 422), ("HEAD", "/v2", 200),
    ("GET", "/v1/fruit", 200), ("GET", "/v1/c+d", 404), ("POST", "/v1/fruit?version=1&version=1", 422),
    ("POST", "/v1/pairs/generate", 422),
  ])
  func `every place has its method, and others are told`(method: String, target: String, status: Int) async throws {
    let response = try await respond(method, target)
    #expect(response.status == status, "\(response.json)")
    if status >= 400 { #expect(((response.json as? [String: Any])?["error"] as? String)?.isEmpty == false) }
    // Which methods there are instead.
    #expect((response.headers["allow"] != nil) == (status == 405))
  }

  @Test(arguments: [
    ("DELETE", "/v1/fruit", "POST, GET, HEAD"), ("GET", "/v1/fruit/explain", "POST"), ("POST", "/v1", "GET, HEAD"),
    ("PUT", "/", "GET, HEAD, POST"), ("GET", "/predict", "POST"),
  ])
  func `other methods are told which there are`(method: String, target: String, allowed: String) async throws {
    let response = try await respond(method, target)
    #expect(response.status == 405 && response.headers["allow"] == allowed)
  }

  @Test func `a version that stands twice is told as such`() async throws {
    let problem = try await object("POST", "/v1/fruit?version=1&version=2", "\"a\"", status: 422)
    #expect(problem["error"] as? String == "\"version\" stands twice in the address")
    let key = ServiceRouter.response(to: RequestProblem(.unauthorized, "a key is wanted"))
    #expect(key.headers["www-authenticate"] == "Bearer")
  }

  @Test(arguments: [
    ("/v1/fruit", #"{"text": "apple", "label": "nobody"}"#), ("/v1/fruit?label=nobody", #"[]"#),
    ("/v1/tags/explain", #"{"texts": [], "label": "nobody"}"#),
    (
      "/v2/models/fruit/infer",
      #"{"inputs": [{"name": "text", "shape": [], "datatype": "BYTES", "data": "apple"}]}"#
    ),
  ])
  func `labels that a model has not, and data that are no list, are refused`(target: String, body: String) async throws
  {
    let response = try await respond("POST", target, body)
    #expect(response.status == 422, "\(response.json)")
  }

  @Test func `clients of text-embeddings-inference get their shapes`() async throws {
    let model = try Models.classifier.get()
    let one = try await respond("POST", "/predict", #"{"inputs": "apple and plum 3"}"#)
    let scores = try #require(one.json as? [[String: Any]])
    #expect(scores.map { $0["label"] as? String } == ["fruit", "metal"] && one.headers["x-compute-type"] == "cpu")
    #expect(one.headers["x-compute-characters"] == "16" && Int(one.headers["x-queue-time"] ?? "") != nil)
    let texts = (0..<300).map(Models.text)
    let many = String(decoding: try JSONSerialization.data(withJSONObject: texts.map { [$0] }), as: UTF8.self)
    for place in ["/predict", "/", "/models/fruit/predict"] {
      let batch = try await respond("POST", place, "{\"inputs\": \(many)}")
      let lists = try #require(batch.json as? [[[String: Any]]])
      #expect(lists.map { $0[0]["label"] as? String } == model.answers(for: texts).map(\.label), "\(place)")
    }
    let raw = try await respond("POST", "/predict", #"{"inputs": [["apple and plum 3"]], "raw_scores": true}"#)
    let values = try #require(raw.json as? [[[String: Any]]])[0].compactMap { $0["score"] as? Double }
    let sum = values.reduce(0) { $0 + exp($1) }
    #expect(abs(exp(values[0]) / sum - (scores[0]["score"] as? Double ?? 0)) < 1e-5)
    let pair = try await respond("POST", "/models/pairs/predict", #"{"inputs": ["a", "b"]}"#)
    let match = try Models.matcher.get().matches(for: [("a", "b")])[0]
    #expect((pair.json as? [[String: Any]])?.first?["label"] as? String == match.hypotheses.first?.label ?? match.label)
    let vectors = try await respond("POST", "/models/tags/embed", #"{"inputs": ["we sell plum", "here"]}"#)
    let numbers = try #require(vectors.json as? [[Double]])
    #expect(numbers.count == 2 && abs(numbers[0].reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    let similar = try await respond(
      "POST", "/models/tags/similarity", #"{"inputs": {"source_sentence": "plum", "sentences": ["plum", "zinc"]}}"#)
    #expect(try #require(similar.json as? [Double])[0] == 1)
    let sideways = try await respond(
      "POST", "/models/tags/similarity",
      #"{"inputs": {"source_sentence": "a", "sentences": ["a"]}, "parameters": {"truncation_direction": "up"}}"#)
    #expect(sideways.status == 422)
    let info = try await object("GET", "/info")
    let type = try #require((info["model_type"] as? [String: Any])?["classifier"] as? [String: Any])
    #expect((type["id2label"] as? [String: String]) == ["0": "fruit", "1": "metal"])
    #expect(info["max_batch_tokens"] as? Int == LoadedModel.Options().batchCost)
    for (target, body, status, kind) in [
      ("/predict", #"{"inputs": []}"#, 400, "Empty"), ("/predict", "{}", 422, "Validation"),
      ("/predict", #"{"inputs": ["a", "b"]}"#, 422, "Validation"), ("/embed", #"{"inputs": "a"}"#, 424, "Backend"),
      ("/predict", "{", 400, "Validation"), ("/predict", "", 400, "Validation"),
      ("/models/nobody/predict", #"{"inputs": "a"}"#, 404, "Validation"),
      ("/models/tags/predict", #"{"inputs": "a"}"#, 424, "Backend"), ("/nothing", "", 404, "Validation"),
    ] {
      let response = try await respond("POST", target, body)
      #expect(
        response.status == status && (response.json as? [String: Any])?["error_type"] as? String == kind,
        "\(target) \(body)")
    }
    let long = String(repeating: "apple ", count: 10_000)
    #expect(try await respond("POST", "/predict", "{\"inputs\": \"\(long)\"}").status == 200)
    #expect(try await respond("POST", "/predict", "{\"inputs\": \"\(long)\", \"truncate\": false}").status == 413)
    let health = await router.response(to: try ServiceRequest("GET", target: "/health"))
    #expect(health.status == 200)
    #expect(try await object("GET", "/models/nobody/health", status: 404)["error_type"] as? String == "Validation")
    #expect(await router.response(to: try ServiceRequest("GET", target: "/models/tags/health")).status == 200)
    isEnding.withLock { $0 = true }
    for target in ["/health", "/ping", "/models/tags/health"] {
      #expect(try await object("GET", target, status: 503)["error_type"] as? String == "Unhealthy")
    }
  }

  @Test(arguments: [
    "{}", "[]", "{\"inputs\": []}", "{\"inputs\": [1]}", "{\"inputs\": [{}]}",
    #"{"inputs":[{"name":"text","shape":[2],"datatype":"BYTES","data":["a"]}]}"#,
    #"{"inputs":[{"name":"text","shape":[1],"datatype":"FP32","data":[1]}]}"#,
    #"{"inputs":[{"name":"text","shape":[-1],"datatype":"BYTES","data":[]}]}"#,
    #"{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}],"outputs":[{"name":"nothing"}]}"#,
    #"{"inputs":[{"name":"a","shape":[1],"datatype":"BYTES","data":["a"]},{"name":"b","shape":[1],"datatype":"BYTES","data":["a"]}]}"#,
    #"{"inputs":[{"name":"text","shape":[2147483647,2147483647,2147483647],"datatype":"BYTES","data":["a"]}]}"#,
    #"{"inputs":[{"name":"text","shape":[2147483647,2147483647,2147483647,0],"datatype":"BYTES","data":[]}]}"#,
    #"{"inputs":[{"name":"text","shape":[0,2147483647,2147483647,2147483647],"datatype":"BYTES","data":[]}]}"#,
  ])
  func `tensors that are none are told`(body: String) async throws {
    let response = try await respond("POST", "/v2/models/fruit/infer", body)
    #expect((400...422).contains(response.status), "\(response.json)")
    #expect((response.json as? [String: Any])?["error"].map { "\($0)".contains("-1") } == false)
  }

  @Test func `tensors of nothing have their shapes, and no name stands twice`() async throws {
    let none = try await object(
      "POST", "/v2/models/tags/infer", infer(try input("text", []), ",\"outputs\":[{\"name\":\"vector\"}]"))
    let dimension = try Models.tagger.get().dimension
    #expect(try tensors(none)["vector"]?["shape"] as? [Int] == [0, dimension])
    let both = try await respond(
      "POST", "/v2/models/pairs/infer", infer(try input("first", ["a"]) + "," + input("first", ["b"])))
    #expect(both.status == 400)
  }

  @Test func `bodies say what they are, and addresses are text`() async throws {
    for (type, status) in [
      ("application/json; charset=utf-8", 200), ("application/vnd.api+json", 200), ("text/csv", 415),
      ("application/octet-stream", 415),
    ] {
      let response = try await respond("POST", "/v1/fruit", "\"apple and plum 1\"", headers: ["content-type": type])
      #expect(response.status == status, "\(type)")
    }
    #expect(try ServiceRequest("GET", target: "/a%20b/%E4%B8%AD?x=1+2&y").path == ["a b", "中"])
    // A plus is a blank in the query alone.
    #expect(try ServiceRequest("GET", target: "/v1/c++").path == ["v1", "c++"])
    for name in ["my model", "c++", "50%", "中", "a'b", "a?b#c"] {
      #expect(try ServiceRequest("GET", target: "/v1/\(ServiceRequest.segment(name))").path == ["v1", name])
    }
    #expect(
      try ServiceRequest("GET", target: "/a?x=1+2&y").query.map { [$0.name, $0.value] } == [
        ["x", "1 2"], ["y", "true"],
      ])
    for target in ["/%", "/%4", "/%+1", "/%FF", "/a?x=%G0"] {
      #expect(throws: RequestProblem.self, "\(target)") { try ServiceRequest("GET", target: target) }
    }
  }
}
