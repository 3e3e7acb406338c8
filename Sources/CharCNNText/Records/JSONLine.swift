/// A strict reader of one JSON object that stands on one line (RFC 8259).
struct JSONLine {
  /// A value of a field.
  enum Value {
    /// A string without its quotes; whether it has escapes.
    case string(start: Int, end: Int, hasEscapes: Bool)
    /// A number, true or false.
    case literal(start: Int, end: Int)
    case null
    case array
    case object

    /// What messages call a value that is neither text nor number nor truth value; nil for those and null.
    var unsuitableKind: String? {
      switch self {
      case .array: "a list"
      case .object: "an object"
      case .string, .literal, .null: nil
      }
    }
  }

  /// Arrays and objects may stand this deep in each other.
  private static let depthLimit = 256

  let file: FileBytes
  let start: Int
  let end: Int
  let line: Int
  private var position: Int

  init(_ file: FileBytes, start: Int, end: Int, line: Int) {
    self.file = file
    self.start = start
    self.end = end
    self.line = line
    position = start
  }

  /// Hands every field of the object to `body`, in order.
  mutating func forEachField(_ body: (Value, Value) throws(DataError) -> Void) throws(DataError) {
    skipSpace()
    guard peek() == UInt8(ascii: "{") else { throw fault("a line must hold a JSON object") }
    try readObject(depth: 1, body)
    skipSpace()
    if position < end { throw fault("there is text after the JSON object") }
  }

  /// The text of a string, number or truth value; nil for others.
  func text(_ value: Value) throws(DataError) -> String? {
    switch value {
    case .string(let start, let end, false), .literal(let start, let end):
      return try file.string(start, end, recordStart: self.start, line: line)
    case .string(let start, let end, true):
      return try unescape(start, end)
    case .null, .array, .object:
      return nil
    }
  }

  /// The error for a field that the object has twice.
  func repeated(_ name: String) -> DataError {
    DataError(
      .ambiguousColumn, path: file.path, line: line, problem: "the object has the field \"\(name)\" twice",
      advice: "keep one of them")
  }

  /// Whether a field's name is this text.
  func isName(_ name: Value, _ text: String) throws(DataError) -> Bool {
    if case .string(let start, let end, false) = name {
      return end - start == text.utf8.count && file.bytes[start..<end].elementsEqual(text.utf8)
    }
    return try self.text(name) == text
  }

  private mutating func readObject(
    depth: Int, _ body: (Value, Value) throws(DataError) -> Void
  ) throws(DataError) {
    position += 1
    skipSpace()
    if take("}") { return }
    while true {
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw fault("a field's name in quotes is missing") }
      let name = try readString()
      skipSpace()
      guard take(":") else { throw fault("a colon is missing") }
      let value = try readValue(depth: depth)
      try body(name, value)
      skipSpace()
      if take("}") { return }
      guard take(",") else { throw fault("a comma or } is missing") }
    }
  }

  private mutating func readArray(depth: Int) throws(DataError) {
    position += 1
    skipSpace()
    if take("]") { return }
    while true {
      _ = try readValue(depth: depth)
      skipSpace()
      if take("]") { return }
      guard take(",") else { throw fault("a comma or ] is missing") }
    }
  }

  private mutating func readValue(depth: Int) throws(DataError) -> Value {
    skipSpace()
    guard depth < Self.depthLimit else { throw fault("arrays or objects stand too deep in each other") }
    let begin = position
    switch peek() {
    case UInt8(ascii: "\""):
      return try readString()
    case UInt8(ascii: "{"):
      try readObject(depth: depth + 1) { (_, _) throws(DataError) in }
      return .object
    case UInt8(ascii: "["):
      try readArray(depth: depth + 1)
      return .array
    case UInt8(ascii: "t") where take("true"), UInt8(ascii: "f") where take("false"):
      return .literal(start: begin, end: position)
    case UInt8(ascii: "n") where take("null"):
      return .null
    default:
      try readNumber()
      return .literal(start: begin, end: position)
    }
  }

  private mutating func readNumber() throws(DataError) {
    _ = take("-")
    if !take("0") { try readDigits() }
    if take(".") { try readDigits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try readDigits()
    }
  }

  private mutating func readDigits() throws(DataError) {
    let begin = position
    while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    if position == begin { throw fault("this is no JSON value") }
  }

  private mutating func readString() throws(DataError) -> Value {
    let opening = position
    position += 1
    let begin = position
    var hasEscapes = false
    while let byte = peek() {
      if byte == UInt8(ascii: "\"") {
        position += 1
        return .string(start: begin, end: position - 1, hasEscapes: hasEscapes)
      }
      if byte < 0x20 { throw fault("a control character stands unescaped in a string") }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        position += 1
      }
      position += 1
    }
    position = opening
    throw fault("the string that opens here does not end on this line")
  }

  private func peek() -> UInt8? { position < end ? file[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard end - position >= count else { return false }
    for offset in 0..<count where file[position + offset] != text.utf8Start[offset] { return false }
    position += count
    return true
  }

  private func fault(_ problem: String, at offset: Int? = nil) -> DataError {
    file.error(
      .invalidJSON, at: offset ?? position, recordStart: start, line: line, problem: problem,
      advice: "write one JSON object a line")
  }
}

extension JSONLine {
  /// A string with its escapes replaced.
  private func unescape(_ start: Int, _ end: Int) throws(DataError) -> String {
    let raw = Array(try file.string(start, end, recordStart: self.start, line: line).utf8)
    var content: [UInt8] = []
    content.reserveCapacity(raw.count)
    var position = 0
    while position < raw.count {
      let escape = position
      guard raw[position] == UInt8(ascii: "\\") else {
        content.append(raw[position])
        position += 1
        continue
      }
      // The scanner made sure that a backslash is not the last byte.
      let kind = raw[position + 1]
      position += 2
      if kind == UInt8(ascii: "u") {
        guard let scalar = Self.scalar(raw, &position) else {
          throw fault("this is no \\u escape of a character (half a surrogate pair?)", at: start + escape)
        }
        content.append(contentsOf: String(Character(scalar)).utf8)
      } else if let byte = Self.simpleEscapes[kind] {
        content.append(byte)
      } else {
        throw fault("this escape is unknown to JSON", at: start + escape)
      }
    }
    return String(decoding: content, as: UTF8.self)
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
  ]

  /// Reads four hexadecimal digits, and after a high surrogate the escape of the low one.
  private static func scalar(_ raw: [UInt8], _ position: inout Int) -> Unicode.Scalar? {
    guard let high = hexadecimal(raw, &position) else { return nil }
    guard (0xD800...0xDBFF).contains(high) else { return Unicode.Scalar(high) }
    guard position + 1 < raw.count, raw[position] == UInt8(ascii: "\\"), raw[position + 1] == UInt8(ascii: "u") else {
      return nil
    }
    position += 2
    guard let low = hexadecimal(raw, &position), (0xDC00...0xDFFF).contains(low) else { return nil }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }

  private static func hexadecimal(_ raw: [UInt8], _ position: inout Int) -> UInt32? {
    guard position + 4 <= raw.count else { return nil }
    var value: UInt32 = 0
    for byte in raw[position..<position + 4] {
      guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}
