/// The fixed hash of character n-grams, part of the model format.
///
/// A text is its alphabet indices with a mark before the first (-2) and after the last (-3). An n-gram u1 … un starts
/// with h = 0 and takes in each unit: h = (h xor (u + 4)) * 0x9e3779b97f4a7c15, h = h xor (h >> 29), on 64 bits. Its length
/// is taken in last, as one more unit. Its row is the upper bits of h.
struct NgramHash {
  private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
  private let shift: UInt64
  let lengths: [Int]
  private let longest: Int

  init(lengths: [Int], bits: Int) {
    self.lengths = lengths.sorted()
    longest = lengths.max() ?? 0
    shift = UInt64(64 - bits)
  }

  static func taking(_ unit: Int32, into hash: UInt64) -> UInt64 {
    let mixed = (hash ^ UInt64(truncatingIfNeeded: Int(unit) + 4)) &* multiplier
    return mixed ^ (mixed >> 29)
  }

  /// Number of n-grams of a text of `count` characters, marks included.
  func count(characters count: Int) -> Int {
    lengths.reduce(0) { $0 + max(0, count + 2 - $1 + 1) }
  }

  /// Writes the row of every n-gram of a text.
  func rows(of characters: UnsafeBufferPointer<Int32>, into rows: UnsafeMutableBufferPointer<Int32>) {
    let last = characters.count + 1
    var entry = 0
    for start in 0...last {
      var hash: UInt64 = 0
      var next = 0
      for position in start..<min(start + longest, last + 1) {
        let unit: Int32 = position == 0 ? -2 : position == last ? -3 : characters[position - 1]
        hash = Self.taking(unit, into: hash)
        let length = position - start + 1
        if next < lengths.count, lengths[next] == length {
          rows[entry] = Int32(truncatingIfNeeded: Self.taking(Int32(length), into: hash) >> shift)
          entry += 1
          next += 1
        }
      }
    }
  }
}
