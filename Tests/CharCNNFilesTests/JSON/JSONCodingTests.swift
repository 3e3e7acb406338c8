import CharCNNFiles
import Testing

@Suite struct JSONCodingTests {
  private struct Value: Codable, Equatable {
    var name = "a/\"b\"\n\u{1}ü"
    var largest = Int.max
    var share: Float = 0.1
    var widths = [2, 3]
    var nothing: Int?
    var flag = true
  }

  @Test func `a tree that is written again holds the same value`() throws {
    let value = Value()
    let bytes = try JSONCoding.bytes(value, isIndented: false)
    let tree = try bytes.withUnsafeBytes { try JSONParser.parse($0) }
    #expect(try JSONCoding.value(Value.self, from: Array(tree.text.utf8)) == value)
  }

  @Test func `indented JSON has sorted names and plain slashes`() throws {
    let text = String(decoding: try JSONCoding.bytes(["b": "1/2", "a": ""], isIndented: true), as: UTF8.self)
    #expect(text == "{\n  \"a\" : \"\",\n  \"b\" : \"1/2\"\n}")
  }

  @Test func `each kind of value is written as JSON`() {
    let value = JSONValue.object([
      .init(name: "a\n", value: .array([.null, .bool(false), .integer(-1), .number("1e-7")])),
      .init(name: "b", value: .object([])),
    ])
    #expect(value.text == #"{"a\n":[null,false,-1,1e-7],"b":{}}"#)
  }
}
