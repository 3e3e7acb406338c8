import CharCNNFiles
import Testing

/// A text for scanners, with a quote after it that they must never look at.
private final class ScannedText {
  private let bytes: UnsafeMutableRawBufferPointer

  init(_ text: String) {
    let utf8 = Array(text.utf8)
    bytes = .allocate(byteCount: utf8.count + 1, alignment: 1)
    bytes.copyBytes(from: utf8 + [UInt8(ascii: "\"")])
  }

  deinit { bytes.deallocate() }

  /// Calls `body` with a scanner of the text.
  func scan(_ body: (inout JSONScanner) throws -> Void) rethrows {
    var scanner = JSONScanner(UnsafeRawBufferPointer(bytes), in: 0..<bytes.count - 1)
    try body(&scanner)
  }
}

@Suite struct JSONScannerTests {
  @Test(arguments: [
    (#"abc", 1"#, false, 4), (#"a\"b" "#, true, 5), (#"\u00"x"#, true, 5), ("é\"", false, 3),
  ])
  func `a string ends at the quote that is no escape`(text: String, hasEscapes: Bool, end: Int) throws {
    try ScannedText(text).scan { scanner in
      let found = try scanner.skipString()
      #expect(found == hasEscapes)
      #expect(scanner.position == end)
    }
  }

  @Test(arguments: [("abc", JSONScanner.Fault.noEnd, 3), ("abc\\", .noEnd, 4), ("ab\tc\"", .controlCharacter, 2)])
  func `what is no string is told with its place`(text: String, fault: JSONScanner.Fault, place: Int) {
    ScannedText(text).scan { scanner in
      #expect(throws: fault) { try scanner.skipString() }
      #expect(scanner.position == place)
    }
  }

  @Test(arguments: [
    ("n", "\n" as Unicode.Scalar), ("/", "/"), ("b", "\u{8}"), ("u4e2d", "中"), ("u00E9", "é"), (#"ud83d\ude00"#, "😀"),
  ])
  func `escapes are characters`(text: String, character: Unicode.Scalar) throws {
    try ScannedText(text).scan { scanner in
      let found = try scanner.escape()
      #expect(found == character)
      #expect(scanner.next == nil)
    }
  }

  @Test(arguments: [
    ("", JSONScanner.Fault.noEnd), ("x", .unknownEscape), ("é", .unknownEscape), ("u12", .noHexadecimal),
    ("u12é4", .noHexadecimal), ("ud800", .halfSurrogate), ("udc00", .halfSurrogate), (#"ud800\u0041"#, .halfSurrogate),
    (#"ud800\n"#, .halfSurrogate),
  ])
  func `other escapes are told apart`(text: String, fault: JSONScanner.Fault) {
    ScannedText(text).scan { scanner in
      _ = #expect(throws: fault) { try scanner.escape() }
    }
  }

  @Test(arguments: [("0", true, 1), ("-12,", true, 3), ("01", true, 1), ("1.5e-3]", false, 6), ("2E+1", false, 4)])
  func `numbers end where JSON ends them`(text: String, isInteger: Bool, end: Int) throws {
    try ScannedText(text).scan { scanner in
      let found = try scanner.skipNumber()
      #expect(found == isInteger)
      #expect(scanner.position == end)
    }
  }

  @Test(arguments: ["", "-", "x", "1.", "1e+", ".5"])
  func `what has no digit is no number`(text: String) {
    ScannedText(text).scan { scanner in
      _ = #expect(throws: JSONScanner.Fault.noDigit) { try scanner.skipNumber() }
    }
  }

  @Test func `white space and words end with the bytes`() {
    ScannedText(" \n\r\ttru").scan { scanner in
      scanner.skipSpace()
      #expect(scanner.position == 4)
      let isTrue = scanner.take("true")
      #expect(!isTrue)
      let isPart = scanner.take("tru")
      #expect(isPart)
      #expect(scanner.next == nil)
    }
  }
}
