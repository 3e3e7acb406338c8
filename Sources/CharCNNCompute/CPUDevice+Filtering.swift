internal import CKernels

/// A filter's values at the points of minimal filtering, in the order that a device reads.
public struct PackedFilter {
  let storage: Tensor
  /// Number of taps.
  public let taps: Int
  /// Channels in.
  public let inputs: Int
  /// Channels out.
  public let outputs: Int
}

extension CPUDevice {
  public func filteringPoints(taps: Int) -> Int {
    // Its points would have to be rounded once more.
    precision == .single ? kernels.filtering_points?(taps) ?? 0 : 0
  }

  private struct PackPoints: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let weights: Tensor
    let taps: Int
    let inputs: Int
    let outputs: Int
    let isTransposed: Bool
    let packed: UnsafeMutablePointer<Float>
    let scratch: Tensor

    func run(item: Int, worker: Int) {
      kernels.pointee.pack_filter(
        weights.base, taps, inputs, outputs, isTransposed, packed, item, scratch.base + worker * scratch.rowStride)
    }
  }

  public func packFilter(
    _ weights: Tensor, taps: Int, inputs: Int, outputs: Int, transposed: Bool, workspace: Workspace,
    scratch: Workspace
  ) -> PackedFilter {
    precondition(weights.isContiguous && weights.count == taps * inputs * outputs, "weights of another size")
    let (rows, columns) = transposed ? (outputs, inputs) : (inputs, outputs)
    let storage = workspace.tensor(rows: 1, columns: kernels.packed_filter_size(taps, rows, columns))
    let room = scratch.tensor(
      rows: threadCount, columns: Self.wholeLines(kernels.packed_filter_scratch(inputs, outputs)))
    pool.run(
      PackPoints(
        kernels: kernelPointer, weights: weights, taps: taps, inputs: inputs, outputs: outputs,
        isTransposed: transposed, packed: storage.base, scratch: room),
      items: filteringPoints(taps: taps))
    return PackedFilter(storage: storage, taps: taps, inputs: rows, outputs: columns)
  }

  private struct Filter: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let filtering: ck_filtering
    let blocks: Blocks
    let scratch: Tensor

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: filtering) {
        kernels.pointee.filter($0, lower, upper, scratch.base + worker * scratch.rowStride)
      }
    }
  }

  public func convolve(
    _ x: Tensor, tiles: FilteringTiles, weights: PackedFilter, bias: Tensor?, accumulate: Bool, into y: Tensor,
    workspace: Workspace
  ) {
    precondition(x.columns == weights.inputs && y.columns == weights.outputs, "channels differ")
    precondition(tiles.taps == weights.taps, "tiles of another width")
    precondition(!accumulate || bias == nil, "a bias cannot be added while accumulating")
    let filtering = ck_filtering(
      x: x.base, ldx: x.rowStride, tiles: tiles.base, taps: weights.taps, dilation: tiles.dilation,
      in: weights.inputs, out: weights.outputs, packed: weights.storage.base, bias: bias?.base, y: y.base,
      ldy: y.rowStride, accumulate: accumulate)
    let scratch = workspace.tensor(
      rows: threadCount, columns: Self.wholeLines(kernels.filtering_scratch(weights.taps, weights.inputs)))
    // At most as many tiles as a kernel takes to their points at once.
    let blocks = Blocks(count: tiles.count, atMost: 48, step: 6, threads: threadCount)
    pool.run(
      Filter(kernels: kernelPointer, filtering: filtering, blocks: blocks, scratch: scratch), items: blocks.items)
  }

  private struct FilteringGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let gradient: ck_filtering_gradient
    let scratch: Tensor

    func run(item: Int, worker: Int) {
      withUnsafePointer(to: gradient) {
        kernels.pointee.filtering_gradient($0, item, scratch.base + worker * scratch.rowStride)
      }
    }
  }

  private struct FoldGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let gradient: ck_filtering_gradient
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: gradient) { kernels.pointee.fold_filtering_gradient($0, lower, upper) }
    }
  }

  public func addWeightGradient(
    _ x: Tensor, tiles: FilteringTiles, dy: Tensor, into dw: Tensor, workspace: Workspace
  ) {
    let (taps, inputs, outputs) = (tiles.taps, x.columns, dy.columns)
    precondition(dw.isContiguous && dw.count == taps * inputs * outputs, "weight gradient of another size")
    if tiles.count == 0 { return }
    let sums = workspace.tensor(
      rows: 1, columns: kernels.filtering_gradient_sums(taps, inputs, outputs, tiles.count))
    let scratch = workspace.tensor(
      rows: threadCount, columns: Self.wholeLines(kernels.filtering_gradient_scratch(taps)))
    let gradient = ck_filtering_gradient(
      x: x.base, ldx: x.rowStride, tiles: tiles.base, tile_count: tiles.count, taps: taps, dilation: tiles.dilation,
      in: inputs, out: outputs, dy: dy.base, lddy: dy.rowStride, sums: sums.base, dw: dw.base)
    pool.run(
      FilteringGradient(kernels: kernelPointer, gradient: gradient, scratch: scratch),
      items: kernels.filtering_gradient_items(inputs, outputs, tiles.count))
    let blocks = Blocks(count: inputs, size: max(1, 8_192 / outputs))
    pool.run(FoldGradient(kernels: kernelPointer, gradient: gradient, blocks: blocks), items: blocks.items)
  }

  /// Floats rounded up to whole cache lines, so that workers share none.
  static func wholeLines(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
