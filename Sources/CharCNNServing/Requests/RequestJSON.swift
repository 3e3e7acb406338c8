internal import CharCNNFiles

/// Reading what a client sends as JSON, with sentences on what is wrong.
enum RequestJSON {
  /// The value that some bytes hold.
  static func value(_ bytes: [UInt8]) throws(RequestProblem) -> JSONValue {
    if bytes.isEmpty { throw RequestProblem(.malformed, "the request is empty, and JSON is expected") }
    do throws(JSONParser.Failure) {
      return try bytes.withUnsafeBufferPointer { bytes throws(JSONParser.Failure) in
        try JSONParser.parse(UnsafeRawBufferPointer(bytes))
      }
    } catch {
      throw RequestProblem(.malformed, "the request is no JSON: \(error.text)")
    }
  }

  /// What a value is, for messages.
  static func kind(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "a truth value"
    case .integer, .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// A text.
  static func text(_ value: JSONValue, _ name: String) throws(RequestProblem) -> String {
    guard case .string(let text) = value else {
      throw RequestProblem(.unsuitable, "\(name) must be a text, not \(kind(value))")
    }
    return text
  }

  /// A list.
  static func list(_ value: JSONValue, _ name: String) throws(RequestProblem) -> [JSONValue] {
    guard case .array(let values) = value else {
      throw RequestProblem(.unsuitable, "\(name) must be a list, not \(kind(value))")
    }
    return values
  }

  /// A whole number in a range.
  static func integer(_ value: JSONValue, _ name: String, in range: ClosedRange<Int>) throws(RequestProblem) -> Int {
    let number: Int? =
      switch value {
      case .integer(let number): number
      // `1.0` is one, as JSON Schema has it.
      case .number(let text): Double(text).flatMap { Int(exactly: $0) }
      default: nil
      }
    guard let number, range.contains(number) else {
      throw RequestProblem(
        .unsuitable, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number in a range.
  static func number(
    _ value: JSONValue, _ name: String, in range: ClosedRange<Double>
  ) throws(RequestProblem) -> Double {
    let number: Double? =
      switch value {
      case .integer(let number): Double(number)
      case .number(let text): Double(text)
      default: nil
      }
    guard let number, range.contains(number) else {
      throw RequestProblem(.unsuitable, "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// True or false.
  static func flag(_ value: JSONValue, _ name: String) throws(RequestProblem) -> Bool {
    guard case .bool(let flag) = value else {
      throw RequestProblem(.unsuitable, "\(name) must be true or false, not \(kind(value))")
    }
    return flag
  }
}
