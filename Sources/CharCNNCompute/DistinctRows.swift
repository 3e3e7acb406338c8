internal import CKernels

/// Distinct values of lists of row numbers.
public enum DistinctRows {
  /// Sorts `rows`, each below 2^`bits`, and keeps each once: the distinct ones come first, in ascending order.
  ///
  /// - Parameters:
  ///   - rows: The list; what follows its distinct rows afterwards means nothing.
  ///   - counts: Receives how often each distinct row occurred; as long as `rows`.
  /// - Returns: The number of distinct rows.
  public static func count(
    _ rows: UnsafeMutableBufferPointer<Int32>, bits: Int, into counts: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    precondition(counts.count >= rows.count, "no room for the counts")
    guard let first = rows.baseAddress, let firstCount = counts.baseAddress else { return 0 }
    return ck_count_rows(first, rows.count, Int32(bits), firstCount)
  }
}
