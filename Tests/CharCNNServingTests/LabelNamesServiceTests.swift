import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// A base of vectors in service: its vectors, and labels whose names come with the request.
@Suite struct LabelNamesServiceTests {
  private let folder: TemporaryFolder
  private let base: TextEmbedder
  private let router: ServiceRouter

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    let words = [["plum", "pear", "apple"], ["tin", "iron", "steel"]]
    let texts = (0..<400).map { number in
      let group = number % 2
      let own = (0..<3).map { words[group][(number / 2 + $0 * 7) % 3] }
      return EmbeddedText(own.joined(separator: " "), vector: group == 0 ? [1, 0.2, 0] : [0, 0.2, 1])
    }
    var options = TextEmbedder.Options()
    options.threads = 1
    for setting in ["rank=4", "epochs=6", "batchTexts=16", "rate=0.01", "ngramRate=0.03", "minimumCount=1"] {
      try options.set(setting)
    }
    base = try TextEmbedder.train(on: Examples(texts), options: options).model
    try base.write(to: folder.path("base.charcnn"))
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    var served = LoadedModel.Options()
    served.threads = 1
    let registry = try ModelRegistry(
      ["base", "fruit"].map { .bundle(path: folder.path("\($0).charcnn"), name: nil) }, options: served)
    router = ServiceRouter(ModelService(registry), isEnding: { false })
  }

  private func respond(_ target: String, _ body: String) async throws -> (status: Int, json: Any) {
    let request = try ServiceRequest("POST", target: target, headers: [:], body: Array(body.utf8))
    let response = await router.response(to: request)
    return (response.status, try JSONSerialization.jsonObject(with: Data(response.body), options: .fragmentsAllowed))
  }

  @Test func `labels come with the texts`() async throws {
    let texts = (0..<300).map { $0 % 2 == 0 ? "pear plum" : "iron tin" }
    let expected = try base.classifier(labels: ["apple", "steel"]).predictions(for: texts, maximumCount: 2)
    let body = try JSONSerialization.data(
      withJSONObject: ["texts": texts, "labels": ["apple", "steel"], "top": 2] as [String: Any])
    let (status, json) = try await respond("/v1/base/predict", String(decoding: body, as: UTF8.self))
    let answers = try #require(json as? [[String: Any]])
    #expect(status == 200 && answers.count == 300)
    for (answer, own) in zip(answers, expected) {
      #expect(answer["label"] as? String == own[0].label)
      let predictions = try #require(answer["predictions"] as? [[String: Any]])
      #expect(predictions.map { $0["label"] as? String } == own.map(\.label))
      #expect(abs((predictions[0]["probability"] as? Double ?? 0) - own[0].probability) < 1e-5)
    }
    let one = try await respond("/v1/base/predict?labels=apple,%20steel", #"{"text": "tin", "template": "an {}"}"#)
    #expect(one.status == 200 && (one.json as? [String: Any])?["label"] as? String == "steel")
    let why = try await respond(
      "/v1/base/explain", #"{"text": "tin iron", "labels": ["apple", "steel"], "label": "steel"}"#)
    let parts = try #require((why.json as? [String: Any])?["contributions"] as? [[String: Any]])
    #expect(why.status == 200 && parts.count == 8)
    let both = try await respond(
      "/v1/base/predict", #"{"text": "tin", "labels": ["apple", "steel"], "explain": true}"#)
    #expect((both.json as? [String: Any])?["explanation"] != nil)
  }

  @Test func `nothing else is asked of a base than vectors`() async throws {
    let vector = try await respond("/v1/base", #""pear""#)
    #expect(
      vector.status == 200 && ((vector.json as? [String: Any])?["vector"] as? [Double])?.count == 3, "\(vector.json)")
    for (target, body, word) in [
      ("/v1/base/predict", #""pear""#, "labels"), ("/v1/base/explain", #"{"text": "pear"}"#, "labels"),
      ("/v1/base/predict", #"{"text": "a", "labels": ["apple"]}"#, "two or more"),
      ("/v1/base/predict", #"{"text": "a", "labels": ["apple", "apple"]}"#, "twice"),
      ("/v1/base/predict", #"{"text": "a", "labels": ["apple", "дом"]}"#, "дом"),
      ("/v1/base/predict", #"{"text": "a", "labels": "apple"}"#, "list"),
      ("/v1/base/predict", #"{"text": "a", "labels": ["apple", "steel"], "template": "an"}"#, "{}"),
      ("/v1/base/predict", #"{"text": "a", "labels": ["apple", "steel"], "label": "tin"}"#, "tin"),
      ("/v1/base/embed", #"{"text": "a", "labels": ["apple", "steel"]}"#, "predict"),
      ("/v1/fruit", #"{"text": "a", "labels": ["apple", "steel"]}"#, "base of vectors"),
    ] {
      let (status, json) = try await respond(target, body)
      let problem = (json as? [String: Any])?["error"] as? String ?? ""
      #expect(status == 422 && problem.contains(word), "\(target) \(body): \(status) \(json)")
    }
    let long = String(repeating: "{}", count: 501)
    #expect(
      try await respond(
        "/v1/base/predict", "{\"text\": \"a\", \"labels\": [\"apple\", \"steel\"], \"template\": \"\(long)\"}"
      )
      .status == 422)
    // Long names count by their bytes.
    let wide = (0..<10).map { "\"" + String(repeating: "apple ", count: 150 + $0) + "\"" }.joined(separator: ",")
    let texts = (0..<1_800).map { _ in "\"a\"" }.joined(separator: ",")
    #expect(
      try await respond("/v1/base/predict", "{\"texts\": [\(texts)], \"labels\": [\(wide)], \"top\": 10}").status == 413
    )
    #expect(
      try await respond("/v1/base/predict", "{\"texts\": [\(texts)], \"labels\": [\"apple\", \"steel\"]}").status
        == 200)
    let names = (0...1_000).map { "\"apple \($0)\"" }.joined(separator: ",")
    #expect(try await respond("/v1/base/predict", "{\"text\": \"a\", \"labels\": [\(names)]}").status == 422)
  }
}
