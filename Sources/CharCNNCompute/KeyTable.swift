internal import CKernels

/// Finds the row of a key among keys in ascending order. The highest bits of a key choose its bucket, and 16 bits behind them tell
/// apart the keys of a bucket.
package struct KeyTable: Sendable {
  /// Logarithm of the number of buckets.
  package let bucketBits: Int
  /// Where each bucket begins, and the end of the last.
  private let starts: [UInt32]
  /// 16 bits of each key.
  package let remainders: [UInt16]

  /// - Parameters:
  ///   - bucketBits: Logarithm of the number of buckets, 1 to 48.
  ///   - sizes: The number of keys in each bucket.
  ///   - remainders: The bits of each key that tell it apart in its bucket.
  package init(bucketBits: Int, sizes: [UInt32], remainders: [UInt16]) {
    var starts = [UInt32](repeating: 0, count: sizes.count + 1)
    for (bucket, size) in sizes.enumerated() { starts[bucket + 1] = starts[bucket] + size }
    precondition(
      sizes.count == 1 << bucketBits && Int(starts[sizes.count]) == remainders.count, "a remainder of each key")
    self.bucketBits = bucketBits
    self.starts = starts
    self.remainders = remainders
  }

  /// Number of keys.
  package var count: Int { remainders.count }

  /// The number of keys in each bucket.
  package var sizes: [UInt32] { (0..<starts.count - 1).map { starts[$0 + 1] - starts[$0] } }

  /// Writes the rows of the keys that the table has, in their order.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - rows: Has room for one of each key; what follows those that are found means nothing.
  /// - Returns: The number of rows.
  package func find(_ keys: UnsafeBufferPointer<UInt64>, into rows: UnsafeMutablePointer<Int32>) -> Int {
    starts.withUnsafeBufferPointer { starts in
      remainders.withUnsafeBufferPointer { remainders in
        var table = ck_ngram_table(
          starts: starts.baseAddress, remainders: remainders.baseAddress, count: UInt32(remainders.count),
          bucket_bits: Int32(bucketBits))
        return ck_find_ngrams(&table, keys.baseAddress, keys.count, rows)
      }
    }
  }
}

extension DistinctRows {
  /// Keeps each row once, in the order of their first occurrence, and counts it.
  ///
  /// - Parameters:
  ///   - rows: The list; what follows its distinct rows afterwards means nothing.
  ///   - counts: Receives how often each distinct row occurred.
  ///   - slots: Scratch, a power of two above the number of rows, all 0, which it is again afterwards.
  /// - Returns: The number of distinct rows.
  package static func countInOrder(
    _ rows: UnsafeMutableBufferPointer<Int32>, into counts: UnsafeMutablePointer<UInt32>,
    slots: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    precondition(
      slots.count > rows.count && slots.count.nonzeroBitCount == 1, "a power of two above the number of rows")
    return ck_distinct_in_order(rows.baseAddress, rows.count, counts, slots.baseAddress, slots.count)
  }
}

/// Weights of the rows that a text has.
package enum RowWeights {
  /// Writes the weight of each row: the factor of its count times its rarity, which is in sixteenths.
  ///
  /// - Returns: The sum of the squares of the weights; nil where a count has no factor, and the weights mean nothing.
  package static func weigh(
    _ rows: ArraySlice<Int32>, counts: ArraySlice<UInt32>, rarities: [UInt8], factors: [Float],
    into weights: UnsafeMutablePointer<Float>
  ) -> Double? {
    precondition(counts.count == rows.count, "a count of each row")
    let squares = rows.withUnsafeBufferPointer { rows in
      counts.withUnsafeBufferPointer {
        ck_weigh_ngrams(rows.baseAddress, $0.baseAddress, rows.count, rarities, factors, factors.count, weights)
      }
    }
    return squares < 0 ? nil : squares
  }
}

/// A table of bytes with a scale for each row.
package enum ByteRows {
  /// Adds the weighted sum of some rows to y, as many numbers as the table has columns.
  ///
  /// - Parameters:
  ///   - table: [rows, columns].
  ///   - exponents: Which of the scales each row has.
  ///   - scales: 256 of them.
  ///   - rows: The rows to add.
  ///   - weights: What each is multiplied with.
  ///   - count: How many of them are added.
  ///   - y: Receives the sum.
  package static func addSum(
    _ table: [Int8], columns: Int, exponents: [UInt8], scales: [Float], rows: [Int32], weights: [Float], count: Int,
    to y: UnsafeMutablePointer<Float>, instructions: InstructionSet
  ) {
    precondition(rows.count >= count && weights.count >= count && scales.count == 256, "a weight for each row")
    ck_add_byte_rows(table, columns, exponents, scales, rows, weights, count, y, instructions.kernelInstructions)
  }
}
