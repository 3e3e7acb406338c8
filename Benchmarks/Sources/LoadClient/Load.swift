#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A load, and what came of it. One thread does all, so that it takes little from the server beside it.
final class Load {
  private struct Connection {
    /// -1 where the server lets nobody in any more.
    var socket: Int32
    /// What is asked, and when it was due; nil while nothing is.
    var asked: (body: Int, due: Double)?
    var sent = 0
    var received: [UInt8] = []
  }

  private let options: Options
  private let requests: [[UInt8]]
  private var connections: [Connection] = []
  private var generator = SystemRandomNumberGenerator()

  /// Seconds of each answer.
  private var times: [Double] = []
  private var statuses: [Int: Int] = [:]
  private(set) var wrong = 0
  private(set) var lost = 0
  private var seconds = 0.0

  init(_ options: Options) throws {
    self.options = options
    requests = options.bodies.map { body in
      Array(
        "\(options.method) \(options.path) HTTP/1.1\r\nHost: \(options.host)\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
          .utf8) + body
    }
    for _ in 0..<options.connections { connections.append(Connection(socket: try Self.connect(options))) }
  }

  deinit { for connection in connections { close(connection.socket) } }

  private static func connect(_ options: Options) throws -> Int32 {
    #if canImport(Glibc)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
    let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = options.port.bigEndian
    address.sin_addr.s_addr = inet_addr(options.host)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) { pointer in
      #if canImport(Glibc)
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
      #else
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Darwin.connect(descriptor, $0, size) }
      #endif
    }
    guard result == 0 else { throw Problem("no connection: \(String(cString: strerror(errno)))") }
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    return descriptor
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  func run() throws {
    let start = Self.now
    let end = start + options.seconds
    var nextDue = start
    var waiting: [Double] = []
    var first = 0
    var body = 0
    while true {
      let now = Self.now
      if options.rate > 0 {
        while nextDue <= now, nextDue < end {
          waiting.append(nextDue)
          nextDue -= log(Double.random(in: Double.leastNonzeroMagnitude...1, using: &generator)) / options.rate
        }
      }
      for place in connections.indices where connections[place].asked == nil && connections[place].socket >= 0 {
        let due: Double
        if options.rate > 0 {
          guard first < waiting.count else { break }
          due = waiting[first]
          first += 1
        } else {
          if now >= end { break }
          due = now
        }
        connections[place].asked = (body, due)
        connections[place].sent = 0
        body = (body + 1) % requests.count
        send(place)
      }
      let isBusy = connections.contains { $0.asked != nil }
      if !isBusy, now >= end && first >= waiting.count || connections.allSatisfy({ $0.socket < 0 }) { break }
      if now > end + 30 {
        lost += connections.count { $0.asked != nil } + waiting.count - first
        break
      }
      wait(until: options.rate > 0 && nextDue < end ? nextDue : now + 0.1)
    }
    seconds = Self.now - start
  }

  private func send(_ place: Int) {
    guard let asked = connections[place].asked else { return }
    let bytes = requests[asked.body]
    while connections[place].sent < bytes.count {
      let count = bytes.withUnsafeBytes { pointer in
        write(
          connections[place].socket, pointer.baseAddress! + connections[place].sent,
          bytes.count - connections[place].sent)
      }
      if count < 0 { return errno == EAGAIN ? () : fail(place) }
      connections[place].sent += count
    }
  }

  private func wait(until time: Double) {
    var descriptors = connections.map { connection in
      let isSending = connection.asked.map { connection.sent < requests[$0.body].count } ?? false
      return pollfd(
        fd: connection.socket, events: Int16(POLLIN) | (isSending ? Int16(POLLOUT) : 0), revents: 0)
    }
    let milliseconds = Int32(max(0, min(100, (time - Self.now) * 1_000)))
    guard poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return }
    for place in descriptors.indices {
      if descriptors[place].revents & Int16(POLLOUT) != 0 { send(place) }
      if descriptors[place].revents & ~Int16(POLLOUT) != 0 { receive(place) }
    }
  }

  private func receive(_ place: Int) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(connections[place].socket, &buffer, buffer.count)
    if count < 0, errno == EAGAIN { return }
    if count <= 0 { return fail(place) }
    connections[place].received += buffer.prefix(count)
    while let (status, body, size, isLast) = Self.response(connections[place].received) {
      guard let asked = connections[place].asked else { break }
      times.append(Self.now - asked.due)
      statuses[status, default: 0] += 1
      if status == 200, !options.expected.isEmpty, !options.expected.contains(where: { $0[asked.body] == body }) {
        wrong += 1
      }
      connections[place].received.removeFirst(size)
      connections[place].asked = nil
      if isLast { return fail(place) }
    }
  }

  /// Opens a connection anew; one that has ended takes what was asked on it along.
  private func fail(_ place: Int) {
    if connections[place].asked != nil { lost += 1 }
    close(connections[place].socket)
    connections[place] = Connection(socket: (try? Self.connect(options)) ?? -1)
  }

  /// The status and the body of a response that is whole, and its bytes.
  private static func response(_ bytes: [UInt8]) -> (status: Int, body: [UInt8], size: Int, isLast: Bool)? {
    guard bytes.count > 12 else { return nil }
    var end = 12
    while end + 4 <= bytes.count,
      !(bytes[end] == 13 && bytes[end + 1] == 10 && bytes[end + 2] == 13 && bytes[end + 3] == 10)
    { end += 1 }
    guard end + 4 <= bytes.count else { return nil }
    let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
    var length = 0
    var isLast = false
    for line in head.split(separator: "\r\n") {
      if line.hasPrefix("content-length:") { length = Int(line.dropFirst(15).filter { $0 != " " }) ?? 0 }
      if line == "connection: close" { isLast = true }
    }
    guard bytes.count >= end + 4 + length else { return nil }
    let status = Int(String(decoding: bytes[9..<12], as: UTF8.self)) ?? 0
    return (status, Array(bytes[(end + 4)..<(end + 4 + length)]), end + 4 + length, isLast)
  }

  /// What came of it, as JSON.
  var report: String {
    let sorted = times.sorted()
    func quantile(_ part: Double) -> Double {
      sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))] * 1_000
    }
    func digits(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
    let statuses = statuses.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
    let quantiles = [0.5, 0.9, 0.99, 0.999].map { "\"p\($0 * 100)\":\(digits(quantile($0)))" }.joined(separator: ",")
    return
      "{\"requests\":\(times.count),\"perSecond\":\(digits(Double(times.count) / seconds)),\"statuses\":{\(statuses)},\"wrong\":\(wrong),\"lost\":\(lost),\"milliseconds\":{\(quantiles),\"most\":\(digits((sorted.last ?? 0) * 1_000))}}"
  }
}
