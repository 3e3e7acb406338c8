extension CPUDevice {

  private struct Scan: PoolJob {
    let x: Tensor
    let first: Int
    let kept: LargestValues

    func run(item: Int, worker: Int) {
      let start = item * scannedColumns
      let end = Swift.min(x.columns, start + scannedColumns)
      let thresholds = UnsafeRawPointer(kept.thresholds + start)
      for row in 0..<x.rows {
        let values = x.base + row * x.rowStride
        if end - start == scannedColumns {
          let beaten =
            UnsafeRawPointer(values + start).loadUnaligned(as: SIMD16<Float>.self)
            .> thresholds.loadUnaligned(as: SIMD16<Float>.self)
          if !any(beaten) { continue }
        }
        for column in start..<end where values[column] > kept.thresholds[column] {
          kept.offer(values[column], number: first + row, to: column)
        }
      }
    }
  }

  public func keepLargest(of x: Tensor, first: Int, in kept: LargestValues) {
    precondition(x.columns == kept.columns, "columns differ")
    pool.run(
      Scan(x: x, first: first, kept: kept), items: Self.blocks(x.columns, of: scannedColumns))
  }

  private struct Normalize: PoolJob {
    let x: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      for row in lower..<upper {
        let (from, to) = (x.base + row * x.rowStride, y.base + row * y.rowStride)
        var squares = 0.0
        for column in 0..<x.columns { squares += Double(from[column]) * Double(from[column]) }
        let factor = squares > 0 ? 1 / squares.squareRoot() : 0
        for column in 0..<x.columns { to[column] = Float(Double(from[column]) * factor) }
      }
    }
  }

  public func unitRows(_ x: Tensor, into y: Tensor) {
    precondition(x.rows == y.rows && x.columns == y.columns, "shapes differ")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(Normalize(x: x, y: y, blocks: blocks), items: blocks.items)
  }
}

/// Columns that one work item scans: one vector, so that a row of them is compared at once.
private let scannedColumns = 16
