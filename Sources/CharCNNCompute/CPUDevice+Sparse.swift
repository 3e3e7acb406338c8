internal import CKernels

extension CPUDevice {
  private struct GatherSums: PoolJob {
    let table: Tensor
    let rows: IndexTensor
    let offsets: IndexTensor
    let scales: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      ck_gather_sum(
        table.base, table.columns, rows.base, offsets.base, scales.base, y.base, y.rowStride, lower, upper)
    }
  }

  public func addGatheredSums(
    _ table: Tensor, rows: IndexTensor, offsets: IndexTensor, scales: Tensor, to y: Tensor
  ) {
    precondition(table.isContiguous && table.columns == y.columns, "channels differ")
    precondition(offsets.count == y.rows + 1 && scales.count == y.rows, "segments of another number")
    let blocks = Blocks(count: y.rows, size: 8)
    pool.run(
      GatherSums(table: table, rows: rows, offsets: offsets, scales: scales, y: y, blocks: blocks), items: blocks.items)
  }

  private struct GatherSums8: PoolJob {
    let table: UnsafePointer<Int8>
    let columns: Int
    let rowScales: UnsafePointer<Float>
    let shift: UInt32
    let rows: IndexTensor
    let offsets: IndexTensor
    let scales: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      ck_int8_gather_sum(
        table, columns, rowScales, shift, rows.base, offsets.base, scales.base, y.base, y.rowStride, lower, upper)
    }
  }

  public func addGatheredSums(
    _ table: QuantizedMatrix, rows: IndexTensor, offsets: IndexTensor, scales: Tensor, to y: Tensor
  ) {
    precondition(table.columns == y.columns, "channels differ")
    precondition(table.rowsPerScale.nonzeroBitCount == 1, "groups of rows are a power of two")
    precondition(offsets.count == y.rows + 1 && scales.count == y.rows, "segments of another number")
    let blocks = Blocks(count: y.rows, size: 8)
    table.bytes.withUnsafeBufferPointer { bytes in
      table.scales.withUnsafeBufferPointer { rowScales in
        guard let bytes = bytes.baseAddress, let rowScales = rowScales.baseAddress else { return }
        pool.run(
          GatherSums8(
            table: bytes, columns: table.columns, rowScales: rowScales,
            shift: UInt32(table.rowsPerScale.trailingZeroBitCount), rows: rows, offsets: offsets, scales: scales, y: y,
            blocks: blocks), items: blocks.items)
      }
    }
  }

  public func addScatteredSums(
    _ dy: Tensor, rows: IndexTensor, offsets: IndexTensor, scales: Tensor, to dtable: Tensor
  ) {
    precondition(dtable.isContiguous && dtable.columns == dy.columns, "channels differ")
    precondition(offsets.count == dy.rows + 1 && scales.count == dy.rows, "segments of another number")
    // One block: segments share rows, and shared rows must be added to in order.
    ck_scatter_sum(
      dy.base, dy.rowStride, dy.columns, rows.base, offsets.base, dy.rows, scales.base, dtable.base)
  }

  private struct UpdateRows: PoolJob {
    let table: Tensor
    let rows: IndexTensor
    let gradients: Tensor
    let scales: Tensor
    let rate: Float
    let keep: Float
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      ck_update_rows(
        table.base, table.columns, rows.base, gradients.base, scales.base, rate, keep, lower,
        upper)
    }
  }

  public func updateRows(
    _ table: Tensor, rows: IndexTensor, gradients: Tensor, scales: Tensor, rate: Float, keep: Float
  ) {
    precondition(table.isContiguous && gradients.isContiguous && table.columns == gradients.columns, "channels differ")
    precondition(gradients.rows == rows.count && scales.count == rows.count, "rows of another number")
    let blocks = Blocks(count: rows.count, size: Self.rowsPerBlock(columns: table.columns))
    pool.run(
      UpdateRows(
        table: table, rows: rows, gradients: gradients, scales: scales, rate: rate, keep: keep, blocks: blocks),
      items: blocks.items)
  }
}
