internal import CSHA256

/// The SHA-256 digest (NIST FIPS 180-4, section 6.2).
package enum SHA256 {
  /// The digest of `bytes` as 64 lower-case hexadecimal digits.
  package static func hexDigest(of bytes: UnsafeRawBufferPointer) -> String {
    var state = initialState
    let whole = bytes.count / 64 * 64
    compress(&state, UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
    return hexDigest(state, rest: UnsafeRawBufferPointer(rebasing: bytes[whole...]), count: bytes.count)
  }

  /// The digest from the state after all whole blocks, the bytes that follow them, and the number of all bytes.
  static func hexDigest(_ state: [UInt32], rest bytes: UnsafeRawBufferPointer, count: Int) -> String {
    var state = state
    // The padding: a one bit, zeros, and the length in bits, which fills one block or two.
    let rest = bytes.count
    var last = [UInt8](repeating: 0, count: rest < 56 ? 64 : 128)
    for index in 0..<rest { last[index] = bytes[index] }
    last[rest] = 0x80
    let bits = UInt64(count) &* 8
    for index in 0..<8 { last[last.count - 1 - index] = UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index))) }
    last.withUnsafeBytes { compress(&state, $0) }

    var text = ""
    text.reserveCapacity(64)
    for word in state {
      let digits = String(word, radix: 16)
      text += String(repeating: "0", count: 8 - digits.count) + digits
    }
    return text
  }

  /// The digest of `bytes` as 64 lower-case hexadecimal digits.
  package static func hexDigest(of bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { hexDigest(of: $0) }
  }

  /// The digest of `bytes` as 32 bytes.
  package static func digest(of bytes: [UInt8]) -> [UInt8] {
    let digits = hexDigest(of: bytes).utf8.map { digit in
      digit < UInt8(ascii: "a") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
    }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// Feeds whole blocks of 64 bytes into the state, with the processor's own instructions where it has them.
  package static func compress(_ state: inout [UInt32], _ bytes: UnsafeRawBufferPointer) {
    guard let blocks = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    let isDone = state.withUnsafeMutableBufferPointer { csha256_compress($0.baseAddress, blocks, bytes.count / 64) }
    if !isDone { compressPlainly(&state, bytes) }
  }

  /// Feeds whole blocks of 64 bytes into the state, in plain code: what the instructions must agree with.
  package static func compressPlainly(_ state: inout [UInt32], _ bytes: UnsafeRawBufferPointer) {
    roundConstants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
        guard let k = constants.baseAddress, let w = schedule.baseAddress, let start = bytes.baseAddress else { return }
        var h0 = state[0]
        var h1 = state[1]
        var h2 = state[2]
        var h3 = state[3]
        var h4 = state[4]
        var h5 = state[5]
        var h6 = state[6]
        var h7 = state[7]
        var block = start
        for _ in 0..<bytes.count / 64 {
          expand(block, w)
          var (a, b, c, d, e, f, g, h) = (h0, h1, h2, h3, h4, h5, h6, h7)
          var t = 0
          // Eight rounds at a time: the variables are back in their places after each eight, so none is ever moved.
          while t < 64 {
            round(a, b, c, &d, e, f, g, &h, k[t] &+ w[t])
            round(h, a, b, &c, d, e, f, &g, k[t &+ 1] &+ w[t &+ 1])
            round(g, h, a, &b, c, d, e, &f, k[t &+ 2] &+ w[t &+ 2])
            round(f, g, h, &a, b, c, d, &e, k[t &+ 3] &+ w[t &+ 3])
            round(e, f, g, &h, a, b, c, &d, k[t &+ 4] &+ w[t &+ 4])
            round(d, e, f, &g, h, a, b, &c, k[t &+ 5] &+ w[t &+ 5])
            round(c, d, e, &f, g, h, a, &b, k[t &+ 6] &+ w[t &+ 6])
            round(b, c, d, &e, f, g, h, &a, k[t &+ 7] &+ w[t &+ 7])
            t &+= 8
          }
          h0 = h0 &+ a
          h1 = h1 &+ b
          h2 = h2 &+ c
          h3 = h3 &+ d
          h4 = h4 &+ e
          h5 = h5 &+ f
          h6 = h6 &+ g
          h7 = h7 &+ h
          block += 64
        }
        state = [h0, h1, h2, h3, h4, h5, h6, h7]
      }
    }
  }

  /// The message schedule of one block: w[0 ..< 64].
  @inline(__always)
  private static func expand(_ block: UnsafeRawPointer, _ w: UnsafeMutablePointer<UInt32>) {
    var t = 0
    while t < 16 {
      w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: t &* 4, as: UInt32.self))
      t &+= 1
    }
    while t < 64 {
      let early = w[t &- 15]
      let late = w[t &- 2]
      let sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early &>> 3)
      let sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late &>> 10)
      w[t] = sigma1 &+ w[t &- 7] &+ sigma0 &+ w[t &- 16]
      t &+= 1
    }
  }

  /// One round; instead of shifting eight variables along, the caller renames them.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ kw: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let majority = (a & b) | (c & (a | b))
    // The same as the exclusive or of the rotations by 6, 11 and 25, and by 2, 13 and 22.
    let sigma1 = rotate(rotate(rotate(e, 14) ^ e, 5) ^ e, 6)
    let sigma0 = rotate(rotate(rotate(a, 9) ^ a, 11) ^ a, 2)
    let t1 = h &+ kw &+ choice &+ sigma1
    d = d &+ t1
    h = t1 &+ majority &+ sigma0
  }

  @inline(__always)
  private static func rotate(_ x: UInt32, _ bits: UInt32) -> UInt32 {
    (x &>> bits) | (x &<< (32 &- bits))
  }

  package static let initialState: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
