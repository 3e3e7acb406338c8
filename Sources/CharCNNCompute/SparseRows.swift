/// Rows of a sparse matrix: row r has the entries `offsets[r] ..< offsets[r + 1]`.
package struct SparseRows: Sendable {
  /// Where each row's entries begin, and the end of the last.
  package var offsets: [Int]
  /// The column of each entry.
  package var features: [UInt32]
  /// The value of each entry.
  package var values: [Float]
  /// Number of columns.
  package let featureCount: Int

  /// No rows yet.
  ///
  /// - Parameters:
  ///   - featureCount: Number of columns.
  ///   - entries: Entries that are expected, so that the arrays need not be copied when they grow.
  package init(featureCount: Int, expecting entries: Int = 0) {
    offsets = [0]
    features = []
    values = []
    self.featureCount = featureCount
    features.reserveCapacity(entries)
    values.reserveCapacity(entries)
  }

  /// Number of rows.
  package var count: Int { offsets.count - 1 }

  /// Ends a row with the entries that were added since the last.
  package mutating func endRow() { offsets.append(features.count) }

  /// Adds the rows of another matrix with the same columns.
  package mutating func append(_ other: SparseRows) {
    let first = features.count
    features += other.features
    values += other.values
    offsets += other.offsets.dropFirst().map { first + $0 }
  }
}
