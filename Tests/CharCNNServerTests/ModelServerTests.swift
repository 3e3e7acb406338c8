#if Server
import CharCNNServer
import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// What clients get over a socket.
@Suite struct ModelServerTests {
  private static func quoted(_ text: String) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed), as: UTF8.self)
  }

  private static func label(_ response: Client.Response) throws -> String? {
    (try response.json() as? [String: Any])?["label"] as? String
  }

  @Test func `many clients at once get the answers to their own texts`() async throws {
    let model = try Models.classifier.get()
    let texts = (0..<1_200).map(Models.text)
    let expected = zip(texts, model.answers(for: texts)).map { text, answer in (text, answer.label) }
    try await RunningServer.run { server in
      try await server.together(12) { number, server in
        let client = try server.client()
        for place in stride(from: number, to: expected.count, by: 12) {
          let response = try client.ask("POST", "/v1/fruit", try Self.quoted(expected[place].0))
          #expect(response.status == 200 && response.headers["content-type"] == "application/json")
          #expect(try Self.label(response) == expected[place].1)
        }
      }
      let text = try await server.apart { try $0.client().ask("GET", "/metrics").text }
      #expect(
        text.contains("charcnn_requests_total{api=\"plain\",operation=\"predict\",status=\"200\"} 1200\n"), "\(text)")
      #expect(text.contains("charcnn_texts_total{model=\"fruit\",version=\"1\"} 1200\n"))
      #expect(text.contains("te_predict_count 1200\n") && text.contains("te_request_count{method=\"single\"} 1200\n"))
      for label in model.labels {
        let count = expected.count { $0.1 == label }
        #expect(
          text.contains("charcnn_labels_total{model=\"fruit\",version=\"1\",label=\"\(label)\"} \(count)\n"))
      }
      #expect(
        text.contains("charcnn_request_duration_seconds_bucket{api=\"plain\",operation=\"predict\",le=\"1.5e-05\"}"))
    }
  }

  @Test func `what is asked is counted as what it is, whatever a model or a version is called`() async throws {
    try await RunningServer.run { server in
      try await server.apart { server in
        let client = try server.client()
        for path in ["predict", "fruit/versions/predict", "fruit/versions/infer"] {
          #expect(try client.ask("GET", "/v2/models/\(path)").status == 404)
        }
        #expect(try client.ask("GET", "/v2/models/live/ready").status == 404)
        #expect(try client.ask("POST", "/v2/models/fruit/versions/ready/infer", "{}").status == 404)
        let text = try client.ask("GET", "/metrics").text
        for (operation, count) in [("metadata", 3), ("ready", 1), ("infer", 1)] {
          let line =
            "charcnn_requests_total{api=\"open_inference\",operation=\"\(operation)\",status=\"404\"} \(count)\n"
          #expect(text.contains(line), "\(operation): \(text)")
        }
      }
    }
  }

  @Test func `JSON lines come back in order while they are sent, and a bad line stops nothing`() async throws {
    let model = try Models.classifier.get()
    let texts = (0..<5_000).map(Models.text)
    let expected = model.answers(for: texts).map(\.label)
    try await RunningServer.run { server in
      try await server.apart { server in
        let client = try server.client()
        try client.send(
          Client.head(
            "POST", "/v1/fruit?top=2", length: nil,
            [("Content-Type", "application/x-ndjson"), ("Transfer-Encoding", "chunked")]))
        @Sendable func chunk(_ text: String) throws {
          try client.send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
        }
        // The first answer comes before the rest is asked.
        try chunk("\(Self.quoted(texts[0]))\n")
        var head: [String] = []
        while let line = try? client.line(), !line.isEmpty { head.append(line.lowercased()) }
        #expect(head.first == "http/1.1 200 ok" && head.contains("content-type: application/x-ndjson"))
        func answer() throws -> String {
          // A line of answers may be cut by the lengths of chunks, which stand on lines of their own.
          while true {
            let line = try client.line()
            if line.hasPrefix("{") { return line }
          }
        }
        #expect(try answer().contains("\"label\":\"\(expected[0] ?? "")\""))
        try chunk("{broken\n")
        #expect(try answer().contains("\"line\":2"))
        let sender = Thread {
          for place in 1..<texts.count {
            try? chunk(((try? Self.quoted(texts[place])) ?? "") + (place + 1 == texts.count ? "" : "\r\n"))
          }
          try? client.send("0\r\n\r\n")
        }
        sender.start()
        for place in 1..<texts.count {
          let value = try JSONSerialization.jsonObject(with: Data(try answer().utf8)) as? [String: Any]
          #expect(value?["label"] as? String == expected[place] && (value?["predictions"] as? [Any])?.count == 2)
        }
      }
    }
  }

  @Test func `a model that is replaced answers no request wrongly and loses none`() async throws {
    let (old, new) = (try Models.classifier.get(), try Models.other.get())
    var settings = RunningServer.patient
    settings.reloadTime = .milliseconds(20)
    try await RunningServer.run(settings) { server in
      let isReplaced = Flag()
      async let asked: Void = server.together(4) { number, server in
        let client = try server.client()
        var count = number
        var seesNew = false
        while !isReplaced.isSet || !seesNew {
          count += 1
          let text = Models.text(count)
          let label = try Self.label(client.ask("POST", "/v1/fruit", try Self.quoted(text)))
          let (first, second) = (old.answers(for: [text])[0].label, new.answers(for: [text])[0].label)
          #expect(label == first && !seesNew || label == second, "\(text): \(label ?? "")")
          if label == second { seesNew = true }
        }
      }
      try await server.apart { server in
        // A bad bundle first, which changes nothing.
        try Data("{".utf8).write(to: URL(fileURLWithPath: server.folder.path("fruit.charcnn/manifest.json")))
        Thread.sleep(forTimeInterval: 0.2)
        try new.write(to: server.folder.path("new.charcnn"))
        try FileManager.default.moveItem(
          atPath: server.folder.path("fruit.charcnn"), toPath: server.folder.path("old.charcnn"))
        try FileManager.default.moveItem(
          atPath: server.folder.path("new.charcnn"), toPath: server.folder.path("fruit.charcnn"))
        isReplaced.set()
      }
      try await asked
    }
  }

  @Test func `who was told to end answers what was asked, and is not ready meanwhile`() async throws {
    var settings = RunningServer.patient
    settings.drainTime = .seconds(20)
    try await RunningServer.run(settings) { server in
      try await server.apart { server in
        let (idle, busy, other) = (try server.client(), try server.client(), try server.client())
        #expect(try idle.ask("GET", "/health").status == 200)
        // Half of a request is on its way.
        let body = "\"apple and plum 3\""
        try busy.send(Client.head("POST", "/v1/fruit", length: body.utf8.count) + body.prefix(5))
        Task { await server.server.end() }
        let end = Date(timeIntervalSinceNow: 300)
        while try other.ask("GET", "/v2/health/ready").status == 200, Date() < end {
          Thread.sleep(forTimeInterval: 0.01)
        }
        let ready = try other.ask("GET", "/v2/health/ready")
        #expect(ready.status == 503 && ready.headers["retry-after"] == nil)
        #expect(try other.ask("GET", "/v2/health/live").status == 200)
        #expect(try idle.ask("POST", "/v1/fruit", body).status == 200)
        while (try? server.client()) != nil { Thread.sleep(forTimeInterval: 0.05) }
        // Now nobody new is let in, and what was begun is answered all the same.
        try busy.send(String(body.dropFirst(5)))
        let response = try busy.response()
        #expect(try Self.label(response) == "fruit" && response.headers["connection"] == "close")
        #expect(busy.isClosed() && idle.isClosed())
      }
    }
  }

  @Test func `a key is wanted everywhere but where the server says that it lives`() async throws {
    var settings = RunningServer.patient
    settings.apiKey = "a secret"
    try await RunningServer.run(settings) { server in
      try await server.apart { server in
        let client = try server.client()
        for target in ["/health", "/v2/health/live", "/v2/health/ready"] {
          #expect(try client.ask("GET", target).status == 200)
        }
        for (method, target) in [
          ("GET", "/v1"), ("GET", "/info"), ("GET", "/metrics"), ("POST", "/v1/fruit"), ("POST", "/predict"),
          ("POST", "/"), ("POST", "/v2/repository/models/fruit/unload"), ("GET", "/nothing"),
        ] {
          #expect(try server.client().ask(method, target, method == "POST" ? "\"a\"" : nil).status == 401, "\(target)")
          for key in ["Bearer a secre", "Bearer a secret1", "a secret", "Basic a secret", "Bearer "] {
            let response = try server.client().ask(
              method, target, method == "POST" ? "\"a\"" : nil, headers: [("Authorization", key)])
            #expect(response.status == 401)
          }
        }
        // A body that is not wanted is not read, and the next request has a connection of its own.
        let other = try server.client()
        try other.send(Client.head("POST", "/v1/fruit", length: 1_000_000))
        #expect(try other.response().status == 401 && other.isClosed())
        let response = try server.client().ask(
          "POST", "/v1/fruit", "\"apple\"", headers: [("authorization", "bearer a secret")])
        #expect(response.status == 200)
      }
    }
  }

  @Test func `pages of allowed origins alone may ask`() async throws {
    var settings = RunningServer.patient
    settings.origins = ["https://example.org"]
    try await RunningServer.run(settings) { server in
      try await server.apart { server in
        let client = try server.client()
        func ask(_ origin: String) throws -> [String: String] {
          try client.ask("POST", "/v1/fruit", "\"apple\"", headers: [("Origin", origin)]).headers
        }
        #expect(try ask("https://example.org")["access-control-allow-origin"] == "https://example.org")
        #expect(try ask("https://example.com")["access-control-allow-origin"] == nil)
        #expect(try ask("https://example.com")["vary"] == "origin")
        let preflight = try client.ask(
          "OPTIONS", "/v1/fruit",
          headers: [("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST")])
        #expect(preflight.status == 204 && preflight.headers["access-control-allow-methods"]?.contains("POST") == true)
        // What takes models away is asked by no page that nobody allowed, though a browser would send it.
        for (origin, status) in [("https://example.com", 403), ("https://example.org", 200), ("http://localhost", 200)]
        {
          let response = try client.ask(
            "POST", "/v2/repository/models/tags/load", "", headers: [("Origin", origin)])
          #expect(response.status == status, "\(origin): \(response.text)")
        }
        // A name that leads here may be anybody's, and an address is this machine's.
        for (host, status) in [
          ("evil.example:80", 403), ("127.0.0.1:80", 200), ("[::1]:80", 200), ("localhost:80", 200),
        ] {
          let other = try server.client()
          try other.send(
            "POST /v2/repository/models/tags/load HTTP/1.1\r\nHost: \(host)\r\nOrigin: http://\(host)\r\nContent-Length: 0\r\n\r\n"
          )
          #expect(try other.response().status == status, "\(host)")
        }
      }
    }
    settings.allowsControl = false
    try await RunningServer.run(settings) { server in
      let response = try await server.apart { try $0.client().ask("POST", "/v2/repository/models/tags/unload", "") }
      #expect(response.status == 403)
    }
  }

  @Test func `requests have names, heads have no bodies, and places without the method say so`() async throws {
    try await RunningServer.run { server in
      try await server.apart { server in
        let client = try server.client()
        #expect(try client.ask("GET", "/v1", headers: [("X-Request-ID", "mine-7")]).headers["x-request-id"] == "mine-7")
        let own = try client.ask("GET", "/v1", headers: [("X-Request-ID", "no name")])
        let other = try client.ask("GET", "/v1")
        #expect(own.headers["x-request-id"] != other.headers["x-request-id"] && own.headers["x-request-id"] != nil)
        let head = try client.ask("HEAD", "/v1")
        #expect(head.status == 200 && head.body.isEmpty && head.headers["content-length"] == "\(other.body.count)")
        #expect(try client.ask("GET", "/v1/fruit/predict").status == 405)
        #expect(try client.ask("DELETE", "/v1/fruit").status == 405)
        #expect(try client.ask("GET", "/v1/nobody").status == 404)
        #expect(try client.ask("POST", "/predict", #"{"inputs": "apple and plum"}"#).headers["x-compute-type"] == "cpu")
      }
    }
  }
}

/// Something that happens once.
final class Flag: Sendable {
  private let value = Guarded(false)

  var isSet: Bool { value.withLock { $0 } }

  func set() { value.withLock { $0 = true } }
}
#endif
