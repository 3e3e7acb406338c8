internal import CKernels

extension CPUDevice {
  /// Walks over rows in steps so small that what one kernel writes is in the innermost cache when the next one reads it.
  private struct FinishBlock: PoolJob {
    /// Rows of one step.
    static let step = 16

    let kernels: UnsafePointer<ck_kernels>
    let x: RowSource
    let normalization: RowNormalization?
    let function: RowFunction
    let residual: RowSource?
    let y: Tensor
    /// For each worker rows of x, rows of y, and the rows' statistics.
    let scratch: Tensor
    let blocks: Blocks

    static func scratchColumns(_ x: RowSource, _ y: Tensor) -> Int { step * (x.columns + y.columns + 2) }

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      let rows = scratch.rows(worker..<worker + 1).base
      let others = rows + Self.step * x.columns
      let statistics = others + Self.step * y.columns
      for row in stride(from: lower, to: upper, by: Self.step) {
        let count = min(Self.step, upper - row)
        var (from, stride) = read(x, at: row, count: count, into: rows)
        if let normalization {
          normalize(from, stride, count, by: normalization, into: rows, statistics: statistics)
          (from, stride) = (UnsafePointer(rows), x.columns)
        }
        let to = y.base + row * y.rowStride
        switch function {
        case .gate(let complementary):
          kernels.pointee.gate(from, stride, x.columns / 2, complementary, to, y.rowStride, 0, count)
        case .activation(let activation):
          kernels.pointee.activate(activation.kernel, from, stride, x.columns, to, y.rowStride, 0, count)
        }
        if let residual {
          let (from, stride) = read(residual, at: row, count: count, into: others)
          kernels.pointee.add_rows(from, stride, y.columns, to, y.rowStride, 0, count)
        }
      }
    }

    /// Rows where they lie, or computed into `rows`.
    private func read(_ source: RowSource, at row: Int, count: Int, into rows: UnsafeMutablePointer<Float>)
      -> (UnsafePointer<Float>, stride: Int)
    {
      switch source {
      case .rows(let x): return (UnsafePointer(x.base + row * x.rowStride), x.rowStride)
      case .gathered(let table, let numbers):
        kernels.pointee.gather_rows(
          table.base, table.rowStride, numbers.base + row, table.columns, rows, table.columns, 0, count)
        return (UnsafePointer(rows), table.columns)
      case .convolved(let table, let units, let taps, let bias):
        kernels.pointee.gather_convolve(
          table.base, taps, table.rows / taps, table.columns, units.base + row * taps,
          bias.map { UnsafePointer($0.base) },
          rows, table.columns, 0, count)
        return (UnsafePointer(rows), table.columns)
      }
    }

    private func normalize(
      _ from: UnsafePointer<Float>, _ stride: Int, _ count: Int, by normalization: RowNormalization,
      into rows: UnsafeMutablePointer<Float>, statistics: UnsafeMutablePointer<Float>
    ) {
      switch normalization {
      case .layer(let gamma, let beta, let epsilon):
        kernels.pointee.layer_norm(
          from, stride, x.columns, gamma.base, beta.base, epsilon, rows, x.columns, statistics, 0, count)
      case .batch(let mean, let reciprocalDeviation, let gamma, let beta):
        kernels.pointee.batch_norm(
          from, stride, x.columns, mean.base, reciprocalDeviation.base, gamma.base, beta.base, rows, x.columns, 0, count
        )
      }
    }
  }

  public func finishBlock(
    _ x: RowSource, normalization: RowNormalization?, function: RowFunction, residual: RowSource?, into y: Tensor,
    workspace: Workspace
  ) {
    precondition(x.count == y.rows && function.outputs(columns: x.columns) == y.columns, "shapes differ")
    precondition(residual.map { $0.count == y.rows && $0.columns == y.columns } ?? true, "residual of another shape")
    for source in [x, residual] {
      guard case .convolved(let table, _, let taps, _) = source else { continue }
      precondition(table.isContiguous && table.rows % taps == 0, "table of another size")
    }
    switch normalization {
    case .layer(let gamma, let beta, _), .batch(_, _, let gamma, let beta):
      precondition(gamma.count == x.columns && beta.count == x.columns, "scale of another size")
    case nil: break
    }
    if case .batch(let mean, let reciprocalDeviation, _, _) = normalization {
      precondition(mean.count == x.columns && reciprocalDeviation.count == x.columns, "statistics of another size")
    }
    let scratch = workspace.tensor(rows: threadCount, columns: Self.wholeLines(FinishBlock.scratchColumns(x, y)))
    let blocks = Blocks(count: y.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      FinishBlock(
        kernels: kernelPointer, x: x, normalization: normalization, function: function, residual: residual, y: y,
        scratch: scratch, blocks: blocks), items: blocks.items)
  }
}
