internal import CharCNNFiles

/// A strict reader of one JSON object that stands on one line (RFC 8259). Values are ranges of the line; texts are made of
/// those that are asked for only.
struct JSONLine {
  /// A value of a field.
  enum Value {
    /// A string without its quotes; whether it has escapes.
    case string(start: Int, end: Int, hasEscapes: Bool)
    /// A number, true or false.
    case literal(start: Int, end: Int)
    case null
    case array(start: Int, end: Int)
    case object(start: Int, end: Int)

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

  let file: ScannedFile
  let start: Int
  let end: Int
  let line: Int
  private var scanner: JSONScanner

  init(_ file: ScannedFile, start: Int, end: Int, line: Int) {
    self.file = file
    self.start = start
    self.end = end
    self.line = line
    scanner = JSONScanner(UnsafeRawBufferPointer(file.bytes), in: start..<end)
  }

  /// Hands every field of the object to `body`, in order.
  mutating func forEachField(_ body: (Value, Value) throws(DataError) -> Void) throws(DataError) {
    scanner.skipSpace()
    guard scanner.next == UInt8(ascii: "{") else { throw fault("a line must hold a JSON object") }
    try readObject(depth: 1, body)
    scanner.skipSpace()
    if scanner.next != nil { throw fault("there is text after the JSON object") }
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

  /// The elements of a list of strings, numbers or truth values; nil for lists of others.
  func strings(_ value: Value) throws(DataError) -> [String]? {
    guard case .array(let start, let end) = value else { return nil }
    var reader = self
    reader.scanner = JSONScanner(UnsafeRawBufferPointer(file.bytes), in: start..<end)
    reader.scanner.position += 1
    reader.scanner.skipSpace()
    var strings: [String] = []
    if reader.scanner.take("]") { return strings }
    while true {
      guard let string = try text(try reader.readValue(depth: 1)) else { return nil }
      strings.append(string)
      reader.scanner.skipSpace()
      guard reader.scanner.take(",") else { return strings }
    }
  }

  /// The members of an object of numbers alone, such as the shares of labels; nil for other objects.
  func numbers(_ value: Value) throws(DataError) -> [String: Double]? {
    guard case .object(let start, let end) = value else { return nil }
    var reader = self
    reader.scanner = JSONScanner(UnsafeRawBufferPointer(file.bytes), in: start..<end)
    var numbers: [String: Double] = [:]
    var isWhole = true
    try reader.readObject(depth: 1) { (name, value) throws(DataError) in
      guard let name = try text(name), case .literal = value, let number = try text(value).flatMap(Double.init) else {
        isWhole = false
        return
      }
      if numbers.updateValue(number, forKey: name) != nil { throw repeated(name) }
    }
    return isWhole && !numbers.isEmpty ? numbers : nil
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
    scanner.position += 1
    scanner.skipSpace()
    if scanner.take("}") { return }
    while true {
      scanner.skipSpace()
      guard scanner.next == UInt8(ascii: "\"") else { throw fault("a field's name in quotes is missing") }
      let name = try readString()
      scanner.skipSpace()
      guard scanner.take(":") else { throw fault("a colon is missing") }
      let value = try readValue(depth: depth)
      try body(name, value)
      scanner.skipSpace()
      if scanner.take("}") { return }
      guard scanner.take(",") else { throw fault("a comma or } is missing") }
    }
  }

  private mutating func readArray(depth: Int) throws(DataError) {
    scanner.position += 1
    scanner.skipSpace()
    if scanner.take("]") { return }
    while true {
      _ = try readValue(depth: depth)
      scanner.skipSpace()
      if scanner.take("]") { return }
      guard scanner.take(",") else { throw fault("a comma or ] is missing") }
    }
  }

  private mutating func readValue(depth: Int) throws(DataError) -> Value {
    scanner.skipSpace()
    guard depth < Self.depthLimit else { throw fault("arrays or objects stand too deep in each other") }
    let begin = scanner.position
    switch scanner.next {
    case UInt8(ascii: "\""):
      return try readString()
    case UInt8(ascii: "{"):
      try readObject(depth: depth + 1) { (_, _) throws(DataError) in }
      return .object(start: begin, end: scanner.position)
    case UInt8(ascii: "["):
      try readArray(depth: depth + 1)
      return .array(start: begin, end: scanner.position)
    case UInt8(ascii: "t") where scanner.take("true"), UInt8(ascii: "f") where scanner.take("false"):
      return .literal(start: begin, end: scanner.position)
    case UInt8(ascii: "n") where scanner.take("null"):
      return .null
    default:
      do { try scanner.skipNumber() } catch { throw fault("this is no JSON value") }
      return .literal(start: begin, end: scanner.position)
    }
  }

  private mutating func readString() throws(DataError) -> Value {
    let opening = scanner.position
    scanner.position += 1
    do {
      let hasEscapes = try scanner.skipString()
      return .string(start: opening + 1, end: scanner.position - 1, hasEscapes: hasEscapes)
    } catch .controlCharacter {
      throw fault("a control character stands unescaped in a string")
    } catch {
      throw fault("the string that opens here does not end on this line", at: opening)
    }
  }

  /// A string with its escapes replaced.
  private func unescape(_ start: Int, _ end: Int) throws(DataError) -> String {
    // Tells where bytes are not UTF-8, so that the pieces need not.
    _ = try file.string(start, end, recordStart: self.start, line: line)
    var scanner = JSONScanner(UnsafeRawBufferPointer(file.bytes), in: start..<end)
    var text = ""
    while true {
      text += String(decoding: file.bytes[scanner.skipPlainCharacters()], as: UTF8.self)
      let escape = scanner.position
      guard scanner.take("\\") else { return text }
      do {
        text.unicodeScalars.append(try scanner.escape())
      } catch .unknownEscape {
        throw fault("this escape is unknown to JSON", at: escape)
      } catch {
        throw fault("this is no \\u escape of a character (half a surrogate pair?)", at: escape)
      }
    }
  }

  private func fault(_ problem: String, at offset: Int? = nil) -> DataError {
    file.error(
      .invalidJSON, at: offset ?? scanner.position, recordStart: start, line: line, problem: problem,
      advice: "write one JSON object a line")
  }
}
