import CharCNNStorage
import TestSupport
import Testing

@Suite struct SafetensorsFileTests {
  @Test func whatIsWrittenIsRead() throws {
    let floats = (0..<12).map { Float($0) * 0.1 }
    let bytes = try SafetensorsWriter.bytes(
      [("b.weight", [3, 4], floats), ("a\"\\\n名", [], [-1]), ("none", [5, 0], [])], metadata: ["k\t": "\u{1}v"])
    let file = try SafetensorsFile(bytes: bytes)
    #expect(Set(file.names) == ["b.weight", "a\"\\\n名", "none"])
    #expect(file.metadata == ["k\t": "\u{1}v"])
    #expect(try file.floats("b.weight") == floats)
    #expect(try file.shape(of: "b.weight") == [3, 4])
    #expect(try file.floats("a\"\\\n名") == [-1])
    #expect(try file.shape(of: "none") == [5, 0])
    #expect(file.contains("none"))
    #expect(!file.contains("some"))
  }

  @Test func theOrderGivenIsTheOrderInTheFile() throws {
    let bytes = try SafetensorsWriter.bytes([("z", [1], [1]), ("a", [1], [2]), ("m", [1], [3])])
    #expect(try SafetensorsFile(bytes: bytes).names == ["z", "a", "m"])
  }

  @Test func elementsStartAtAMultipleOfEight() throws {
    for length in 1...9 {
      let bytes = try SafetensorsWriter.bytes([(String(repeating: "n", count: length), [1], [1])])
      #expect((bytes.count - 4) % 8 == 0)
    }
  }

  @Test func theBytesAreExactlyThese() throws {
    let header = #"{"__metadata__":{"a":"1","b":"2"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    #expect(
      try SafetensorsWriter.bytes([("w", [2], [1, 2])], metadata: ["b": "2", "a": "1"])
        == safetensors(padded, [0, 0, 128, 63, 0, 0, 0, 64]))
  }

  @Test func floatsAreReadWhereTheyAreNotAligned() throws {
    for padding in 0..<8 {
      let header =
        #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"# + String(repeating: " ", count: padding)
      let file = try SafetensorsFile(bytes: safetensors(header, [0, 0, 128, 63, 0, 0, 0, 64]))
      #expect(try file.withFloats("w", shape: [2]) { Array($0) } == [1, 2])
      #expect(try file.floats("w") == [1, 2])
    }
  }

  @Test func wrongRequestsAreRefused() throws {
    let header =
      #"{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"i":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}}"#
    let file = try SafetensorsFile(bytes: safetensors(header, Array(repeating: 0, count: 12)), path: "m.safetensors")
    let shape = expectError(.wrongShape) { try file.withFloats("w", shape: [2, 1]) { _ in } }
    #expect(
      shape?.description
        == "m.safetensors: the tensor 'w' has the shape [1, 2], not [2, 1]; use weights that were made for this architecture"
    )
    expectError(.wrongType) { _ = try file.floats("i") }
    expectError(.wrongType) { _ = try file.int64s("i") }
    expectError(.missingTensor) { _ = try file.floats("v") }
    expectError(.missingTensor) { try file.expectOnly(["w", "i", "v"]) }
    expectError(.unexpectedTensor) { try file.expectOnly(["w"]) }
    try file.expectOnly(["i", "w"])
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, .signalingNaN])
  func weightsThatAreNotFiniteAreFound(value: Float) throws {
    for place in [0, 1, 1023, 1024, 2999] {
      var floats = (0..<3000).map { Float($0) - 1500 }
      floats[place] = value
      let bytes = try SafetensorsWriter.bytes([("good", [2], [.greatestFiniteMagnitude, 0]), ("bad", [3000], floats)])
      let error = expectError(.nonFinite) { try SafetensorsFile(bytes: bytes).checkFinite() }
      #expect(error?.problem.hasPrefix("element \(place) of the tensor 'bad' ") == true)
    }
  }

  @Test func finiteWeightsPass() throws {
    let bytes = try SafetensorsWriter.bytes([("w", [4], [.greatestFiniteMagnitude, -0.0, .leastNonzeroMagnitude, 1])])
    try SafetensorsFile(bytes: bytes).checkFinite()
  }

  @Test func theWriterRefusesWhatItCouldNotRead() {
    expectError(.wrongShape) { _ = try SafetensorsWriter.bytes([("w", [2, 2], [1, 2, 3])]) }
    expectError(.wrongShape) { _ = try SafetensorsWriter.bytes([("w", [-1, -1], [1])]) }
    expectError(.wrongShape) { _ = try SafetensorsWriter.bytes([("w", [.max, .max], [])]) }
    expectError(.notEncodable) { _ = try SafetensorsWriter.bytes([("w", [0], []), ("w", [0], [])]) }
    expectError(.notEncodable) { _ = try SafetensorsWriter.bytes([("__metadata__", [0], [])]) }
  }

  @Test func filesAreMapped() throws {
    let folder = try TemporaryFolder()
    try folder.write(try SafetensorsWriter.bytes([("w", [2], [1, 2])]), to: "w.safetensors")
    let file = try SafetensorsFile(path: folder.path("w.safetensors"))
    try folder.delete("w.safetensors")
    #expect(try file.floats("w") == [1, 2])
    expectError(.missing) { _ = try SafetensorsFile(path: folder.path("w.safetensors")) }
    expectError(.unreadable) { _ = try SafetensorsFile(path: folder.path) }
    expectError(.invalidName) { _ = try SafetensorsFile(path: "") }
    expectError(.invalidName) { _ = try SafetensorsFile(path: folder.path("w\0.safetensors")) }
  }
}
