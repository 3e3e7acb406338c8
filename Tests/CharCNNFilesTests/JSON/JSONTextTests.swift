import CharCNNFiles
import Testing

@Suite struct JSONTextTests {
  @Test func `what JSON forbids is escaped`() {
    #expect(JSONText.quoted("a\"b\\c/é😀\u{7F}") == #""a\"b\\c/é😀"# + "\u{7F}\"")
    #expect(JSONText.quoted("\n\t\r\0\u{1F}") == #""\n\t\u000d\u0000\u001f""#)
    #expect(JSONText.quoted("\n\t", shortEscapes: false) == #""\u000a\u0009""#)
  }

  @Test func `whatever is written is read`() throws {
    let text = String(String.UnicodeScalarView((0..<0x300).compactMap { Unicode.Scalar($0) }))
    for shortEscapes in [true, false] {
      let json = Array(JSONText.quoted(text, shortEscapes: shortEscapes).utf8)
      let value = try json.withUnsafeBytes { try JSONParser.parse($0) }
      #expect(value == .string(text))
    }
  }
}
