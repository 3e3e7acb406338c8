internal import CKernels

extension CPUDevice {
  private struct GatherConvolve: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let table: Tensor
    let taps: Int
    let units: IndexTensor
    let bias: UnsafePointer<Float>?
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.gather_convolve(
        table.base, taps, table.rows / taps, table.columns, units.base, bias, y.base, y.rowStride, lower, upper)
    }
  }

  public func gatherConvolve(_ table: Tensor, units: IndexTensor, taps: Int, bias: Tensor?, into y: Tensor) {
    precondition(table.isContiguous && table.columns == y.columns && table.rows % taps == 0, "table of another size")
    precondition(units.count == y.rows * taps, "unit table of another size")
    let blocks = Blocks(count: y.rows, size: Self.rowsPerBlock(columns: y.columns * taps))
    pool.run(
      GatherConvolve(
        kernels: kernelPointer, table: table, taps: taps, units: units, bias: bias.map { UnsafePointer($0.base) }, y: y,
        blocks: blocks), items: blocks.items)
  }

  private struct ScatterGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let dy: Tensor
    let units: IndexTensor
    let taps: Int
    let dtable: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.scatter_gradient(
        dy.base, dy.rowStride, dy.rows, units.base, taps, dtable.rows / taps, dtable.columns, dtable.base, lower, upper)
    }
  }

  /// Blocks of columns, each of which walks over all rows: one for each thread, because memory is read faster in long pieces, and
  /// of whole cache lines, so that blocks share none. No sum goes over columns, so the bits are those of any cut.
  func columnBlocks(_ columns: Int) -> Blocks {
    let each = (columns + threadCount - 1) / threadCount
    return Blocks(count: columns, size: Swift.max(32, (each + 15) / 16 * 16))
  }

  public func scatterGradient(_ dy: Tensor, units: IndexTensor, taps: Int, into dtable: Tensor) {
    precondition(
      dtable.isContiguous && dtable.columns == dy.columns && dtable.rows % taps == 0, "table of another size")
    precondition(units.count == dy.rows * taps, "unit table of another size")
    let blocks = columnBlocks(dy.columns)
    pool.run(
      ScatterGradient(kernels: kernelPointer, dy: dy, units: units, taps: taps, dtable: dtable, blocks: blocks),
      items: blocks.items)
  }

  public func scatterRows(_ y: Tensor, rows: IndexTensor, addTo x: Tensor) {
    precondition(x.columns == y.columns && rows.count == y.rows, "rows of another size")
    // One block: rows may repeat, and repeated rows must be added in order.
    kernels.scatter_rows(x.base, x.rowStride, rows.base, x.columns, y.base, y.rowStride, 0, y.rows)
  }
}
