import CharCNNStorage
import Testing

@Suite struct DamagedSafetensorsTests {
  private static let good = #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#

  private func expectRefusal(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    do {
      _ = try SafetensorsFile(bytes: bytes)
      Issue.record("was accepted", sourceLocation: sourceLocation)
    } catch {
      #expect([.truncated, .invalidHeader].contains(error.kind), sourceLocation: sourceLocation)
    }
  }

  @Test func everyTruncationIsFound() throws {
    let bytes = try SafetensorsWriter.bytes([("a", [3], [1, 2, 3]), ("b", [2, 2], [4, 5, 6, 7])])
    for count in 0..<bytes.count { expectRefusal(Array(bytes[..<count])) }
    expectRefusal(bytes + [0])
  }

  @Test func noBitFlipInTheHeaderIsACrash() throws {
    let bytes = try SafetensorsWriter.bytes(
      [("a", [3], [1, 2, 3]), ("b", [2, 2], [4, 5, 6, 7])], metadata: ["k": "v"])
    for bit in 0..<(bytes.count - 28) * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      // A flip within a name gives another valid file, which must be readable as a whole.
      guard let file = try? SafetensorsFile(bytes: damaged) else { continue }
      for name in file.names { try file.withBytes(name) { #expect($0.count <= 28) } }
    }
  }

  @Test(arguments: [UInt64(100_000_001), .max, .max - 7, 1 << 63, 1 << 32]) func hugeHeadersAreRefused(length: UInt64) {
    var bytes = safetensors(Self.good, Array(repeating: 0, count: 8))
    for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * UInt64(index))) }
    expectRefusal(bytes)
  }

  @Test(arguments: [
    "", " {}", "[]", "null", "{", "{}x", "{\"w\":1}", "{\"w\":{}}", "\u{FEFF}{}",
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"extra":0}}"#,
    #"{"w":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}"#, #"{"w":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}"#,
    #"{"w":{"shape":[2],"data_offsets":[0,8]}}"#, #"{"w":{"dtype":"F32","data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[2]}}"#, #"{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
    #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"w":{"dtype":"U8","shape":[8],"data_offsets":[9223372036854775799,9223372036854775807]}}"#,
    #"{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}"#,
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,1e999]}}"#,
    #"{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"v":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"w":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
    #"{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}"#,
    #"{"__metadata__":{"k":1},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"__metadata__":[],"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"__metadata__":{"k":"1","k":"2"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
  ])
  func headersThatBreakARuleAreRefused(header: String) {
    expectRefusal(safetensors(header, Array(repeating: 0, count: 8)))
  }

  @Test func theHeaderTheyAreDerivedFromIsGood() throws {
    #expect(try SafetensorsFile(bytes: safetensors(Self.good, Array(repeating: 0, count: 8))).floats("w") == [0, 0])
  }

  @Test func deepNestingIsRefused() {
    expectRefusal(safetensors(String(repeating: #"{"a":"#, count: 100_000)))
    expectRefusal(safetensors(#"{"a":"# + String(repeating: "[", count: 100_000)))
  }

  @Test func namesWithControlCharactersAreHarmless() throws {
    let header = #"{"a\u0000\u001b[31m\n":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let file = try SafetensorsFile(bytes: safetensors(header, [0, 0, 0, 0]))
    #expect(file.names == ["a\0\u{1B}[31m\n"])
    let error = expectError(.unexpectedTensor) { try file.expectOnly([]) }
    #expect(error?.description.unicodeScalars.contains("\u{1B}") == false)
  }

  @Test func messagesStayShort() throws {
    let header = #"{"\#(String(repeating: "n", count: 100_000))":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let file = try SafetensorsFile(bytes: safetensors(header, [0, 0, 0, 0]))
    let error = expectError(.unexpectedTensor) { try file.expectOnly([]) }
    #expect(try #require(error).description.count < 300)
  }
}
