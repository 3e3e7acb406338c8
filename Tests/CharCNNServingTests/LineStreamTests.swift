import CharCNNCompute
import CharCNNFiles
import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// JSON lines, and what is stored beside a model.
@Suite struct LineStreamTests {
  private let folder: TemporaryFolder
  private let router: ServiceRouter
  private let service: ModelService
  private static let texts = (0..<1_300).map(Models.text)

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    try Models.tagger.get().write(to: folder.path("tags.charcnn"))
    let corpus = ["we sell plum here", "", "we sell zinc here\r", "we sell tin here"]
    try Data(corpus.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: folder.path("corpus.txt")))
    var options = LoadedModel.Options()
    options.threads = 1
    options.indexes = ["tags": .init(path: folder.path("corpus.txt"))]
    let registry = try ModelRegistry(
      ["fruit", "tags"].map { .bundle(path: folder.path("\($0).charcnn"), name: nil) }, options: options)
    var limits = ServiceLimits()
    limits.bodyBytes = 1_000
    service = ModelService(registry, limits: limits)
    router = ServiceRouter(service)
  }

  private func stream(_ target: String, type: String = "application/x-ndjson") throws -> LineStream? {
    try router.stream(for: ServiceRequest("POST", target: target, headers: ["content-type": type]))
  }

  private func quoted(_ text: String) -> String { JSONText.quoted(text) }

  @Test(arguments: [1, 7, 4_096, 1 << 20])
  func `lines are answered in their order, wherever they are cut`(piece: Int) async throws {
    var stream = try #require(try stream("/v1/fruit"))
    let bytes = Array(Self.texts.map { quoted($0) + "\n" }.joined().utf8)
    var answers = ""
    // Small pieces take long: of them a part is enough.
    for start in stride(from: 0, to: min(bytes.count, piece * 40_000), by: piece) {
      let lines = stream.take(bytes[start..<min(start + piece, bytes.count)])
      answers += try await stream.all(lines)
    }
    answers += try await stream.all(stream.end())
    let labels = try answers.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["label"] as? String
    }
    #expect(labels == (try Models.classifier.get()).answers(for: Self.texts).map(\.label))
    #expect(stream.facts.texts == Self.texts.count && stream.facts.isBatch)
  }

  @Test func `each line may be what a body may be, and what is wrong stands in its place`() async throws {
    var stream = try #require(try stream("/v1/fruit?top=2", type: "application/jsonl; charset=utf-8"))
    let lines = [
      #""apple and plum 3""#, "", #"["apple and plum 3", "iron and tin 2"]"#, "{",
      #"{"text": "iron and tin 2", "top": 1}"#,
      #"{"text": "apple and plum 3", "explain": true}"#, #"{"texts": 7}"#, "[]",
    ]
    let answers = try await stream.all(stream.take(lines.joined(separator: "\r\n").utf8) + stream.end())
    let values = try answers.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)
    }
    try #require(values.count == 7)
    func count(_ value: Any?) -> Int { ((value as? [String: Any])?["predictions"] as? [Any])?.count ?? -1 }
    #expect(count(values[0]) == 2)
    #expect((values[1] as? [Any])?.count == 2 && count((values[1] as? [Any])?.last) == 2)
    #expect((values[2] as? [String: Any])?["line"] as? Int == 4)
    #expect(count(values[3]) == 1)
    #expect((values[4] as? [String: Any])?["explanation"] is [String: Any])
    #expect((values[5] as? [String: Any])?["line"] as? Int == 7)
    #expect((values[6] as? [Any])?.isEmpty == true)
  }

  @Test func `a long line is read where it holds up no other client of its thread`() async throws {
    var limits = ServiceLimits()
    limits.bodyBytes = 1_000_000
    let router = ServiceRouter(ModelService(service.registry, limits: limits))
    let request = try ServiceRequest("POST", target: "/v1/fruit", headers: ["content-type": "application/x-ndjson"])
    // White space, so that reading is all there is to do.
    let line = Array(("[\"apple 3\"" + String(repeating: " ", count: 900_000) + "]\n").utf8)
    var stream = try #require(try router.stream(for: request))
    let lines = stream.take(line)
    let loop = TimedExecutor()
    let answer = try await withTaskExecutorPreference(loop) { try await stream.all(lines) }
    let reading = try TimedExecutor.seconds {
      _ = try line.withUnsafeBytes { bytes in try JSONParser.parse(UnsafeRawBufferPointer(rebasing: bytes.dropLast())) }
    }
    #expect(answer.contains("fruit"))
    #expect(loop.seconds < reading / 2)
  }

  @Test func `only what is said to be JSON lines is, and a line has an end`() throws {
    #expect(try stream("/v1/fruit", type: "application/json") == nil)
    #expect(try stream("/predict") == nil)
    #expect(throws: RequestProblem.self) { try stream("/v1/nobody") }
    #expect(throws: RequestProblem.self) { try stream("/v1/fruit/generate") }
    #expect(throws: RequestProblem.self) { try stream("/v1/fruit?top=0") }
  }

  @Test func `a line that is too long costs no memory and no answer of others`() async throws {
    var stream = try #require(try stream("/v1/fruit"))
    var answers = try await stream.all(stream.take((quoted(Models.text(3)) + "\n\"").utf8))
    for _ in 0..<100 { answers += try await stream.all(stream.take([UInt8](repeating: 0x61, count: 50))) }
    answers += try await stream.all(stream.take(("\"\n" + quoted(Models.text(4))).utf8))
    answers += try await stream.all(stream.end())
    // The same in one piece.
    var whole = try #require(try self.stream("/v1/fruit"))
    let text = quoted(Models.text(3)) + "\n\"" + String(repeating: "a", count: 5_000) + "\"\n" + quoted(Models.text(4))
    #expect(try await whole.all(whole.take(text.utf8) + whole.end()) == answers)
    let lines = answers.split(separator: "\n")
    #expect(lines.count == 3 && lines[1] == "{\"error\":\"the line has more than 1000 bytes\",\"line\":2}")
    #expect(lines[0].contains("\"label\"") && lines[2].contains("\"label\""))
  }

  @Test func `the nearest of an index are found`() async throws {
    let response = await router.response(
      to: try ServiceRequest("POST", target: "/v1/tags/nearest", body: Array(#""we sell zinc here""#.utf8)))
    let value = try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    let neighbors = try #require(value["neighbors"] as? [[String: Any]])
    #expect(neighbors.count == 4 && neighbors[0]["number"] as? Int == 3)
    #expect(neighbors[0]["text"] as? String == "we sell zinc here" && neighbors[0]["score"] as? Double == 1)
    let one = await router.response(
      to: try ServiceRequest("POST", target: "/v1/tags/nearest?top=1", body: Array(#"["a", "b"]"#.utf8)))
    let lists = try #require(try JSONSerialization.jsonObject(with: Data(one.body)) as? [[String: Any]])
    #expect(lists.count == 2 && (lists[1]["neighbors"] as? [Any])?.count == 1)
    let none = await router.response(
      to: try ServiceRequest("POST", target: "/v1/fruit/nearest", body: Array(#""a""#.utf8)))
    #expect(none.status == 422)
    // Vectors of another model are refused, and so are texts that are not as many.
    let model = try Models.tagger.get()
    var options = LoadedModel.Options()
    options.threads = 1
    options.indexes = ["fruit": .init(path: folder.path("corpus.txt"))]
    let isRefused = try Models.classifier.get().dimension == 0
    if isRefused {
      #expect(throws: (any Error).self) {
        try ModelRegistry([.bundle(path: folder.path("fruit.charcnn"), name: nil)], options: options)
      }
    }
    var index = try VectorIndex(dimension: 3)
    try index.append([1, 2, 3])
    try index.write(to: folder.path("other.safetensors"))
    options.indexes = ["tags": .init(path: folder.path("other.safetensors"))]
    #expect(throws: (any Error).self) {
      try ModelRegistry([.bundle(path: folder.path("tags.charcnn"), name: nil)], options: options)
    }
    var own = try VectorIndex(dimension: model.dimension)
    try own.append(contentsOf: model.vectors(for: ["a b", "c d"]), identifiers: ["first", "second"])
    try own.write(to: folder.path("own.safetensors"))
    options.indexes = ["tags": .init(path: folder.path("own.safetensors"), texts: folder.path("corpus.txt"))]
    #expect(throws: (any Error).self) {
      try ModelRegistry([.bundle(path: folder.path("tags.charcnn"), name: nil)], options: options)
    }
    options.indexes = ["tags": .init(path: folder.path("own.safetensors"))]
    let stored = try ModelRegistry([.bundle(path: folder.path("tags.charcnn"), name: nil)], options: options)
    func answer() async throws -> String {
      let answer = await ServiceRouter(ModelService(stored)).response(
        to: try ServiceRequest("POST", target: "/v1/tags/nearest", body: Array(#""c d""#.utf8)))
      return String(decoding: answer.body, as: UTF8.self)
    }
    #expect(try await answer().contains("\"identifier\":\"second\""))
    // Replaced beside the same model, it is read anew.
    var newer = try VectorIndex(dimension: model.dimension)
    try newer.append(contentsOf: model.vectors(for: ["c d"]), identifiers: ["third"])
    try FileManager.default.removeItem(atPath: folder.path("own.safetensors"))
    try newer.write(to: folder.path("own.safetensors"))
    #expect(stored.refresh() == [.loaded(name: "tags", version: "1", replaced: true)])
    #expect(try await answer().contains("\"identifier\":\"third\""))
    #expect(stored.refresh().isEmpty)
    // Without its bundle there is nothing to read it for, which is told once.
    try FileManager.default.moveItem(atPath: folder.path("tags.charcnn"), toPath: folder.path("away"))
    #expect(stored.refresh() == [.missing(name: "tags", version: "1")])
    try FileManager.default.removeItem(atPath: folder.path("own.safetensors"))
    try own.write(to: folder.path("own.safetensors"))
    #expect(stored.refresh().isEmpty)
    try FileManager.default.moveItem(atPath: folder.path("away"), toPath: folder.path("tags.charcnn"))
    #expect(stored.refresh() == [.loaded(name: "tags", version: "1", replaced: true)])
    #expect(try await answer().contains("\"identifier\":\"second\""))
  }

  @Test func `the description names every model and its labels`() async throws {
    let response = await router.response(to: try ServiceRequest("GET", target: "/openapi.json"))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    #expect(document["openapi"] as? String == "3.1.0")
    let paths = try #require(document["paths"] as? [String: Any])
    for path in ["/v1/fruit", "/v1/tags/nearest", "/v2/models/tags/infer", "/predict", "/models/fruit/predict", "/"] {
      #expect(paths[path] != nil, "\(path)")
    }
    for path in ["/v2/models/tags/versions/1/infer", "/v2/repository/models/fruit/unload"] {
      #expect(paths[path] != nil, "\(path)")
    }
    #expect((paths["/"] as? [String: Any])?["post"] != nil)
    #expect(String(decoding: response.body, as: UTF8.self).contains("application/x-ndjson"))
    #expect(String(decoding: response.body, as: UTF8.self).contains("\"enum\":[\"fruit\",\"metal\"]"))
    let page = await router.response(to: try ServiceRequest("GET", target: "/"))
    #expect(page.headers["content-security-policy"]?.contains("default-src 'none'") == true)
    #expect(String(decoding: page.body, as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
  }
}

/// Runs tasks one after the other, as the thread of a connection does, and knows how long they took of a processor.
private final class TimedExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "connection")
  private let total = Guarded(0.0)

  var seconds: Double { total.withLock { $0 } }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      let own = Self.seconds { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
      self.total.withLock { $0 += own }
    }
  }

  /// What some work takes of a processor.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = now
    try body()
    return now - start
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension LineStream {
  /// The answers to some lines, group by group.
  fileprivate mutating func all(_ lines: [Line]) async throws -> String {
    var text = ""
    try await answer(lines) { text += $0 }
    return text
  }
}
