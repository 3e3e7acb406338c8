/// A strict JSON reader (RFC 8259) for files that may be damaged or hostile.
///
/// Stricter than `JSONDecoder` where that matters for safety: a name that occurs twice in an object is an error, because
/// two readers could then disagree on what the file says, and so is nesting beyond a fixed depth.
package struct JSONParser {
  /// Where and why a text is not valid.
  package struct Failure: Error, Equatable {
    /// Line, from 1.
    package let line: Int
    /// Column in bytes, from 1.
    package let column: Int
    package let problem: String

    /// For a message: problem and place.
    package var text: String { "\(problem) at line \(line), column \(column)" }
  }

  private static let deepest = 64
  private let bytes: UnsafeRawBufferPointer
  private var scanner: JSONScanner
  private var depth = 0

  /// Reads one JSON text that fills `bytes`; white space may stand around it.
  package static func parse(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    parser.scanner.skipSpace()
    let value = try parser.value()
    parser.scanner.skipSpace()
    guard parser.scanner.next == nil else { throw parser.failure("unexpected text after the end") }
    return value
  }

  private init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    scanner = JSONScanner(bytes, in: 0..<bytes.count)
  }

  private func failure(_ problem: String) -> Failure {
    var line = 1
    var lineStart = 0
    let end = scanner.position
    for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    return Failure(line: line, column: end - lineStart + 1, problem: problem)
  }

  private func failure(_ fault: JSONScanner.Fault) -> Failure {
    switch fault {
    case .noDigit: failure("a digit is expected")
    case .noEnd: failure("a string has no end")
    case .controlCharacter: failure("a control character stands in a string")
    case .unknownEscape: failure("an unknown escape stands in a string")
    case .noHexadecimal: failure("four hexadecimal digits are expected")
    case .halfSurrogate: failure("half of a surrogate pair stands alone")
    }
  }

  private mutating func value() throws(Failure) -> JSONValue {
    guard let byte = scanner.next else { throw failure("unexpected end") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { parser throws(Failure) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(Failure) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default:
      if scanner.take("true") { return .bool(true) }
      if scanner.take("false") { return .bool(false) }
      if scanner.take("null") { return .null }
      throw failure("unexpected character")
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(Failure) -> JSONValue
  ) throws(Failure) -> JSONValue {
    guard depth < Self.deepest else { throw failure("nested deeper than \(Self.deepest) levels") }
    depth += 1
    scanner.position += 1
    scanner.skipSpace()
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(Failure) -> JSONValue {
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    if scanner.take("}") { return .object(members) }
    while true {
      guard scanner.next == UInt8(ascii: "\"") else { throw failure("a name is expected") }
      let start = scanner.position
      let name = try string()
      guard names.insert(name).inserted else {
        scanner.position = start
        throw failure("the name \(name.inQuotes) occurs twice")
      }
      scanner.skipSpace()
      guard scanner.take(":") else { throw failure("':' is expected") }
      scanner.skipSpace()
      members.append(JSONValue.Member(name: name, value: try value()))
      scanner.skipSpace()
      if scanner.take("}") { return .object(members) }
      guard scanner.take(",") else { throw failure("',' or '}' is expected") }
      scanner.skipSpace()
    }
  }

  private mutating func array() throws(Failure) -> JSONValue {
    var values: [JSONValue] = []
    if scanner.take("]") { return .array(values) }
    while true {
      values.append(try value())
      scanner.skipSpace()
      if scanner.take("]") { return .array(values) }
      guard scanner.take(",") else { throw failure("',' or ']' is expected") }
      scanner.skipSpace()
    }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = scanner.position
    let isInteger: Bool
    do { isInteger = try scanner.skipNumber() } catch { throw failure(error) }
    let text = String(decoding: bytes[start..<scanner.position], as: UTF8.self)
    if isInteger, let integer = Int(text) { return .integer(integer) }
    return .number(text)
  }

  private mutating func string() throws(Failure) -> String {
    scanner.position += 1
    var text = ""
    while true {
      let plain = scanner.skipPlainCharacters()
      guard let piece = String(validating: bytes[plain], as: UTF8.self) else {
        scanner.position = plain.lowerBound
        throw failure("a string is not valid UTF-8")
      }
      text += piece
      if scanner.take("\"") { return text }
      guard scanner.take("\\") else { throw failure(scanner.next == nil ? .noEnd : .controlCharacter) }
      do { text.unicodeScalars.append(try scanner.escape()) } catch { throw failure(error) }
    }
  }
}
