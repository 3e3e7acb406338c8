import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// Short requests whose answers would be huge.
@Suite struct AnswerSizeTests {
  private let folder: TemporaryFolder
  private let router: ServiceRouter

  /// A service whose answers have at most 1,000 parts.
  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    try Models.several.get().write(to: folder.path("several.charcnn"))
    try Models.matcher.get().write(to: folder.path("pairs.charcnn"))
    try Models.tagger.get().write(to: folder.path("tags.charcnn"))
    try Models.language.get().write(to: folder.path("story.charcnn"))
    var options = LoadedModel.Options()
    options.threads = 1
    var limits = ServiceLimits()
    limits.answerParts = 1_000
    let registry = try ModelRegistry(
      ["fruit", "several", "pairs", "tags", "story"].map { .bundle(path: folder.path("\($0).charcnn"), name: nil) },
      options: options)
    router = ServiceRouter(ModelService(registry, limits: limits))
  }

  private func status(_ target: String, _ body: String) async throws -> Int {
    let request = try ServiceRequest("POST", target: target, headers: [:], body: Array(body.utf8))
    let response = await router.response(to: request)
    if response.status != 200 {
      let text = String(decoding: response.body, as: UTF8.self)
      #expect(text.contains("more than 1000 labels"), "\(target): \(text)")
    }
    return response.status
  }

  private static func texts(_ count: Int) -> String {
    "[\((0..<count).map { "\"\(Models.text($0))\"" }.joined(separator: ","))]"
  }

  private static func tensor(_ count: Int, outputs: String) -> String {
    """
    {"inputs":[{"name":"text","datatype":"BYTES","shape":[\(count)],"data":\(texts(count))}],
    "outputs":[\(outputs)]}
    """
  }

  @Test(arguments: [
    // Each text has one label here, and two where all are wanted.
    ("/v1/fruit", texts(1_000), 200), ("/v1/fruit", texts(1_001), 413),
    ("/v1/fruit?top=2", texts(500), 200), ("/v1/fruit?top=2", texts(501), 413),
    ("/v1/fruit?top=10000", texts(500), 200), ("/v1/several?threshold=0", texts(501), 413),
    ("/predict", "{\"inputs\":[[\"\(Models.text(1))\"]]}", 200),
    (
      "/predict",
      "{\"inputs\":[\((0..<501).map { "[\"\(Models.text($0))\"]" }.joined(separator: ","))]}", 413
    ),
    ("/v2/models/fruit/infer", tensor(1_000, outputs: "{\"name\":\"label\"}"), 200),
    ("/v2/models/fruit/infer", tensor(501, outputs: "{\"name\":\"probabilities\"}"), 413),
    // Each tensor counts.
    ("/v2/models/fruit/infer", tensor(501, outputs: "{\"name\":\"label\"},{\"name\":\"known\"}"), 413),
    (
      "/v2/models/fruit/infer",
      tensor(334, outputs: "{\"name\":\"label\"},{\"name\":\"probabilities\"}"), 413
    ),
    ("/v2/models/tags/infer", tensor(1, outputs: "{\"name\":\"vector\"},{\"name\":\"tags\"}"), 200),
    // Characters.
    ("/v1/fruit/explain", "\"\(String(repeating: "apple ", count: 166))\"", 200),
    ("/v1/fruit/explain", "\"\(String(repeating: "apple ", count: 167))\"", 413),
    ("/v1/fruit?explain=true", "\"\(String(repeating: "apple ", count: 167))\"", 413),
    ("/v1/fruit/detect?spans=true", "\"\(String(repeating: "apple ", count: 167))\"", 413),
    // Characters of the sentence for each token.
    ("/v1/tags/explain", "\"\(String(repeating: "plum ", count: 15))\"", 200),
    ("/v1/tags/explain", "\"\(String(repeating: "plum ", count: 16))\"", 413),
    ("/v1/tags?explain=true", "\"\(String(repeating: "plum ", count: 16))\"", 413),
    // A tag for each character, as often as there are sequences.
    ("/v1/tags", "\"\(String(repeating: "plum ", count: 200))\"", 200),
    ("/v1/tags?top=2", "\"\(String(repeating: "plum ", count: 101))\"", 413),
    ("/v1/tags?top=10000", "\"we sell plum here\"", 413),
    ("/v1/story/generate?length=501", "[\"a\",\"b\"]", 413), ("/v1/story/generate?length=5", "[\"a\",\"b\"]", 200),
    ("/v1/pairs", "[\((0..<1_001).map { _ in "[\"a\",\"b\"]" }.joined(separator: ","))]", 413),
    // Vectors: four numbers are one.
    ("/v1/tags/embed", texts(1_001), 413), ("/models/tags/embed", "{\"inputs\":\(texts(1_001))}", 413),
    (
      "/models/tags/similarity",
      "{\"inputs\":{\"source_sentence\":\"a\",\"sentences\":\(texts(1_001))}}", 413
    ),
  ])
  func `an answer has a most`(target: String, body: String, status: Int) async throws {
    #expect(try await self.status(target, body) == status, "\(target)")
  }

  /// A classifier one of whose labels has 640 bytes.
  private static func longLabels() throws -> TextClassifier {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = 1
    let long = String(repeating: "l", count: 640)
    let texts = Models.texts.map { LabeledText($0.text, label: $0.label == "fruit" ? long : "short") }
    return try TextClassifier.train(on: Examples(texts), options: options).model
  }

  @Test func `long labels of a model count by their bytes`() async throws {
    let folder = try TemporaryFolder()
    try Self.longLabels().write(to: folder.path("long.charcnn"))
    var limits = ServiceLimits()
    limits.answerParts = 1_000
    let registry = try ModelRegistry([.bundle(path: folder.path("long.charcnn"), name: nil)], options: .init())
    let router = ServiceRouter(ModelService(registry, limits: limits))
    for (target, count, status) in [
      ("/v1/long", 100, 200), ("/v1/long", 101, 413), ("/v1/long?top=2", 90, 200), ("/v1/long?top=2", 91, 413),
      ("/v1/long/detect", 101, 413), ("/v2/models/long/infer", 101, 413),
    ] {
      let body = target.hasPrefix("/v2") ? Self.tensor(count, outputs: "{\"name\":\"label\"}") : Self.texts(count)
      let request = try ServiceRequest("POST", target: target, headers: [:], body: Array(body.utf8))
      #expect(await router.response(to: request).status == status, "\(target) \(count)")
    }
  }

  @Test func `no output is given twice`() async throws {
    let body = Self.tensor(1, outputs: "{\"name\":\"label\"},{\"name\":\"label\"}")
    let request = try ServiceRequest("POST", target: "/v2/models/fruit/infer", headers: [:], body: Array(body.utf8))
    let response = await router.response(to: request)
    #expect(response.status == 400 && String(decoding: response.body, as: UTF8.self).contains("twice"))
  }

  @Test func `long texts of an index count by their bytes`() async throws {
    let lines = (0..<20).map { "plum \($0)" } + [String(repeating: "zinc ", count: 1_280)]
    _ = try folder.write(lines.joined(separator: "\n"), to: "corpus.txt")
    var options = LoadedModel.Options()
    options.threads = 1
    options.indexes = ["tags": .init(path: folder.path("corpus.txt"))]
    var limits = ServiceLimits()
    limits.answerParts = 1_000
    let registry = try ModelRegistry([.bundle(path: folder.path("tags.charcnn"), name: nil)], options: options)
    let router = ServiceRouter(ModelService(registry, limits: limits))
    // The longest line has a hundred parts, each other one.
    for (count, top, status) in [(9, 10, 200), (10, 1, 200), (10, 2, 413), (9, 21, 413), (8, 21, 200)] {
      let target = "/v1/tags/nearest?top=\(top)"
      let response = await router.response(
        to: try ServiceRequest("POST", target: target, body: Array(Self.texts(count).utf8)))
      #expect(response.status == status, "\(count) \(top)")
    }
  }

  @Test func `a line that asks for too much is told so, and the others go on`() async throws {
    let request = try ServiceRequest(
      "POST", target: "/v1/fruit", headers: ["content-type": "application/x-ndjson"])
    var stream = try #require(try router.stream(for: request))
    let text = Self.texts(1_001) + "\n" + Self.texts(1_000) + "\n" + Self.texts(1_000) + "\n\"plum\"\n"
    var answers = ""
    try await stream.answer(stream.take(text.utf8)) { answers += $0 }
    let lines = answers.split(separator: "\n")
    #expect(lines.count == 4 && lines[0].contains("more than 1000 labels") && lines[0].contains("\"line\":1"))
    let values = try lines.dropFirst().map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
    #expect((values[0] as? [Any])?.count == 1_000 && (values[1] as? [Any])?.count == 1_000)
    #expect((values[2] as? [String: Any])?["label"] as? String == "fruit")
  }

  @Test func `lines that ask for much together are answered in parts`() async throws {
    let request = try ServiceRequest(
      "POST", target: "/v1/tags?top=10", headers: ["content-type": "application/x-ndjson"])
    var stream = try #require(try router.stream(for: request))
    // 40 of them have 9,200 tags.
    let lines = (0..<40).map { "\"we sell plum here, nr. \($0 + 10)\"\n" }
    var pieces: [String] = []
    try await stream.answer(stream.take(lines.joined().utf8)) { pieces.append($0) }
    #expect(pieces.count >= 9, "\(pieces.count)")
    let answers = pieces.joined().split(separator: "\n")
    #expect(answers.count == 40)
    for (line, answer) in zip(lines, answers) {
      var alone = try #require(try router.stream(for: request))
      var own = ""
      try await alone.answer(alone.take(line.utf8)) { own += $0 }
      #expect(own == answer + "\n")
    }
  }

  @Test func `what clients are told of the most texts is so`() async throws {
    let request = try ServiceRequest("GET", target: "/info", headers: [:])
    let response = await router.response(to: request)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    let most = try #require(json["max_client_batch_size"] as? Int)
    let inputs = { (count: Int) in "[\((0..<count).map { "[\"\($0)\"]" }.joined(separator: ","))]" }
    #expect(try await status("/predict", "{\"inputs\":\(inputs(most))}") == 200)
    #expect(try await status("/predict", "{\"inputs\":\(inputs(most * 2 + 1))}") == 413)
  }
}
