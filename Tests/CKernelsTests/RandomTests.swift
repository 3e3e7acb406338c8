import CKernels
import Testing

@Suite("Random words")
struct RandomTests {
  @Test("Counter and key zero give the published words of Philox4x32-10")
  func knownAnswer() {
    #expect((0..<4).map { ck_random_word(0, $0) } == [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8])
  }

  @Test("Words differ between streams and between positions")
  func streams() {
    let words = (0..<4000).map { ck_random_word(7, $0) }
    #expect(Set(words).count > 3990)
    #expect((0..<4).map { ck_random_word(8, $0) } != Array(words[0..<4]))
    #expect(ck_random_word(7, 0) != ck_random_word(7 << 32, 0))
    let mean = words.reduce(0) { $0 + Double($1) } / 4000 / 4_294_967_296
    #expect(abs(mean - 0.5) < 0.03)
  }

  @Test("A run of words equals the words one by one", arguments: [0, 1, 2, 3, 5, 0x3_FFFF_FFFE] as [UInt64])
  func runs(first: UInt64) {
    for count in [0, 1, 3, 4, 9, 33] {
      var words = [UInt32](repeating: 0, count: count)
      ck_random_words(99, first, &words, count)
      #expect(words == (0..<count).map { ck_random_word(99, first + UInt64($0)) })
    }
  }

  @Test("Dropout far into a stream still draws the stream's words", arguments: fastSets + [CK_SCALAR])
  func distantDropout(set: ck_instructions) throws {
    // The counter's lower half wraps within these rows.
    let kernels = try #require(ck_kernels_for(set)).pointee
    let columns = 1 << 20
    let firstRow = (1 << 34) / columns - 1
    let width = 300
    let x = [Float](repeating: 1, count: 2 * columns)
    var y = [Float](repeating: gap, count: 2 * columns)
    x.withUnsafeBufferPointer { from in
      y.withUnsafeMutableBufferPointer { to in
        // Rows firstRow and firstRow + 1 lie at the start of the memory.
        let back = firstRow * columns
        kernels.dropout(
          0.5, 11, from.baseAddress! - back, columns, columns, to.baseAddress! - back, columns, firstRow, firstRow + 2)
      }
    }
    for i in columns - width..<columns + width {
      #expect((y[i] != 0) == (ck_random_word(11, UInt64(firstRow * columns + i)) >= 1 << 31))
    }
  }
}
