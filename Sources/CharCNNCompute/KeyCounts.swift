internal import CKernels

/// In how many texts each key occurs; texts come one after another.
package struct KeyCounts {
  private var table: [ck_counted_ngram]
  private var bits = 16
  private var used = 0
  /// Number of texts.
  package private(set) var texts = 0

  /// No texts yet.
  package init() { table = Array(repeating: ck_counted_ngram(), count: 1 << bits) }

  /// Counts the keys of a text, each once.
  package mutating func add(_ keys: [UInt64]) {
    // At most half full, even where all are new.
    while 2 * (used + keys.count) > table.count { grow() }
    used += table.withUnsafeMutableBufferPointer { table in
      ck_count_ngrams(table.baseAddress, Int32(bits), keys, keys.count, UInt32(texts))
    }
    texts += 1
  }

  private mutating func grow() {
    let old = table
    bits += 1
    table = Array(repeating: ck_counted_ngram(), count: 1 << bits)
    for entry in old where entry.count > 0 {
      var slot = Int(entry.key >> UInt64(64 - bits))
      while table[slot].count > 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = entry
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
