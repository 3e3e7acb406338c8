#if Server
import CharCNNServer
import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// What becomes of work for clients that do not wait for it.
@Suite struct GoneClientTests {
  /// Texts that would take very long.
  private static let much: String = {
    let text = "\"" + String(repeating: "apple and plum ", count: 1_300) + "\""
    return "[" + Array(repeating: text, count: 2_000).joined(separator: ",") + "]"
  }()

  private static var settings: ServerSettings {
    var settings = RunningServer.patient
    settings.limits.bodyBytes = 100_000_000
    settings.limits.answerParts = 1_000_000_000
    settings.limits.longRequests = 1
    return settings
  }

  @Test(arguments: zip(["explain", "explain", "detect"], [false, true, true]))
  func `nobody works for a client that is gone`(operation: String, breaksOff: Bool) async throws {
    try await RunningServer.run(Self.settings) { server in
      try await server.apart { server in
        func explain() throws -> Int { try server.client().ask("POST", "/v1/fruit/explain", "\"plum\"").status }
        var isAtWork = false
        while !isAtWork {
          let gone = try server.client()
          let target = "/v1/fruit/\(operation)" + (operation == "detect" ? "?spans=true" : "")
          try gone.send(Client.head("POST", target, length: Self.much.utf8.count) + Self.much)
          // The server is at work when it has no time for another one, unless it was the other one that it had time for.
          while !isAtWork, !gone.hasNews { isAtWork = try explain() == 429 && !gone.hasNews }
          if isAtWork, breaksOff { gone.breakOff() }
        }
        while try explain() == 429 { Thread.sleep(forTimeInterval: 0.05) }
        // Its place is free before it is counted.
        let line = "operation=\"\(operation)\",status=\"499\"} 1\n"
        let end = Date(timeIntervalSinceNow: 300)
        func metrics() throws -> String { try server.client().ask("GET", "/metrics").text }
        while try !metrics().contains(line), Date() < end { Thread.sleep(forTimeInterval: 0.05) }
        let last = try metrics()
        #expect(last.contains(line), "\(last)")
      }
    }
  }

  @Test func `lines that do not come to their end are no whole ones`() async throws {
    try await RunningServer.run { server in
      try await server.apart { server in
        let client = try server.client()
        let lines = "\"apple\"\n\"plum\"\n"
        try client.send(
          Client.head("POST", "/v1/fruit", length: lines.utf8.count + 10, [("Content-Type", "application/x-ndjson")])
            + lines)
        var answers = 0
        while answers < 2 { if try client.line().hasPrefix("{\"label\"") { answers += 1 } }
        try client.send("\"pea")
        client.finishSending()
        // The answer breaks off, as the question did: there is none to the half line, and no chunk that ends it.
        var more: [String] = []
        while let line = try? client.line() { more.append(line) }
        #expect(more.joined().isEmpty, "\(more)")
        let broken = "charcnn_requests_total{api=\"plain\",operation=\"predict\",status=\"499\"} 1\n"
        let end = Date(timeIntervalSinceNow: 300)
        func metrics() throws -> String { try server.client().ask("GET", "/metrics").text }
        while try !metrics().contains(broken), Date() < end { Thread.sleep(forTimeInterval: 0.05) }
        let last = try metrics()
        #expect(last.contains(broken) && !last.contains("operation=\"predict\",status=\"200\""), "\(last)")
      }
    }
  }

  @Test func `a client that has said all it has to say waits for its answer`() async throws {
    var settings = Self.settings
    settings.limits.explainedBytes = 1_000_000
    try await RunningServer.run(settings) { server in
      try await server.apart { server in
        let client = try server.client()
        // Some seconds of work.
        let body =
          "["
          + Array(repeating: "\"" + String(repeating: "plum ", count: 4_000) + "\"", count: 20)
          .joined(separator: ",") + "]"
        try client.send(Client.head("POST", "/v1/fruit/explain", length: body.utf8.count) + body)
        client.finishSending()
        let response = try client.response()
        let answers = try #require(try response.json() as? [[String: Any]])
        #expect(response.status == 200 && answers.count == 20)
      }
    }
  }
}
#endif
