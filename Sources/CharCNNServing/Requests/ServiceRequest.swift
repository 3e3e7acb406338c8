/// A request, whatever server brings it.
package struct ServiceRequest: Sendable {
  /// `GET`, `POST`, …
  package var method: String
  /// The parts of the path between slashes, without their escapes.
  package var path: [String]
  /// What stands behind the question mark, without its escapes.
  package var query: [(name: String, value: String)]
  /// Its headers by their names in small letters; of several with one name the first.
  package var headers: [String: String]
  package var body: [UInt8]

  /// A request.
  package init(
    _ method: String, _ path: [String], query: [(name: String, value: String)] = [], headers: [String: String] = [:],
    body: [UInt8] = []
  ) {
    (self.method, self.path, self.query, self.headers, self.body) = (method, path, query, headers, body)
  }

  /// A request with the target of its first line, such as `/v1/reviews?top=3`.
  ///
  /// - Throws: ``RequestProblem`` for escapes that are none, and for what is no UTF-8.
  package init(
    _ method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []
  ) throws(RequestProblem) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path: [String] = []
    for part in parts.first?.split(separator: "/") ?? [] { path.append(try Self.unescaped(part, isQuery: false)) }
    var query: [(name: String, value: String)] = []
    for pair in parts.count > 1 ? parts[1].split(separator: "&") : [] {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      query.append(
        (
          try Self.unescaped(sides[0], isQuery: true),
          sides.count > 1 ? try Self.unescaped(sides[1], isQuery: true) : "true"
        ))
    }
    self.init(method, path, query: query, headers: headers, body: body)
  }

  /// A part of a path, with escapes for what cannot stand there.
  package static func segment(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar))
      text += isPlain ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return text
  }

  /// A text without its escapes: `%20` is a blank, and `+` too in what forms send, which is the query.
  private static func unescaped(_ text: Substring, isQuery: Bool) throws(RequestProblem) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+") where isQuery: bytes.append(0x20)
      case UInt8(ascii: "%"):
        guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
          rest.prefix(2).allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else { throw RequestProblem(.malformed, "the address has a % without two hexadecimal digits") }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RequestProblem(.malformed, "the address is not valid UTF-8")
    }
    return text
  }
}

/// What a request is answered with.
package struct ServiceResponse: Sendable, Equatable {
  package var status: Int
  /// Names in small letters.
  package var headers: [String: String]
  package var body: [UInt8]
  /// What was answered; nil where no model was asked.
  package var facts: ServiceAnswer.Facts?

  /// A response.
  package init(_ status: Int = 200, headers: [String: String] = [:], body: [UInt8] = []) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  /// JSON.
  package static func json(_ text: String, status: Int = 200, headers: [String: String] = [:]) -> ServiceResponse {
    ServiceResponse(
      status, headers: headers.merging(["content-type": "application/json"]) { $1 }, body: Array(text.utf8))
  }
}
