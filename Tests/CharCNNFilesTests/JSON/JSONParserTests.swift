import CharCNNFiles
import Testing

@Suite struct JSONParserTests {
  private func parse(_ bytes: [UInt8]) throws -> JSONValue {
    try bytes.withUnsafeBytes { try JSONParser.parse($0) }
  }

  private func parse(_ text: String) throws -> JSONValue { try parse(Array(text.utf8)) }

  @Test func readsEveryKindOfValue() throws {
    #expect(
      try parse(" {\"a\" : [1, -2, 0.5e+3, true, false, null], \"b\": {\"c\": \"d\"}, \"\": []}\r\n\t ")
        == .object([
          .init(
            name: "a", value: .array([.integer(1), .integer(-2), .number("0.5e+3"), .bool(true), .bool(false), .null])),
          .init(name: "b", value: .object([.init(name: "c", value: .string("d"))])), .init(name: "", value: .array([])),
        ]))
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u4e2d\u00E9\u0000""#, "中é\0"), (#""\ud83d\ude00""#, "😀"),
    ("\"\u{7F}文字😀\"", "\u{7F}文字😀"),
  ])
  func readsStrings(json: String, text: String) throws {
    #expect(try parse(json) == .string(text))
  }

  @Test func integersStayExactAndLargeOnesAreNumbers() throws {
    #expect(try parse("9223372036854775807") == .integer(.max))
    #expect(try parse("9223372036854775808") == .number("9223372036854775808"))
    #expect(try parse("1.0") == .number("1.0"))
  }

  @Test(arguments: [
    "", " ", "{", "[", "\"", "{]", "[}", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":}", "[1 2]",
    "01",
    "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "Infinity", "tru", "nulll", "[]]", "{}{}", "\"\\x\"", "\"\\u12\"",
    "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"", "\"\n\"", "\"\0\"", "//\n1",
    "[1]\0",
    "\u{FEFF}1", "{\"a\":1,\"a\":2}", "{\"é\":1,\"e\u{301}\":2}", "{\"a\":{\"b\":1,\"\\u0062\":2}}",
  ])
  func refusesWhatIsNotStrictJSON(text: String) {
    #expect(throws: JSONParser.Failure.self) { try parse(text) }
  }

  @Test func refusesStringsThatAreNotUTF8() {
    for bytes in [[0xFF], [0xC3], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]] {
      #expect(throws: JSONParser.Failure.self) { try parse([0x22] + bytes + [0x22]) }
    }
  }

  @Test func refusesDeepNestingInsteadOfExhaustingTheStack() {
    for text in ["[", "{\"a\":", "[{\"a\":"] {
      #expect(throws: JSONParser.Failure.self) { try parse(String(repeating: text, count: 1_000_000)) }
    }
  }

  @Test func saysWhereTheFaultIs() throws {
    let failure = #expect(throws: JSONParser.Failure.self) { try parse("{\n  \"a\": 1,\n  \"a\": 2\n}") }
    #expect(failure?.text == "the name 'a' occurs twice at line 3, column 3")
  }
}
