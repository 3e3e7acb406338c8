#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Asks a server over HTTP/1.1 and measures how long answers take.
///
/// With a rate it is an open loop: requests are due at random times of a Poisson process, whatever became of those before, and an answer's time
/// counts from when its request was due. A server that stalls is seen to stall, which a client that waits for it would not notice. Without a rate
/// each connection asks as soon as it has its answer.
@main
enum LoadClient {
  static func main() {
    do {
      signal(SIGPIPE, SIG_IGN)
      let options = try Options(CommandLine.arguments.dropFirst())
      let load = try Load(options)
      try load.run()
      print(load.report)
      if load.wrong > 0 || load.lost > 0 { exit(1) }
    } catch {
      let line = Array("error: \(error)\n".utf8)
      _ = write(2, line, line.count)
      exit(64)
    }
  }
}

struct Problem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What is asked of the command line: `LoadClient --port P --path /v1/NAME --bodies FILE [--expected FILE …] [--rate R] [--connections C] [--seconds S]`.
struct Options {
  var host = "127.0.0.1"
  var port: UInt16 = 8080
  var path = "/"
  /// `POST` with bodies, or `GET` without.
  var method = "POST"
  /// A body a line.
  var bodies: [[UInt8]] = []
  /// Answers to each body, where answers are compared; of several models one of which answers, those of each.
  var expected: [[[UInt8]]] = []
  /// Requests in a second; 0 for as many as there are answers to.
  var rate = 0.0
  var connections = 16
  var seconds = 10.0

  init(_ arguments: some Collection<String>) throws {
    var rest = Array(arguments)[...]
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw Problem("\(name) has no value") }
      func number<Number: LosslessStringConvertible>() throws -> Number {
        guard let number = Number(value) else { throw Problem("\(name): \(value) is no number") }
        return number
      }
      switch name {
      case "--host": host = value
      case "--port": port = try number()
      case "--path": path = value
      case "--method": method = value
      case "--bodies": bodies = try Self.lines(value)
      case "--expected": expected.append(try Self.lines(value))
      case "--rate": rate = try number()
      case "--connections": connections = try number()
      case "--seconds": seconds = try number()
      default: throw Problem("\(name): there is no such option")
      }
    }
    if method != "POST" { bodies = [[]] }
    if bodies.isEmpty { throw Problem("--bodies names a file with a body a line") }
    for answers in expected where answers.count != bodies.count {
      throw Problem("there are \(bodies.count) bodies and \(answers.count) expected answers")
    }
  }

  private static func lines(_ path: String) throws -> [[UInt8]] {
    guard let file = fopen(path, "r") else { throw Problem("\(path) cannot be read") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer.prefix(count)
    }
    return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }
}
