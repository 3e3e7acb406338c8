internal import CKernels

extension CPUDevice {
  private struct WeighRows: PoolJob {
    let idf: Tensor
    let rows: IndexTensor
    let counts: IndexTensor
    let offsets: IndexTensor
    let scale: Float
    let weights: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      ck_weigh_rows(idf.base, rows.base, counts.base, offsets.base, scale, weights.base, lower, upper)
    }
  }

  public func weighRows(
    _ idf: Tensor, rows: IndexTensor, counts: IndexTensor, offsets: IndexTensor, scale: Float, into weights: Tensor
  ) {
    precondition(rows.count == counts.count && rows.count == weights.count, "entries of another number")
    let blocks = Blocks(count: offsets.count - 1, size: 8)
    pool.run(
      WeighRows(
        idf: idf, rows: rows, counts: counts, offsets: offsets, scale: scale, weights: weights, blocks: blocks),
      items: blocks.items)
  }

  private struct GatherSums: PoolJob {
    let table: Tensor
    let rows: IndexTensor
    let offsets: IndexTensor
    let weights: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      ck_gather_sum(
        table.base, table.columns, rows.base, offsets.base, weights.base, y.base, y.rowStride, lower, upper)
    }
  }

  public func addGatheredSums(
    _ table: Tensor, rows: IndexTensor, offsets: IndexTensor, weights: Tensor, to y: Tensor
  ) {
    precondition(table.isContiguous && table.columns == y.columns, "channels differ")
    precondition(offsets.count == y.rows + 1 && weights.count == rows.count, "segments of another number")
    let blocks = Blocks(count: y.rows, size: 8)
    pool.run(
      GatherSums(table: table, rows: rows, offsets: offsets, weights: weights, y: y, blocks: blocks),
      items: blocks.items)
  }

  private struct GatherSums8: PoolJob {
    let table: UnsafePointer<Int8>
    let columns: Int
    let rowScales: UnsafePointer<Float>
    let shift: UInt32
    let rows: IndexTensor
    let offsets: IndexTensor
    let weights: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      ck_int8_gather_sum(
        table, columns, rowScales, shift, rows.base, offsets.base, weights.base, y.base, y.rowStride, lower, upper)
    }
  }

  public func addGatheredSums(
    _ table: QuantizedMatrix, rows: IndexTensor, offsets: IndexTensor, weights: Tensor, to y: Tensor
  ) {
    precondition(table.columns == y.columns, "channels differ")
    precondition(table.rowsPerScale.nonzeroBitCount == 1, "groups of rows are a power of two")
    precondition(offsets.count == y.rows + 1 && weights.count == rows.count, "segments of another number")
    let blocks = Blocks(count: y.rows, size: 8)
    table.bytes.withUnsafeBufferPointer { bytes in
      table.scales.withUnsafeBufferPointer { rowScales in
        guard let bytes = bytes.baseAddress, let rowScales = rowScales.baseAddress else { return }
        pool.run(
          GatherSums8(
            table: bytes, columns: table.columns, rowScales: rowScales,
            shift: UInt32(table.rowsPerScale.trailingZeroBitCount), rows: rows, offsets: offsets, weights: weights,
            y: y,
            blocks: blocks), items: blocks.items)
      }
    }
  }

  public func addScatteredSums(
    _ dy: Tensor, rows: IndexTensor, offsets: IndexTensor, weights: Tensor, to dtable: Tensor
  ) {
    precondition(dtable.isContiguous && dtable.columns == dy.columns, "channels differ")
    precondition(offsets.count == dy.rows + 1 && weights.count == rows.count, "segments of another number")
    // One block: segments share rows, and shared rows must be added to in order.
    ck_scatter_sum(
      dy.base, dy.rowStride, dy.columns, rows.base, offsets.base, dy.rows, weights.base, dtable.base)
  }

  private struct UpdateRows: PoolJob {
    let table: Tensor
    let rows: IndexTensor
    let gradients: Tensor
    let rate: Float
    let keep: Float
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      ck_update_rows(
        table.base, table.columns, rows.base, gradients.base, rate, keep, lower, upper)
    }
  }

  public func updateRows(
    _ table: Tensor, rows: IndexTensor, gradients: Tensor, rate: Float, keep: Float
  ) {
    precondition(table.isContiguous && gradients.isContiguous && table.columns == gradients.columns, "channels differ")
    precondition(gradients.rows == rows.count, "rows of another number")
    let blocks = Blocks(count: rows.count, size: Self.rowsPerBlock(columns: table.columns))
    pool.run(
      UpdateRows(
        table: table, rows: rows, gradients: gradients, rate: rate, keep: keep, blocks: blocks),
      items: blocks.items)
  }

  private struct AdamRows: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let numbers: ck_adamw
    let table: Tensor
    let rows: IndexTensor
    let gradients: Tensor
    let moment1: Tensor
    let moment2: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      let columns = table.columns
      withUnsafePointer(to: numbers) { numbers in
        for entry in lower..<upper {
          let place = Int(rows.base[entry]) * columns
          kernels.pointee.adamw(
            numbers, table.base + place, gradients.base + entry * columns, moment1.base + place, moment2.base + place,
            columns)
        }
      }
    }
  }

  public func adamRows(
    _ step: AdamWStep, table: Tensor, rows: IndexTensor, gradients: Tensor, moment1: Tensor, moment2: Tensor
  ) {
    precondition(table.isContiguous && gradients.isContiguous && table.columns == gradients.columns, "channels differ")
    precondition(gradients.rows == rows.count, "rows of another number")
    precondition(
      moment1.isContiguous && moment2.isContiguous && moment1.count == table.count && moment2.count == table.count,
      "moments of another size")
    let blocks = Blocks(count: rows.count, size: Self.rowsPerBlock(columns: table.columns))
    pool.run(
      AdamRows(
        kernels: kernelPointer, numbers: Self.numbers(of: step), table: table, rows: rows, gradients: gradients,
        moment1: moment1, moment2: moment2, blocks: blocks), items: blocks.items)
  }
}
