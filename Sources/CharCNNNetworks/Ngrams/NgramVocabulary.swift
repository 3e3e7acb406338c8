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
    self.init(keys: keys, rarities: frequencies.map { Self.rarity(texts: texts, with: Int($0)) })
  }

  private init(keys: [UInt64], rarities all: [UInt8]) {
    var bits = Self.bucketBits.lowerBound
    while bits < Self.bucketBits.upperBound, Self.perBucket << bits < keys.count { bits += 1 }
    while Self.largestBucket(keys, bits: bits) > UInt8.max { bits += 1 }
    var remainders: [UInt16] = []
    var rarities: [UInt8] = []
    remainders.reserveCapacity(keys.count)
    rarities.reserveCapacity(keys.count)
    var sizes = [UInt32](repeating: 0, count: 1 << bits)
    var last: UInt64?
    for (key, rarity) in zip(keys, all) {
      let kept = key >> UInt64(64 - bits - 16)
      // One row for keys that the kept bits do not tell apart.
      if kept == last { continue }
      last = kept
      sizes[Int(kept >> 16)] += 1
      remainders.append(UInt16(truncatingIfNeeded: kept))
      rarities.append(rarity)
    }
    self.init(keys: KeyTable(bucketBits: bits, sizes: sizes, remainders: remainders), rarities: rarities)
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
  package func keeping(_ isKept: (_ row: Int) -> Bool) -> NgramVocabulary {
    let unknownBits = UInt64(64 - keys.bucketBits - 16)
    var kept: [UInt64] = []
    var rarities: [UInt8] = []
    var row = 0
    for (bucket, size) in keys.sizes.enumerated() {
      for candidate in row..<row + Int(size) where isKept(candidate) {
        kept.append((UInt64(bucket) << 16 | UInt64(keys.remainders[candidate])) << unknownBits)
        rarities.append(self.rarities[candidate])
      }
      row += Int(size)
    }
    return NgramVocabulary(keys: kept, rarities: rarities)
  }
}
