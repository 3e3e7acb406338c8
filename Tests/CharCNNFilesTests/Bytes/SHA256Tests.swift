import CharCNNFiles
import Testing

@Suite struct SHA256Tests {
  /// The examples of NIST (FIPS 180-2, appendix B) and lengths around the ends of blocks, checked with `sha256sum`.
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ("x", 55, "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072"),
    ("x", 56, "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e"),
    ("x", 63, "75220b47218278e656f2013bb8f0c455a25eaf01e86c64924e9d48d89776d6f2"),
    ("x", 64, "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"),
    ("x", 65, "9537c5fdf120482f7d58d25e9ed583f52c02b4e304ea814db1633ad565aed7e9"),
    ("x", 119, "000b48d4edf0fa7bee3c6236ecd2785baa5db4eeb8bb54341b029e0d9fa5fb0c"),
    ("x", 120, "13f05a0b594787f5ecd315edc96141bd3243203d1b7d4f0836f37308b276ba98"),
    ("x", 128, "24da1b81d0b16df6428eee73c69fcb2a93c76bc6df706f0c6670fe6bfe800464"),
  ])
  func digestIsThatOfTheStandard(text: String, count: Int, digest: String) {
    #expect(SHA256.hexDigest(of: Array(String(repeating: text, count: count).utf8)) == digest)
  }

  @Test func `the processor's instructions and plain code agree`() {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<64 * 9).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    for blocks in [0, 1, 2, 9] {
      var (fast, plain) = (SHA256.initialState, SHA256.initialState)
      bytes[..<(64 * blocks)].withUnsafeBytes {
        SHA256.compress(&fast, $0)
        SHA256.compressPlainly(&plain, $0)
      }
      #expect(fast == plain, "\(blocks) blocks of \(bytes)")
    }
  }
}
