internal import CKernels

extension CPUDevice {
  private struct Pack: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let weights: Tensor
    let taps: Int
    let inputs: Int
    let outputs: Int
    let transposed: Bool
    let storage: Tensor

    func run(item: Int, worker: Int) {
      if transposed {
        kernels.pointee.pack_weights_transposed(weights.base, taps, inputs, outputs, storage.base, item)
      } else {
        kernels.pointee.pack_weights(weights.base, taps, inputs, outputs, storage.base, item)
      }
    }
  }

  public func pack(
    _ weights: Tensor, taps: Int, inputs: Int, outputs: Int, transposed: Bool, workspace: Workspace
  ) -> PackedWeights {
    precondition(weights.isContiguous && weights.count == taps * inputs * outputs, "weights of another size")
    if precision == .bf16 {
      return packBrainFloats(
        weights, taps: taps, inputs: inputs, outputs: outputs, transposed: transposed, workspace: workspace)
    }
    let (rows, columns) = transposed ? (outputs, inputs) : (inputs, outputs)
    let size = kernels.packed_weights_size(taps, rows, columns)
    let storage = workspace.tensor(rows: 1, columns: size)
    pool.run(
      Pack(
        kernels: kernelPointer, weights: weights, taps: taps, inputs: inputs, outputs: outputs, transposed: transposed,
        storage: storage), items: kernels.pack_weights_items(taps, inputs))
    return PackedWeights(storage: storage, taps: taps, inputs: rows, outputs: columns)
  }

  private struct Convolve: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let convolution: ck_convolution
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: convolution) { kernels.pointee.convolve($0, lower, upper) }
    }
  }

  /// Rows of one block of a convolution: a multiple of every kernel's register tile, and at least some tens of
  /// microseconds of work.
  static func convolutionBlock(weights: PackedWeights) -> Int {
    let operations = max(1, 2 * weights.taps * weights.inputs * weights.outputs)
    return min(4_096, max(1, 8_000_000 / operations / 48) * 48)
  }

  public func convolve(
    _ x: Tensor, windows: IndexTensor, weights: PackedWeights, bias: Tensor?, accumulate: Bool, into y: Tensor,
    workspace: Workspace
  ) {
    precondition(x.columns == weights.inputs && y.columns == weights.outputs, "channels differ")
    precondition(windows.count == y.rows * weights.taps, "window table of another size")
    precondition(!accumulate || bias == nil, "a bias cannot be added while accumulating")
    let packed: Tensor
    switch weights.storage {
    case .floats(let floats): packed = floats
    case .brainFloats(let packed):
      return convolveBrainFloats(
        x, windows: windows, weights: weights, packed: packed, bias: bias, accumulate: accumulate, into: y,
        workspace: workspace)
    }
    let convolution = ck_convolution(
      x: x.base, ldx: x.rowStride, windows: windows.base, taps: weights.taps, in: weights.inputs,
      out: weights.outputs, packed: packed.base, bias: bias?.base, y: y.base, ldy: y.rowStride,
      accumulate: accumulate)
    let blocks = Blocks(count: y.rows, size: Self.convolutionBlock(weights: weights))
    pool.run(Convolve(kernels: kernelPointer, convolution: convolution, blocks: blocks), items: blocks.items)
  }

  private struct PackRows: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let packed: UnsafeMutablePointer<Float>

    func run(item: Int, worker: Int) {
      kernels.pointee.pack_rows(x.base, x.rowStride, x.rows, x.columns, packed, item)
    }
  }

  private struct WeightGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let gradient: ck_weight_gradient
    let scratch: UnsafeMutablePointer<Float>
    let scratchSize: Int

    func run(item: Int, worker: Int) {
      withUnsafePointer(to: gradient) {
        kernels.pointee.weight_gradient($0, item, scratch + worker * scratchSize)
      }
    }
  }

  public func addWeightGradient(
    _ x: Tensor, windows: IndexTensor, taps: Int, dy: Tensor, into dw: Tensor, workspace: Workspace
  ) {
    precondition(dw.isContiguous && dw.count == taps * x.columns * dy.columns, "weight gradient of another size")
    precondition(windows.count == dy.rows * taps, "window table of another size")
    if dy.rows == 0 { return }
    if precision == .bf16 {
      return addWeightGradientOfBrainFloats(x, windows: windows, taps: taps, dy: dy, into: dw, workspace: workspace)
    }
    let packed = workspace.tensor(rows: 1, columns: kernels.packed_rows_size(dy.rows, dy.columns))
    pool.run(
      PackRows(kernels: kernelPointer, x: dy, packed: packed.base), items: kernels.pack_rows_items(dy.rows, dy.columns))
    // Whole cache lines for each worker.
    let needed = kernels.weight_gradient_scratch(taps, x.columns, dy.columns, dy.rows)
    let scratchSize = (needed + 15) / 16 * 16
    let scratch = workspace.tensor(rows: threadCount, columns: scratchSize)
    let gradient = ck_weight_gradient(
      x: x.base, ldx: x.rowStride, windows: windows.base, taps: taps, in: x.columns, out: dy.columns, rows: dy.rows,
      packed_dy: packed.base, dw: dw.base)
    pool.run(
      WeightGradient(kernels: kernelPointer, gradient: gradient, scratch: scratch.base, scratchSize: scratchSize),
      items: kernels.weight_gradient_items(taps, x.columns, dy.columns, dy.rows))
  }
}
