#if Server
import CharCNNServer
import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// What clients may do without harm.
@Suite struct HostileClientTests {
  private static let body = "\"apple and plum 3\""

  /// Whether a new client is answered as if nothing had been.
  private static func isWell(_ server: RunningServer) throws -> Bool {
    let response = try server.client().ask("POST", "/v1/fruit", body)
    return try response.status == 200 && (response.json() as? [String: Any])?["label"] as? String == "fruit"
  }

  @Test func `what is no HTTP gets a sentence and is put out`() async throws {
    try await RunningServer.run { server in
      try await server.apart { server in
        for garbage in [
          "\u{16}\u{3}\u{1}\u{2}hello\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX-Name: no\u{7F}name\r\n\r\n",
          "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
          "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET /v1 HTTP/1.1\r\n\r\n",
          "GET /v1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "POST /v1/fruit HTTP/1.1\r\nContent-Length: 3\r\n\r\n\"a\"",
          "POST /v1/fruit HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
          "POST /v1/fruit HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
          "POST /v1/fruit HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ] {
          let client = try server.client()
          try client.send(garbage)
          let response = try client.response()
          #expect(response.status == 400, "\(garbage)")
          #expect((try response.json() as? [String: Any])?["error"] is String)
          client.finishSending()
          #expect(client.isClosed())
        }
        let client = try server.client()
        let response = try client.ask("GET", "/v1", headers: [("X-Long", String(repeating: "a", count: 20_000))])
        #expect(response.status == 431 && client.isClosed())
        let many = try server.client()
        #expect(try many.ask("GET", "/v1", headers: (0..<200).map { ("X-\($0)", "a") }).status == 431)
        #expect(try Self.isWell(server))
      }
    }
  }

  @Test func `a connection of HTTP/1.0 ends with its answer`() async throws {
    try await RunningServer.run { server in
      try await server.apart { server in
        for extra in ["", "Connection: keep-alive\r\n"] {
          let client = try server.client()
          try client.send(
            "POST /v1/fruit HTTP/1.0\r\n\(extra)Content-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)")
          let response = try client.response()
          #expect(try response.status == 200 && (response.json() as? [String: Any])?["label"] as? String == "fruit")
          #expect(client.isClosed())
        }
        // It knows no chunks.
        let client = try server.client()
        try client.send(
          "POST /v1/fruit HTTP/1.0\r\nContent-Type: application/x-ndjson\r\nContent-Length: 4\r\n\r\n\"a\"\n")
        var head: [String] = []
        while let line = try? client.line(), !line.isEmpty { head.append(line.lowercased()) }
        #expect(head.first == "http/1.0 200 ok" && !head.contains { $0.hasPrefix("transfer-encoding") }, "\(head)")
        #expect(try client.line().hasPrefix("{\"label\":"))
        #expect(client.isClosed())
      }
    }
  }

  @Test func `what is too large is refused before it is read`() async throws {
    var settings = RunningServer.patient
    settings.limits.bodyBytes = 10_000
    settings.limits.textBytes = 2_000
    try await RunningServer.run(settings) { server in
      try await server.apart { server in
        // It says so itself, and has sent nothing yet.
        var client = try server.client()
        try client.send(Client.head("POST", "/v1/fruit", length: 1_000_000_000))
        var response = try client.response()
        #expect(response.status == 413 && response.headers["connection"] == "close")
        // It says nothing, and would go on for ever.
        client = try server.client()
        try client.send(Client.head("POST", "/v1/fruit", length: nil, [("Transfer-Encoding", "chunked")]))
        let chunk = "1000\r\n" + String(repeating: " ", count: 4_096) + "\r\n"
        for _ in 0..<4 { try? client.send(chunk) }
        response = try client.response()
        #expect(response.status == 413)
        client.finishSending()
        #expect(client.isClosed())
        // The answer to `Expect` comes at once, either way.
        client = try server.client()
        try client.send(Client.head("POST", "/v1/fruit", length: 20_000, [("Expect", "100-continue")]))
        #expect(try client.response().status == 413)
        client = try server.client()
        try client.send(Client.head("POST", "/v1/fruit", length: Self.body.utf8.count, [("Expect", "100-continue")]))
        #expect(try client.line() == "HTTP/1.1 100 Continue" && client.line().isEmpty)
        try client.send(Self.body)
        #expect(try client.response().status == 200)
        // The same connection goes on after what is wrong in itself alone.
        for (body, status) in [
          ("\"" + String(repeating: "a", count: 2_001) + "\"", 413),
          (String(repeating: "[", count: 9_000), 400), ("\"\\ud800\"", 400), ("", 400), ("{\"text\": 7}", 422),
        ] {
          let client = try server.client()
          #expect(try client.ask("POST", "/v1/fruit", body).status == status, "\(body.prefix(20))")
        }
        client = try server.client()
        try client.send(Array(Client.head("POST", "/v1/fruit", length: 4).utf8) + [0x22, 0xFF, 0xFE, 0x22])
        #expect(try client.response().status == 400)
        let coded = try server.client().ask("POST", "/v1/fruit", Self.body, headers: [("Content-Encoding", "gzip")])
        #expect(coded.status == 415)
        let plain = try server.client().ask("POST", "/v1/fruit", Self.body, headers: [("Content-Encoding", "Identity")])
        #expect(plain.status == 200)
        let typed = try server.client().ask("POST", "/v1/fruit", Self.body, headers: [("Content-Type", "text/csv")])
        #expect(typed.status == 415)
        #expect(try Self.isWell(server))
      }
    }
  }

  @Test func `who sends slowly, or does not read, is put out; who breaks off harms nobody`() async throws {
    var settings = RunningServer.patient
    settings.patience = .seconds(1)
    try await RunningServer.run(settings) { server in
      try await server.together(3) { number, server in
        switch number {
        case 0:
          // A byte now and then wins a thousandth of a second each.
          let client = try server.client()
          try client.send(Client.head("POST", "/v1/fruit", length: 1_000))
          for _ in 0..<100 {
            guard (try? client.send("a")) != nil else { break }
            Thread.sleep(forTimeInterval: 0.05)
          }
          // What was sent after the end may have cost the answer its way here; the end itself has not.
          if let response = try? client.response() { #expect(response.status == 408) }
          #expect(client.isClosed())
        case 1:
          // Asks for much, reads nothing.
          let client = try server.client()
          client.shrink()
          let texts = (0..<20_000).map { "\"apple and plum \($0)\"" }.joined(separator: ",")
          for _ in 0..<20 {
            try? client.send(Client.head("POST", "/v1/fruit", length: texts.utf8.count + 2) + "[\(texts)]")
          }
          // The system may keep all of that for the server, and some more.
          var isOut = false
          for _ in 0..<1_200 where !isOut {
            isOut = (try? client.send("a")) == nil
            if !isOut { Thread.sleep(forTimeInterval: 0.05) }
          }
          #expect(isOut)
        default:
          for round in 0..<200 {
            let client = try server.client()
            try client.send(Client.head("POST", "/v1/fruit", length: round % 2 == 0 ? 1_000 : Self.body.utf8.count))
            try client.send(Self.body)
            client.breakOff()
          }
        }
      }
      try await server.apart { server in
        let isWell = try Self.isWell(server)
        #expect(isWell)
        // A request that took too long was no wrong one.
        let metrics = try server.client().ask("GET", "/metrics").text
        // There may be more of them: on a busy machine those who break off are slow too.
        #expect(metrics.contains("operation=\"connection\",status=\"408\"} "), "\(metrics)")
        #expect(!metrics.contains("operation=\"predict\",status=\"400\""), "\(metrics)")
      }
    }
  }

  /// A request whose answer is more than the system keeps for a client, and what the answer is.
  private static let long = (
    body: "[\(Array(repeating: "\"apple\"", count: 80_000).joined(separator: ","))]", texts: 80_000
  )

  @Test(arguments: [false, true])
  func `a client may take its time over a long answer`(ends: Bool) async throws {
    var settings = RunningServer.patient
    // Idle is who has nothing to take either.
    if !ends { settings.idleTime = .seconds(1) }
    try await RunningServer.run(settings) { server in
      try await server.apart { server in
        let client = try server.client()
        client.shrink()
        try client.send(Client.head("POST", "/v1/fruit", length: Self.long.body.utf8.count) + Self.long.body)
        while !client.hasNews { Thread.sleep(forTimeInterval: 0.05) }
        if ends { Task { await server.server.end() } }
        Thread.sleep(forTimeInterval: 3)
        let response = try client.response()
        #expect(try response.status == 200 && (response.json() as? [Any])?.count == Self.long.texts)
      }
    }
  }

  @Test func `who asks nothing is put out after a time`() async throws {
    var settings = RunningServer.patient
    settings.idleTime = .seconds(1)
    try await RunningServer.run(settings) { server in
      let isPutOut = try await server.apart { try $0.client().isClosed() }
      #expect(isPutOut)
    }
  }

  @Test func `many requests in one piece are answered in their order`() async throws {
    try await RunningServer.run { server in
      try await server.apart { server in
        let client = try server.client()
        let texts = (0..<300).map { Models.text($0) }
        let expected = try Models.classifier.get().answers(for: texts).map(\.label)
        let requests = texts.map { Client.head("POST", "/v1/fruit", length: $0.utf8.count + 2) + "\"\($0)\"" }
        let sender = Thread { try? client.send(requests.joined()) }
        sender.start()
        for label in expected {
          let answer = try client.response().json() as? [String: Any]
          #expect(answer?["label"] as? String == label)
        }
      }
    }
  }

  @Test func `when too much waits, more is refused at once`() async throws {
    var options = LoadedModel.Options()
    options.waitingCost = 20_000
    try await RunningServer.run(options: options) { server in
      let refused = Flag()
      try await server.together(24) { number, server in
        let client = try server.client()
        let texts = (0..<1_000).map { "\"\(Models.text($0 + number))\"" }.joined(separator: ",")
        for _ in 0..<4 {
          let response = try client.ask("POST", "/v1/fruit", "[\(texts)]")
          #expect(response.status == 200 || response.status == 429)
          if response.status == 429 {
            #expect(response.headers["retry-after"] == "1")
            refused.set()
          }
        }
      }
      #expect(refused.isSet)
      #expect(try await server.apart { try Self.isWell($0) })
    }
  }
}
#endif
