package import CharCNNCompute
internal import CharCNNFiles

/// The n-grams that a model knows, each with a row number and how rare it is.
///
/// They stand in the order of their keys. The highest bits of a key choose its bucket; of the bits behind them, 16 are kept, which
/// tell apart the few n-grams of a bucket. An n-gram that no training text had is taken for a known one about once in 16,000 times.
package struct NgramVocabulary: Sendable {
  /// Where they stand. No bucket has more than 255 rows.
  package let keys: KeyTable
  /// How rare each n-gram is, in sixteenths of its inverse document frequency.
  package let rarities: [UInt8]

  /// Rows of a bucket that are aimed at.
  private static let perBucket = 4
  private static let bucketBits = 8...26

  /// Number of n-grams.
  package var count: Int { keys.count }

  /// The inverse document frequency of a row.
  package func rarity(_ row: Int) -> Float { Float(rarities[row]) / 16 }

  /// A vocabulary.
  ///
  /// - Parameters:
  ///   - keys: Distinct keys in ascending order.
  ///   - frequencies: In how many texts each occurs.
  ///   - texts: Number of texts.
  package init(keys: [UInt64], frequencies: [UInt32], texts: Int) {
    self = Self.of(keys: keys, rarities: frequencies.map { Self.rarity(texts: texts, with: Int($0)) }).ngrams
  }

  /// A vocabulary of keys, and the place of the key that each row stands for: of keys that the kept bits do not tell apart the first
  /// has one.
  private static func of(keys: [UInt64], rarities all: [UInt8]) -> (ngrams: NgramVocabulary, places: [Int]) {
    var bits = Self.bucketBits.lowerBound
    while bits < bucketBits.upperBound, perBucket << bits < keys.count { bits += 1 }
    while largestBucket(keys, bits: bits) > UInt8.max { bits += 1 }
    var remainders: [UInt16] = []
    var places: [Int] = []
    remainders.reserveCapacity(keys.count)
    places.reserveCapacity(keys.count)
    var sizes = [UInt32](repeating: 0, count: 1 << bits)
    var last: UInt64?
    for (place, key) in keys.enumerated() {
      let kept = key >> UInt64(64 - bits - 16)
      if kept == last { continue }
      last = kept
      sizes[Int(kept >> 16)] += 1
      remainders.append(UInt16(truncatingIfNeeded: kept))
      places.append(place)
    }
    let table = KeyTable(bucketBits: bits, sizes: sizes, remainders: remainders)
    return (NgramVocabulary(keys: table, rarities: places.map { all[$0] }), places)
  }

  /// The parts of a vocabulary, as a file has them.
  package init(keys: KeyTable, rarities: [UInt8]) {
    precondition(keys.count == rarities.count, "a rarity of each n-gram")
    self.keys = keys
    self.rarities = rarities
  }

  /// The inverse document frequency, 1 + log((1 + texts) / (1 + texts with it)), in sixteenths.
  private static func rarity(texts: Int, with frequency: Int) -> UInt8 {
    let inverse = 1 + exactLogarithm(Double(1 + texts) / Double(1 + frequency))
    return UInt8(min(max((16 * inverse).rounded(), 1), 255))
  }

  /// Keys of the fullest bucket.
  private static func largestBucket(_ keys: [UInt64], bits: Int) -> Int {
    var (largest, size) = (0, 0)
    var last: UInt64?
    for key in keys {
      let bucket = key >> UInt64(64 - bits)
      size = bucket == last ? size + 1 : 1
      last = bucket
      largest = max(largest, size)
    }
    return largest
  }

  /// The same without the rows that `isKept` does not name, in as few buckets as suit the others. Of a key no more is known than
  /// its bucket and its remainder, which is enough: fewer buckets take fewer bits.
  ///
  /// - Returns: The vocabulary, and for each of its rows the row that it was.
  package func keeping(_ isKept: (_ row: Int) -> Bool) -> (ngrams: NgramVocabulary, rows: [Int]) {
    let unknownBits = UInt64(64 - keys.bucketBits - 16)
    var kept: [UInt64] = []
    var rows: [Int] = []
    var row = 0
    for (bucket, size) in keys.sizes.enumerated() {
      for candidate in row..<row + Int(size) where isKept(candidate) {
        kept.append((UInt64(bucket) << 16 | UInt64(keys.remainders[candidate])) << unknownBits)
        rows.append(candidate)
      }
      row += Int(size)
    }
    let (ngrams, places) = Self.of(keys: kept, rarities: rows.map { rarities[$0] })
    return (ngrams, places.map { rows[$0] })
  }
}
