/// Which rows the windows of a block of rows read: all from the first to the last of them.
struct RowSpans {
  let first: UnsafeBufferPointer<Int32>
  let counts: UnsafeBufferPointer<Int32>
  /// Rows of the longest, and of all together.
  let longest: Int
  let total: Int

  /// - Parameters:
  ///   - windows: [rows, taps]; -1 reads nothing.
  ///   - blocks: Blocks of rows of the windows.
  init(_ windows: IndexTensor, taps: Int, blocks: Blocks, workspace: Workspace) {
    let first = workspace.records(of: Int32.self, count: blocks.items)
    let counts = workspace.records(of: Int32.self, count: blocks.items)
    var (longest, total) = (Int32(0), 0)
    for item in 0..<blocks.items {
      let (lower, upper) = blocks.range(item)
      // As an unsigned number, -1 is above all others.
      var (least, greatest) = (UInt32.max, Int32(-1))
      for row in windows.host[lower * taps..<upper * taps] {
        least = min(least, UInt32(bitPattern: row))
        greatest = max(greatest, row)
      }
      first[item] = greatest < 0 ? 0 : Int32(bitPattern: least)
      counts[item] = greatest < 0 ? 0 : greatest - first[item] + 1
      longest = max(longest, counts[item])
      total += Int(counts[item])
    }
    (self.first, self.counts) = (UnsafeBufferPointer(first), UnsafeBufferPointer(counts))
    (self.longest, self.total) = (Int(longest), total)
  }

  /// The rows of a block.
  func range(_ item: Int) -> (lower: Int, count: Int) { (Int(first[item]), Int(counts[item])) }
}
