internal import CKernels

extension CPUDevice {
  private struct Pool: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let kind: ck_pooling
    let x: Tensor
    let windows: IndexTensor
    let taps: Int
    let winners: IndexTensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.window_pool(
        kind, x.base, x.rowStride, windows.base, taps, x.columns, y.base, y.rowStride, winners.base, lower, upper)
    }
  }

  public func pool(
    _ x: Tensor, windows: IndexTensor, taps: Int, by pooling: Pooling, winners: IndexTensor, into y: Tensor
  ) {
    precondition(x.columns == y.columns && windows.count == y.rows * taps, "shapes differ")
    precondition(winners.count == y.count, "winners of another size")
    let blocks = Blocks(count: y.rows, size: Self.rowsPerBlock(columns: y.columns * taps))
    pool.run(
      Pool(
        kernels: kernelPointer, kind: pooling.kernel, x: x, windows: windows, taps: taps, winners: winners, y: y,
        blocks: blocks), items: blocks.items)
  }

  /// Pools rows of a convolution by a table, which are computed a few windows at a time.
  private struct PoolConvolved: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let kind: ck_pooling
    let table: Tensor
    let units: IndexTensor
    let unitTaps: Int
    let bias: UnsafePointer<Float>?
    let windows: IndexTensor
    let taps: Int
    let winners: IndexTensor
    let y: Tensor
    let spans: RowSpans
    let blocks: Blocks
    /// Room for the rows of the longest span, for each worker.
    let scratch: Tensor

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      let (first, count) = spans.range(item)
      let (rows, columns) = (scratch.rows(worker..<worker + 1).base, table.columns)
      kernels.pointee.gather_convolve(
        table.base, unitTaps, table.rows / unitTaps, columns, units.base + first * unitTaps, bias, rows, columns, 0,
        count)
      // Where row 0 would be.
      kernels.pointee.window_pool(
        kind, rows - first * columns, columns, windows.base, taps, columns, y.base, y.rowStride, winners.base, lower,
        upper)
    }
  }

  /// Floats of the rows that lie between a convolution and its pooling: they should stay in the second-level cache.
  private static let pooledFloats = 32_768

  public func pool(
    _ x: RowSource, windows: IndexTensor, taps: Int, by pooling: Pooling, winners: IndexTensor, into y: Tensor,
    workspace: Workspace
  ) {
    precondition(x.columns == y.columns && windows.count == y.rows * taps, "shapes differ")
    precondition(winners.count == y.count, "winners of another size")
    guard case .convolved(let table, let units, let unitTaps, let bias) = x else {
      let rows = tensor(of: x, workspace: workspace)
      return pool(rows, windows: windows, taps: taps, by: pooling, winners: winners, into: y)
    }
    precondition(table.isContiguous && table.rows % unitTaps == 0, "table of another size")
    workspace.withScratch {
      let blocks = Blocks(count: y.rows, size: max(1, Self.pooledFloats / max(1, y.columns * taps)))
      let spans = RowSpans(windows, taps: taps, blocks: blocks, workspace: workspace)
      // Where blocks read many rows in common, or so few that they need no more room, the rows are computed once, to lie there.
      guard spans.total <= x.count * 5 / 4, spans.longest * threadCount < x.count else {
        let rows = tensor(of: x, workspace: workspace)
        return pool(rows, windows: windows, taps: taps, by: pooling, winners: winners, into: y)
      }
      let scratch = workspace.tensor(rows: threadCount, columns: Self.wholeLines(spans.longest * y.columns))
      pool.run(
        PoolConvolved(
          kernels: kernelPointer, kind: pooling.kernel, table: table, units: units, unitTaps: unitTaps,
          bias: bias.map { UnsafePointer($0.base) }, windows: windows, taps: taps, winners: winners, y: y, spans: spans,
          blocks: blocks, scratch: scratch), items: blocks.items)
    }
  }

  private struct PoolGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let kind: ck_pooling
    let dy: Tensor
    let windows: IndexTensor
    let transposed: IndexTensor
    let taps: Int
    let winners: IndexTensor
    let dx: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.window_pool_gradient(
        kind, dy.base, dy.rowStride, windows.base, transposed.base, taps, dy.columns, winners.base, dx.base,
        dx.rowStride, lower, upper)
    }
  }

  public func poolGradient(
    _ dy: Tensor, windows: IndexTensor, transposed: IndexTensor, taps: Int, by pooling: Pooling, winners: IndexTensor,
    into dx: Tensor
  ) {
    precondition(dx.columns == dy.columns && transposed.count == dx.rows * taps, "shapes differ")
    let blocks = Blocks(count: dx.rows, size: Self.rowsPerBlock(columns: dx.columns * taps))
    pool.run(
      PoolGradient(
        kernels: kernelPointer, kind: pooling.kernel, dy: dy, windows: windows, transposed: transposed, taps: taps,
        winners: winners, dx: dx, blocks: blocks), items: blocks.items)
  }

  private struct PoolSegments: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let kind: ck_pooling
    let x: Tensor
    let offsets: IndexTensor
    let winners: IndexTensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.segment_pool(
        kind, x.base, x.rowStride, offsets.base, x.columns, y.base, y.rowStride, winners.base, lower, upper)
    }
  }

  /// Texts of one block of a pooling of whole texts.
  private static let segmentsPerBlock = 8

  public func poolSegments(
    _ x: Tensor, _ sequences: PackedSequences, by pooling: Pooling, winners: IndexTensor, into y: Tensor
  ) {
    precondition(x.columns == y.columns && sequences.rows == x.rows && sequences.count == y.rows, "shapes differ")
    precondition(winners.count == y.count, "winners of another size")
    let blocks = Blocks(count: y.rows, size: Self.segmentsPerBlock)
    pool.run(
      PoolSegments(
        kernels: kernelPointer, kind: pooling.kernel, x: x, offsets: sequences.offsets, winners: winners, y: y,
        blocks: blocks), items: blocks.items)
  }

  private struct PoolSegmentsGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let kind: ck_pooling
    let dy: Tensor
    let offsets: IndexTensor
    let winners: IndexTensor
    let dx: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.segment_pool_gradient(
        kind, dy.base, dy.rowStride, offsets.base, dy.columns, winners.base, dx.base, dx.rowStride, lower, upper)
    }
  }

  public func poolSegmentsGradient(
    _ dy: Tensor, _ sequences: PackedSequences, by pooling: Pooling, winners: IndexTensor, into dx: Tensor
  ) {
    precondition(dx.columns == dy.columns && sequences.rows == dx.rows && sequences.count == dy.rows, "shapes differ")
    let blocks = Blocks(count: dy.rows, size: Self.segmentsPerBlock)
    pool.run(
      PoolSegmentsGradient(
        kernels: kernelPointer, kind: pooling.kernel, dy: dy, offsets: sequences.offsets, winners: winners, dx: dx,
        blocks: blocks), items: blocks.items)
  }
}

extension Pooling {
  fileprivate var kernel: ck_pooling {
    switch self {
    case .max: CK_MAX
    case .mean: CK_MEAN
    }
  }
}
