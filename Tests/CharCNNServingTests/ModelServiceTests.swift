import CharCNNFiles
import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// Models of every task behind the plain API.
@Suite struct ModelServiceTests {
  private let folder: TemporaryFolder
  private let service: ModelService

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    try Models.several.get().write(to: folder.path("several.charcnn"))
    try Models.regressor.get().write(to: folder.path("score.charcnn"))
    try Models.matcher.get().write(to: folder.path("pairs.charcnn"))
    try Models.tagger.get().write(to: folder.path("tags.charcnn"))
    try Models.language.get().write(to: folder.path("story.charcnn"))
    var options = LoadedModel.Options()
    options.threads = 1
    service = ModelService(
      try ModelRegistry(
        ["fruit", "several", "score", "pairs", "tags", "story"].map {
          .bundle(path: folder.path("\($0).charcnn"), name: nil)
        },
        options: options))
  }

  private func ask(
    _ body: String, _ name: String? = nil, query: [(name: String, value: String)] = [],
    operation: ServedModel.Operation? = nil
  ) async throws -> Any {
    let json = try await service.answer(
      Array(body.utf8), query: query, operation: operation, of: service.model(name)
    ).json
    return try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
  }

  private func object(
    _ body: String, _ name: String? = nil, query: [(name: String, value: String)] = [],
    operation: ServedModel.Operation? = nil
  ) async throws -> [String: Any] {
    try #require(try await ask(body, name, query: query, operation: operation) as? [String: Any])
  }

  @Test func `a text, a list and an object get the answers that the library gives`() async throws {
    let model = try Models.classifier.get()
    let one = try await object("\"apple and plum 3\"")
    #expect(one["label"] as? String == "fruit")
    let hypothesis = try #require((one["predictions"] as? [[String: Any]])?.first)
    let expected = model.predictions(for: ["apple and plum 3"])[0][0]
    #expect(abs((hypothesis["probability"] as? Double ?? 0) - expected.probability) < 1e-6)
    let texts = (0..<1_000).map(Models.text)
    let body = String(decoding: try JSONSerialization.data(withJSONObject: texts), as: UTF8.self)
    let list = try #require(try await ask(body) as? [[String: Any]])
    #expect(list.map { $0["label"] as? String } == model.answers(for: texts).map(\.label))
    #expect(try #require(try await ask("[]") as? [Any]).isEmpty)
    let top = try await object(#"{"text": "apple and plum 3", "top": 2}"#)
    #expect((top["predictions"] as? [Any])?.count == 2)
    let same = try await object(#""apple and plum 3""#, query: [("top", "2"), ("explain", "true")])
    #expect((same["predictions"] as? [Any])?.count == 2)
    let explanation = try #require(same["explanation"] as? [String: Any])
    let parts = try #require(explanation["contributions"] as? [[String: Any]])
    let sum = parts.reduce(0.0) { $0 + ($1["value"] as? Double ?? 0) }
    let (total, baseline) = (explanation["total"] as? Double ?? 0, explanation["baseline"] as? Double ?? 0)
    #expect(parts.count == 16 && abs(sum - (total - baseline)) < 1e-4)
    let unsure = try await object(#"{"text": "apple and plum 3", "threshold": 1}"#)
    #expect(unsure["label"] is NSNull)
  }

  @Test func `answers are the same bits in any company`() async throws {
    let model = try service.model(nil)
    let texts = (0..<400).map(Models.text)
    let alone = try await texts.asyncMap { try await service.answers(to: [Question($0)], of: model)[0] }
    let together = try await service.answers(to: texts.map { Question($0) }, of: model)
    #expect(alone == together)
    let mixed = try await withThrowingTaskGroup(of: (Int, ModelAnswer).self) { group in
      for (place, text) in texts.enumerated() {
        group.addTask { (place, try await service.answers(to: [Question(text, top: place % 3 + 1)], of: model)[0]) }
      }
      return try await group.reduce(into: [Int: ModelAnswer]()) { $0[$1.0] = $1.1 }
    }
    for place in texts.indices where place % 3 == 0 { #expect(mixed[place] == alone[place]) }
  }

  @Test func `every task answers`() async throws {
    let several = try await object("\"apple and plum 1 iron and tin 2\"", "several")
    #expect(Set(several["labels"] as? [String] ?? []) == ["fruit", "metal"])
    let none = try await object(#"{"text": "apple and plum 1", "threshold": 1}"#, "several")
    #expect((none["labels"] as? [Any])?.isEmpty == true)
    let score = try await object("\"iron and zinc 1\"", "score")
    #expect(
      score["score"] as? Double == Decimals.toMillionths(try Models.regressor.get().score(for: "iron and zinc 1")))
    let pair = try await object(#"["apple and plum 1", "apple and plum 1"]"#, "pairs")
    #expect(["same", "other"].contains(pair["label"] as? String))
    let pairs = try #require(
      try await ask(#"{"pairs": [["a", "b"], ["c", "d"]]}"#, "pairs") as? [[String: Any]])
    #expect(pairs.count == 2)
    let tags = try await object("\"we sell plum here\"", "tags")
    let sentence = try #require((tags["sentences"] as? [[String: Any]])?.first)
    #expect((sentence["tokens"] as? [[String: Any]])?.map { $0["text"] as? String } == ["we", "sell", "plum", "here"])
    let story = try await object(#"{"text": "apple", "length": 7, "seed": 3}"#, "story")
    var options = CharacterLanguageModel.SamplingOptions()
    options.seed = 3
    let written = try Models.language.get().text(continuing: "apple", length: 7, options: options) { false }
    #expect(story["text"] as? String == written)
    for name in ["fruit", "score", "tags"] {
      let explained = try await ask("\"we sell plum here\"", name, operation: .explain)
      let first = (explained as? [String: Any]) ?? (explained as? [[String: Any]])?.first
      #expect((first?["contributions"] as? [Any])?.isEmpty == false, "\(name)")
    }
    for name in ["pairs", "tags", "story"] {
      let vectors = try #require(try await ask(#"["a", "b"]"#, name, operation: .embed) as? [[String: Any]])
      #expect(vectors.count == 2 && ((vectors[0]["vector"] as? [Double])?.count ?? 0) > 0)
    }
    let language = try await object("\"apple and plum\"", operation: .detect)
    #expect(language.keys.contains("language") && language["hypotheses"] is [Any])
    let spans = try await object(#"{"text": "apple and plum", "spans": true}"#, operation: .detect)
    #expect((spans["spans"] as? [Any])?.isEmpty == false)
  }

  @Test(
    arguments: [
      ("", nil, 400), ("{", nil, 400), ("\u{0}", nil, 400), ("\"\\ud800\"", nil, 400), ("{\"text\": 1}", nil, 422),
      ("{\"text\": \"a\", \"text\": \"b\"}", nil, 400), ("{\"texts\": \"a\"}", nil, 422), ("{}", nil, 422),
      ("{\"text\": \"a\", \"texts\": []}", nil, 422), ("[1]", nil, 422), ("null", nil, 422),
      ("{\"text\": \"a\", \"top\": 0}", nil, 422), ("{\"text\": \"a\", \"top\": 1e9}", nil, 422),
      ("{\"text\": \"a\", \"threshold\": 2}", nil, 422), ("{\"text\": \"a\", \"other\": 1}", nil, 422),
      ("\"a\"", "pairs", 422), ("[\"a\"]", "pairs", 422), ("{\"first\": \"a\"}", "pairs", 422),
      ("{\"text\": \"a\"}", "pairs", 422),
      ("{\"text\": \"a\", \"explain\": true, \"label\": \"nobody\"}", nil, 422), ("\"a\"", "nobody", 404),
    ] as [(String, String?, Int)])
  func `what cannot be answered is told in a sentence`(body: String, name: String?, status: Int) async throws {
    try await expect(status, body, name)
  }

  @Test func `what is too large or too deep is refused before anything is computed`() async throws {
    try await expect(400, String(repeating: "[", count: 1_000_000))
    try await expect(413, String(repeating: " ", count: 2_000_001))
    try await expect(413, "\"" + String(repeating: "a", count: 200_001) + "\"")
    try await expect(413, "{\"text\": \"\(String(repeating: "a", count: 20_001))\", \"explain\": true}")
  }

  private func expect(_ status: Int, _ body: String, _ name: String? = nil) async throws {
    do {
      _ = try await ask(body, name)
      Issue.record("\(body.prefix(40)) was answered")
    } catch let problem as RequestProblem {
      #expect(problem.status == status && !problem.problem.isEmpty, "\(body.prefix(40)): \(problem)")
    }
  }
}

extension Sequence {
  fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
