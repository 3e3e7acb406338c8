internal import CKernels

/// In how many texts each key occurs; texts come one after another.
///
/// So many distinct keys are kept at most. Where there are more, those that fewest texts have had so far are dropped, so that a rare
/// key may be counted too low: it is one that the next text would hardly have.
package struct KeyCounts {
  /// Keys that are looked up at once: a text with many is no reason to grow before they turn out to be new.
  private static let piece = 4_096
  private static let smallestBits = 16

  private var table: [ck_counted_ngram]
  private var bits = smallestBits
  private var used = 0
  private let mostBits: Int
  /// Number of texts.
  package private(set) var texts = 0

  /// No texts yet.
  ///
  /// - Parameter most: Distinct keys that are kept at most, rounded to a power of two; each takes 32 bytes or more.
  package init(most: Int = 1 << 25) {
    mostBits = max(Int.bitWidth - max(most, 1).leadingZeroBitCount, Self.smallestBits)
    table = Array(repeating: ck_counted_ngram(), count: 1 << bits)
  }

  /// Counts the keys of a text, each once.
  package mutating func add(_ keys: [UInt64]) { keys.withUnsafeBufferPointer { add($0) } }

  /// Counts the keys of a text, each once.
  package mutating func add(_ keys: UnsafeBufferPointer<UInt64>) {
    for first in stride(from: 0, to: keys.count, by: Self.piece) {
      let count = min(Self.piece, keys.count - first)
      // At most half full, even where all are new.
      while 2 * (used + count) > table.count {
        if bits < mostBits { grow() } else { dropRare() }
      }
      used += table.withUnsafeMutableBufferPointer { table in
        ck_count_ngrams(table.baseAddress, Int32(bits), keys.baseAddress.map { $0 + first }, count, UInt32(texts))
      }
    }
    texts += 1
  }

  /// Drops keys of the fewest texts until the table is a quarter full at most.
  private mutating func dropRare() {
    var least: UInt32 = 1
    while 4 * table.count(where: { $0.count > least }) > table.count { least += 1 }
    rebuild { $0.count > least }
  }

  private mutating func grow() {
    bits += 1
    rebuild { $0.count > 0 }
  }

  /// Makes a table of the present size of some entries of the old one.
  private mutating func rebuild(keeping isKept: (ck_counted_ngram) -> Bool) {
    let old = table
    table = Array(repeating: ck_counted_ngram(), count: 1 << bits)
    used = 0
    for entry in old where isKept(entry) {
      var slot = Int(entry.key >> UInt64(64 - bits))
      while table[slot].count > 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = entry
      used += 1
    }
  }

  /// The keys of at least so many texts in ascending order, and the number of texts of each.
  package func entries(atLeast texts: Int) -> [(key: UInt64, texts: UInt32)] {
    var kept: [(key: UInt64, texts: UInt32)] = []
    for entry in table where Int(entry.count) >= max(texts, 1) { kept.append((entry.key, entry.count)) }
    kept.sort { $0.key < $1.key }
    return kept
  }
}
