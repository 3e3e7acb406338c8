#if Server
import CharCNNFiles
import Foundation

/// A client of HTTP/1.1 on a bare socket, so that it may do what no library would.
///
/// `@unchecked Sendable`: one thread may send while another one receives, which a socket allows; only one receives.
final class Client: @unchecked Sendable {
  /// What came back.
  struct Response: Equatable {
    var status: Int
    /// By names in small letters.
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    func json() throws -> Any { try JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) }
  }

  struct Failure: Error { let problem: String }

  private let socket: Int32
  private var received: [UInt8] = []

  /// Connects to a port of this machine. Waiting for bytes ends after a time, so that no test hangs.
  init(port: Int, seconds: Int = 60) throws {
    socket = openSocket()
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // What is initialized is closed by `deinit`, also where this throws.
    guard result == 0 else { throw Failure(problem: "no connection: \(String(cString: strerror(errno)))") }
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var one: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(socket) }

  /// Ends without the farewell of TCP.
  func breakOff() {
    var farewell = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &farewell, socklen_t(MemoryLayout<linger>.size))
    shutdown(socket, Int32(SHUT_RDWR))
  }

  /// Says that nothing more comes.
  func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

  /// Makes the place for what comes small, so that a server soon notices that nobody reads.
  func shrink() {
    var size: Int32 = 4_096
    setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { sendBytes(socket, $0) }
      guard count > 0 else { throw Failure(problem: "sending: \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends a request and reads the response.
  func ask(
    _ method: String, _ target: String, _ body: String? = nil, headers: [(String, String)] = []
  ) throws -> Response {
    try send(Self.head(method, target, length: body?.utf8.count, headers) + (body ?? ""))
    return try response(isHead: method == "HEAD")
  }

  /// The head of a request.
  static func head(_ method: String, _ target: String, length: Int?, _ headers: [(String, String)] = []) -> String {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    if let length { text += "Content-Length: \(length)\r\n" }
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    return text + "\r\n"
  }

  /// Whether something has come that was not read, or the connection has ended; does not wait for it.
  var hasNews: Bool {
    var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return !received.isEmpty || poll(&state, 1, 0) > 0
  }

  /// Whether the server has ended the connection; waits for it.
  func isClosed() -> Bool {
    if !received.isEmpty { return false }
    return !((try? receive()) ?? false)
  }

  /// Reads a response; those before the last one, such as 100, are skipped.
  func response(isHead: Bool = false) throws -> Response {
    while true {
      let response = try one(isHead: isHead)
      if response.status >= 200 { return response }
    }
  }

  private func one(isHead: Bool) throws -> Response {
    let end: [UInt8] = Array("\r\n\r\n".utf8)
    var place = 0
    while true {
      while place + end.count <= received.count, !received[place...].starts(with: end) { place += 1 }
      if place + end.count <= received.count { break }
      guard try receive() else { throw Failure(problem: "closed after \(received.count) bytes") }
    }
    let lines = String(decoding: received[..<place], as: UTF8.self).components(separatedBy: "\r\n")
    received.removeFirst(place + end.count)
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, ["HTTP/1.0", "HTTP/1.1"].contains(words[0]), let status = Int(words[1]) else {
      throw Failure(problem: "no status in \(lines[0])")
    }
    var response = Response(status: status, headers: [:], body: [])
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { throw Failure(problem: "no header in \(line)") }
      response.headers[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    if isHead || status < 200 || status == 204 { return response }
    if response.headers["transfer-encoding"] == "chunked" {
      while true {
        let length = Int(try line(), radix: 16) ?? -1
        guard length >= 0 else { throw Failure(problem: "no length of a chunk") }
        response.body += try bytes(length)
        _ = try line()
        if length == 0 { return response }
      }
    }
    response.body = try bytes(Int(response.headers["content-length"] ?? "") ?? 0)
    return response
  }

  /// Reads a line of a response that goes on, without its end.
  func line() throws -> String {
    while true {
      if let place = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = received[..<place].filter { $0 != UInt8(ascii: "\r") }
        received.removeFirst(place + 1)
        return String(decoding: line, as: UTF8.self)
      }
      guard try receive() else { throw Failure(problem: "closed in a line") }
    }
  }

  private func bytes(_ count: Int) throws -> [UInt8] {
    while received.count < count {
      guard try receive() else { throw Failure(problem: "closed after \(received.count) of \(count) bytes") }
    }
    defer { received.removeFirst(count) }
    return Array(received.prefix(count))
  }

  /// Waits for bytes.
  ///
  /// - Returns: False where the server has ended the connection.
  private func receive() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count < 0 {
      // A connection that was reset is one that has ended.
      if errno == ECONNRESET { return false }
      throw Failure(problem: "receiving: \(String(cString: strerror(errno)))")
    }
    received += buffer.prefix(count)
    return count > 0
  }
}

/// A socket of TCP. Writing to one that is closed is an error, and no signal.
private func openSocket() -> Int32 {
  #if canImport(Glibc)
  return socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #else
  let descriptor = socket(AF_INET, SOCK_STREAM, 0)
  var one: Int32 = 1
  setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, socklen_t(MemoryLayout<Int32>.size))
  return descriptor
  #endif
}

private func sendBytes(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Glibc)
  send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
  #else
  send(socket, bytes.baseAddress, bytes.count, 0)
  #endif
}
#endif
