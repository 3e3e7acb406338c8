import CharCNNCompute
import Testing

@Suite struct RandomnessTests {
  /// Philox4x32-10 written from the paper (Salmon 2011), with the whole counter.
  private func philox(_ counter: [UInt32], _ key: [UInt32]) -> [UInt32] {
    var (c, k) = (counter, key)
    for _ in 0..<10 {
      let first = c[0].multipliedFullWidth(by: 0xD251_1F53)
      let second = c[2].multipliedFullWidth(by: 0xCD9E_8D57)
      c = [second.high ^ c[1] ^ k[0], second.low, first.high ^ c[3] ^ k[1], first.low]
      k = [k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85]
    }
    return c
  }

  @Test func `the paper's known answers come out`() {
    let ones = UInt32.max
    #expect(philox([0, 0, 0, 0], [0, 0]) == [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8])
    #expect(philox([ones, ones, ones, ones], [ones, ones]) == [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD])
    #expect(
      philox([0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0])
        == [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1])
    #expect((0..<4).map { Randomness.word(key: 0, index: $0) } == philox([0, 0, 0, 0], [0, 0]))
  }

  @Test(arguments: [0, 1, 0x0123_4567_89AB_CDEF, UInt64.max])
  func `words are Philox's with the key's halves and a block's number as counter`(key: UInt64) {
    let halves = [UInt32(truncatingIfNeeded: key), UInt32(key >> 32)]
    for index in [0, 1, 2, 3, 4, 5, 1_023, 1 << 34, (1 << 40) + 3] {
      let block = UInt64(index / 4)
      let words = philox([UInt32(truncatingIfNeeded: block), UInt32(block >> 32), 0, 0], halves)
      #expect(Randomness.word(key: key, index: index) == words[index % 4])
    }
  }

  @Test(arguments: [0, 1, 3, 4, 5, 63, 64, 1_001])
  func `a filled range holds the words of the stream`(count: Int) {
    var words = [UInt32](repeating: 0, count: count)
    words.withUnsafeMutableBufferPointer { Randomness.fill($0, key: 42) }
    #expect(words == (0..<count).map { Randomness.word(key: 42, index: $0) })
  }

  @Test func `seed, step, purpose and index each make another stream`() {
    var keys: Set<UInt64> = []
    var count = 0
    for seed: UInt64 in 0..<8 {
      for step: UInt64 in 0..<8 {
        for purpose in [
          Randomness.Purpose.initialization, .shuffle, .characterDropout, .dropout, .cut, .augmentation,
        ] {
          for index in 0..<8 {
            keys.insert(Randomness(seed: seed, step: step).key(purpose, index: index))
            count += 1
          }
        }
      }
    }
    #expect(keys.count == count)
    #expect(
      Randomness(seed: 1, step: 2).key(.dropout, index: 3) == Randomness(seed: 1, step: 2).key(.dropout, index: 3))
  }

  @Test func `uniform numbers lie in 0 ..< 1 with the moments of their distribution`() {
    var stream = RandomStream(key: 5)
    let values = (0..<100_000).map { _ in Double(stream.uniform()) }
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(moment(values, 1) - 1 / 2.0) < 0.004)
    #expect(abs(moment(values, 2) - 1 / 3.0) < 0.004)
    #expect(abs(moment(values, 3) - 1 / 4.0) < 0.004)
  }

  @Test func `normal numbers have the moments of their distribution`() {
    var stream = RandomStream(key: 6)
    let values = (0..<100_000).map { _ in Double(stream.normal()) }
    #expect(abs(moment(values, 1)) < 0.015)
    #expect(abs(moment(values, 2) - 1) < 0.02)
    #expect(abs(moment(values, 3)) < 0.05)
    #expect(abs(moment(values, 4) - 3) < 0.15)
    let neighbours = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / 99_999
    #expect(abs(neighbours) < 0.015)
  }

  @Test(arguments: [1, 2, 3, 7, 10, 64])
  func `numbers below a bound are all as likely`(bound: Int) {
    var stream = RandomStream(key: UInt64(bound))
    var counts = [Double](repeating: 0, count: bound)
    let draws = 64_000
    for _ in 0..<draws { counts[stream.below(bound)] += 1 }
    let expected = Double(draws) / Double(bound)
    let chiSquare = counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    // Mean bound - 1, variance 2 (bound - 1): five deviations.
    let freedom = Double(bound - 1)
    #expect(chiSquare <= freedom + 5 * (2 * freedom).squareRoot())
  }

  @Test func `a bound that does not divide the generator's range is not biased`() {
    // 2^64 / (3 * 2^61) is 8 / 3: without rejection, of eight random words three would give a multiple of 3, three a
    // number above one, and two a number below the next.
    var stream = RandomStream(key: 11)
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[stream.below(3 << 61) % 3] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 450 })
  }

  private func moment(_ values: [Double], _ power: Int) -> Double {
    values.reduce(0) { sum, value in sum + (0..<power).reduce(1.0) { product, _ in product * value } }
      / Double(values.count)
  }
}
