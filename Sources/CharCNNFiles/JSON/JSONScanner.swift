/// The tokens of JSON (RFC 8259), one after another: what every reader of JSON here stands on.
///
/// It does not own the bytes, and is valid only as long as they are. No byte at or after the end of its range is looked at.
package struct JSONScanner {
  /// A token that is not as JSON has it.
  package enum Fault: Error, Equatable {
    /// A digit was expected, for instance after a decimal point.
    case noDigit
    /// A string ends with the bytes.
    case noEnd
    /// A character below U+0020 stands in a string.
    case controlCharacter
    /// No escape begins with this character.
    case unknownEscape
    /// `\u` without four hexadecimal digits.
    case noHexadecimal
    /// One half of a surrogate pair without the other.
    case halfSurrogate
  }

  private let bytes: UnsafeRawBufferPointer
  private let end: Int
  /// Where the next token, or what could not be read, begins.
  package var position: Int

  /// A scanner of a range of `bytes`.
  package init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    self.bytes = bytes
    end = range.upperBound
    position = range.lowerBound
  }

  /// The next byte; nil at the end.
  package var next: UInt8? { position < end ? bytes[position] : nil }

  /// Skips the four characters that JSON has for white space.
  package mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  /// Steps over `text` if it is what comes next, and says so.
  package mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard end - position >= count else { return false }
    for offset in 0..<count where bytes[position + offset] != text.utf8Start[offset] { return false }
    position += count
    return true
  }

  /// Steps over a number; true for one without fraction and exponent. Throws `noDigit`.
  @discardableResult
  package mutating func skipNumber() throws(Fault) -> Bool {
    var isInteger = true
    _ = take("-")
    if !take("0") { try skipDigits() }
    if take(".") {
      isInteger = false
      try skipDigits()
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      try skipDigits()
    }
    return isInteger
  }

  private mutating func skipDigits() throws(Fault) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw .noDigit }
  }

  /// Steps over the rest of a string after its opening quote, and over the closing one.
  ///
  /// What its escapes are is not looked at: ``escape()`` does, when the text is needed.
  ///
  /// - Returns: Whether it has escapes. Throws `noEnd` or `controlCharacter`.
  package mutating func skipString() throws(Fault) -> Bool {
    var hasEscapes = false
    while true {
      skipPlainCharacters()
      if take("\"") { return hasEscapes }
      guard take("\\") else { throw next == nil ? .noEnd : .controlCharacter }
      hasEscapes = true
      guard next != nil else { throw .noEnd }
      position += 1
    }
  }

  /// Steps over what stands for itself in a string, up to a quote, a backslash, a control character or the end.
  ///
  /// - Returns: The range of the bytes, which need not be UTF-8.
  @discardableResult
  package mutating func skipPlainCharacters() -> Range<Int> {
    let start = position
    while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
    return start..<position
  }

  /// Reads the rest of an escape after its backslash, and that of the second half of a surrogate pair.
  ///
  /// Throws `noEnd`, `unknownEscape`, `noHexadecimal` or `halfSurrogate`.
  package mutating func escape() throws(Fault) -> Unicode.Scalar {
    guard let byte = next else { throw .noEnd }
    switch byte {
    case UInt8(ascii: "u"):
      position += 1
      return try numberedCharacter()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      position += 1
      return Unicode.Scalar(byte)
    default:
      guard let scalar = Self.shortEscapes[byte] else { throw .unknownEscape }
      position += 1
      return scalar
    }
  }

  private static let shortEscapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r",
    UInt8(ascii: "t"): "\t",
  ]

  private mutating func numberedCharacter() throws(Fault) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw .halfSurrogate }
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw .halfSurrogate }
    return scalar
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Self.digit(byte) else { throw .noHexadecimal }
      value = value << 4 | digit
      position += 1
    }
    return value
  }

  /// What a hexadecimal digit counts. Looked up by hand: text that is all escapes, as many programs write Chinese, has four for each character.
  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
