internal import CKernels

extension CPUDevice {
  private struct KeepLargest: PoolJob {
    let x: Tensor
    let sequences: PackedSequences
    let kept: PackedSequences
    let winners: IndexTensor
    let y: Tensor
    let scratch: UnsafeMutablePointer<UInt32>
    let scratchSize: Int

    func run(item: Int, worker: Int) {
      let rows = sequences.rows(of: item)
      let places = kept.rows(of: item)
      ck_k_max_pool(
        x.base + rows.lowerBound * x.rowStride, x.rowStride, rows.count, x.columns, places.count,
        Int32(truncatingIfNeeded: rows.lowerBound), y.base + places.lowerBound * y.rowStride, y.rowStride,
        winners.base + places.lowerBound * y.columns, scratch + worker * scratchSize)
    }
  }

  public func keepLargest(
    _ x: Tensor, _ sequences: PackedSequences, kept: PackedSequences, winners: IndexTensor, into y: Tensor,
    workspace: Workspace
  ) {
    precondition(x.columns == y.columns && sequences.rows == x.rows && kept.rows == y.rows, "shapes differ")
    precondition(sequences.count == kept.count && winners.count == y.count, "texts or winners of another number")
    let longest = (0..<sequences.count).reduce(0) { max($0, sequences.rows(of: $1).count) }
    // Whole cache lines for each worker.
    let scratchSize = (longest * Int(CK_K_MAX_GROUP) + 15) / 16 * 16
    let scratch = workspace.indices(count: threadCount * scratchSize)
    let words = UnsafeMutableRawPointer(scratch.base).bindMemory(to: UInt32.self, capacity: scratch.count)
    pool.run(
      KeepLargest(
        x: x, sequences: sequences, kept: kept, winners: winners, y: y, scratch: words, scratchSize: scratchSize),
      items: sequences.count)
  }

  private struct KeepLargestGradient: PoolJob {
    let dy: Tensor
    let sequences: PackedSequences
    let kept: PackedSequences
    let winners: IndexTensor
    let dx: Tensor

    func run(item: Int, worker: Int) {
      let rows = sequences.rows(of: item)
      let places = kept.rows(of: item)
      ck_k_max_pool_gradient(
        dy.base + places.lowerBound * dy.rowStride, dy.rowStride, places.count, dy.columns,
        winners.base + places.lowerBound * dy.columns, Int32(truncatingIfNeeded: rows.lowerBound),
        dx.base + rows.lowerBound * dx.rowStride, dx.rowStride, rows.count)
    }
  }

  public func keepLargestGradient(
    _ dy: Tensor, _ sequences: PackedSequences, kept: PackedSequences, winners: IndexTensor, into dx: Tensor
  ) {
    precondition(dx.columns == dy.columns && sequences.rows == dx.rows && kept.rows == dy.rows, "shapes differ")
    precondition(sequences.count == kept.count && winners.count == dy.count, "texts or winners of another number")
    pool.run(
      KeepLargestGradient(dy: dy, sequences: sequences, kept: kept, winners: winners, dx: dx), items: sequences.count)
  }
}
