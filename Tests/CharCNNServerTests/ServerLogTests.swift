#if Server
import CharCNNCompute
import CharCNNServer
import CharCNNServing
import CharCNNToolkit
import Foundation
import Logging
import ServingSupport
import TestSupport
import Testing

/// What is told of requests and models: in the log, and in what is counted.
@Suite struct ServerLogTests {
  /// Seconds that are more than any machine needs: one with much else to do may not come to writing for a while.
  private static let patience = 300
  private var patience: Int { Self.patience }

  /// A log that is written to a file.
  private final class LogFile: Sendable {
    let logger: Logger
    private let writer: LogWriter
    private let path: String

    init(_ folder: TemporaryFolder) throws {
      path = folder.path("log")
      try Data().write(to: URL(fileURLWithPath: path))
      let writer = LogWriter(to: open(path, O_WRONLY | O_APPEND))
      self.writer = writer
      logger = Logger(label: "test") { ServerLog($0, .json, writer) }
    }

    var events: [[String: Any]] {
      get throws {
        writer.flush(seconds: ServerLogTests.patience)
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
          try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
      }
    }
  }

  @Test func `a line that is longer than all that may wait is written where nothing waits`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "log")
    let descriptor = open(path, O_WRONLY | O_APPEND)
    defer { close(descriptor) }
    let writer = LogWriter(to: descriptor, most: 100)
    let line = String(repeating: "a", count: 5_000) + "\n"
    writer.write(line) { _ in "lost\n" }
    writer.flush(seconds: patience)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == line)
  }

  @Test func `a pipe that nobody reads holds up nobody, and what is lost is counted`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let reader = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    let writer = LogWriter(to: ends[1], most: 10_000)
    var logger = Logger(label: "test") { ServerLog($0, .json, writer) }
    logger.logLevel = .info
    // More than any pipe holds.
    let text = String(repeating: "a", count: 1_000)
    for number in 0..<5_000 { logger.info("\(text)", metadata: ["number": .stringConvertible(number)]) }
    let received = Guarded([UInt8]())
    let isDone = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      while case let data = reader.availableData, !data.isEmpty { received.withLock { $0 += data } }
      isDone.signal()
    }
    // Taken at last, it says what is missing though nothing follows, and goes on.
    writer.flush(seconds: patience)
    logger.info("more")
    writer.flush(seconds: patience)
    close(ends[1])
    isDone.wait()
    let lines = try received.withLock { $0 }.split(separator: UInt8(ascii: "\n")).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
    let lost = lines.compactMap { $0["lines"] as? Int }.reduce(0, +)
    #expect(lost > 0 && lines.count { $0["number"] is Int } + lost == 5_000)
    #expect(lines.last?["message"] as? String == "more")
  }

  @Test func `a value stays one in a line of text, whatever it is`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "log")
    let descriptor = open(path, O_WRONLY | O_APPEND)
    defer { close(descriptor) }
    let writer = LogWriter(to: descriptor)
    let logger = Logger(label: "test") { ServerLog($0, .text, writer) }
    for value in ["plain", "7\nstatus=\u{301}200", "a\u{301} b", "", "\u{9B}31m", "a\u{2028}b"] {
      logger.info("told", metadata: ["body": "\(value)"])
    }
    writer.flush(seconds: patience)
    let bodies = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      line.components(separatedBy: "body=")[1]
    }
    #expect(
      bodies.count == 6 && bodies[0] == "plain"
        && bodies.dropFirst().allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") })
    #expect(bodies.allSatisfy { !$0.unicodeScalars.contains("\u{9B}") }, "\(bodies)")
  }

  @Test func `requests are logged with numbers, and lines with their texts`() async throws {
    var settings = RunningServer.patient
    (settings.logsRequests, settings.logsTexts) = (true, true)
    let folder = try TemporaryFolder()
    let log = try LogFile(folder)
    try await RunningServer.run(settings, logger: log.logger) { server in
      try await server.apart { server in
        let client = try server.client()
        #expect(try client.ask("POST", "/v1/fruit", "\"apple and plum 3\"").status == 200)
        let lines = "\"apple\"\n\"zinc\"\n"
        let type = ("Content-Type", "application/x-ndjson")
        #expect(try client.ask("POST", "/v1/fruit", lines, headers: [type]).status == 200)
        #expect(try client.ask("POST", "/v2/repository/models/tags/unload", "").status == 200)
        #expect(try client.ask("POST", "/v2/repository/models/tags/load", "").status == 200)
        let origin = [("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST")]
        #expect(try client.ask("OPTIONS", "/v1/fruit", headers: origin).status == 204)
      }
    }
    let events = try log.events
    let answered = events.filter { $0["message"] as? String == "answered" }
    #expect(answered.compactMap { $0["status"] as? Int } == [200, 200, 200, 200, 204])
    #expect(answered[0]["texts"] as? Int == 1 && answered[0]["milliseconds"] is Double)
    #expect(answered[0]["body"] as? String == "\"apple and plum 3\"")
    let asked = events.filter { $0["message"] as? String == "asked" }
    #expect(asked.map { $0["body"] as? String } == ["\"apple\"", "\"zinc\""])
    #expect(asked.allSatisfy { $0["request_id"] as? String == answered[1]["request_id"] as? String })
    let messages = events.compactMap { $0["message"] as? String }
    #expect(messages.contains("a model was taken out of service") && messages.contains("a model was loaded"))
  }

  @Test func `requests count under the same operation whether they are answered or refused`() async throws {
    try await RunningServer.run { server in
      let text = try await server.apart { server in
        let client = try server.client()
        for (target, body, status) in [
          ("/v1/fruit", "\"apple\"", 200), ("/v1/fruit", "7", 422), ("/v1/nobody", "\"a\"", 404),
          ("/v1/fruit?version=7", "\"apple\"", 404),
          ("/v2/models/fruit/infer", "{}", 400), ("/embed", #"{"inputs": "a"}"#, 424),
          ("/v2/repository/models/tags/unload", "", 200), ("/v2/repository/models/tags/load", "", 200),
        ] {
          #expect(try client.ask("POST", target, body).status == status, "\(target)")
        }
        let origin = [("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST")]
        #expect(try client.ask("OPTIONS", "/v1/fruit", headers: origin).status == 204)
        let bad = try server.client()
        try bad.send("GET / HTTP/1.1\r\nno colon\r\n\r\n")
        #expect(try bad.response().status == 400)
        return try client.ask("GET", "/metrics").text
      }
      for line in [
        "charcnn_requests_total{api=\"plain\",operation=\"predict\",status=\"200\"} 1",
        "charcnn_requests_total{api=\"plain\",operation=\"predict\",status=\"422\"} 1",
        "charcnn_requests_total{api=\"plain\",operation=\"predict\",status=\"404\"} 1",
        "charcnn_requests_total{api=\"open_inference\",operation=\"infer\",status=\"400\"} 1",
        "charcnn_requests_total{api=\"other\",operation=\"preflight\",status=\"204\"} 1",
        "charcnn_requests_total{api=\"other\",operation=\"connection\",status=\"400\"} 1",
        "charcnn_model_loads_total{model=\"tags\",result=\"loaded\"} 1",
        "charcnn_model_loads_total{model=\"tags\",result=\"unloaded\"} 1",
        "te_request_failure{err=\"model_type\"} 1", "te_request_success{method=\"single\"} 1",
        "te_request_count{method=\"single\"} 6",
      ] {
        #expect(text.contains(line + "\n"), "\(line): \(text)")
      }
    }
  }

  @Test func `a version that is gone is not shown as ready`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("m")
    try folder.makeFolder("m/kinds")
    for version in [1, 2] { try Models.classifier.get().write(to: folder.path("m/kinds/\(version).charcnn")) }
    let registry = try ModelRegistry([.folder(path: folder.path("m"))])
    let prometheus = PrometheusMetrics(ServerMetrics.descriptions)
    let metrics = ServerMetrics(prometheus)
    func shown(_ version: Int) -> Bool {
      metrics.look(at: registry, connections: 0)
      return prometheus.text.contains("charcnn_model_ready{model=\"kinds\",version=\"\(version)\"} 1\n")
    }
    #expect(shown(1) && shown(2))
    try folder.delete("m/kinds/2.charcnn")
    _ = registry.refresh()
    #expect(registry.refresh() == [.removed(name: "kinds", version: "2")])
    #expect(shown(1) && !shown(2) && !prometheus.text.contains("version=\"2\""))
  }
}
#endif
