import CharCNNFiles
import Testing

@Suite struct RunningSHA256Tests {
  @Test func `texts in pieces have the digest of their lengths and bytes in one piece`() {
    var running = RunningSHA256()
    var bytes: [UInt8] = []
    #expect(running.hexDigest == SHA256.hexDigest(of: bytes))
    for length in [0, 1, 47, 48, 55, 56, 63, 64, 65, 4_000, 20_000, 33_333] {
      let text = String(repeating: "ä", count: length / 2) + (length.isMultiple(of: 2) ? "" : "x")
      running.add(text)
      withUnsafeBytes(of: UInt64(length).littleEndian) { bytes.append(contentsOf: $0) }
      bytes += Array(text.utf8)
      #expect(running.hexDigest == SHA256.hexDigest(of: bytes), "\(length)")
    }
  }

  @Test func `where one text ends and the next begins matters`() {
    func digest(_ texts: [String]) -> String {
      var running = RunningSHA256()
      for text in texts { running.add(text) }
      return running.hexDigest
    }
    #expect(digest(["ab", "c"]) != digest(["a", "bc"]))
    #expect(digest(["", "a"]) != digest(["a", ""]))
  }
}
