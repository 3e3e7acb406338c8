internal import CKernels

// Products in bfloat16. Two numbers stand in the room of a float, so that tensors of floats hold them.
extension CPUDevice {
  private struct Pack: PoolJob {
    let kernels: UnsafePointer<ck_bf16_kernels>
    let weights: Tensor
    let taps: Int
    let inputs: Int
    let outputs: Int
    let transposed: Bool
    let packed: UnsafeMutablePointer<UInt32>

    func run(item: Int, worker: Int) {
      if transposed {
        kernels.pointee.pack_weights_transposed(weights.base, taps, inputs, outputs, packed, item)
      } else {
        kernels.pointee.pack_weights(weights.base, taps, inputs, outputs, packed, item)
      }
    }
  }

  func packBrainFloats(
    _ weights: Tensor, taps: Int, inputs: Int, outputs: Int, transposed: Bool, workspace: Workspace
  ) -> PackedWeights {
    let kernels = brainFloatPointer
    let (rows, columns) = transposed ? (outputs, inputs) : (inputs, outputs)
    let packed = workspace.words(kernels.pointee.packed_weights_size(taps, rows, columns))
    pool.run(
      Pack(
        kernels: kernels, weights: weights, taps: taps, inputs: inputs, outputs: outputs, transposed: transposed,
        packed: packed), items: kernels.pointee.pack_weights_items(taps, inputs))
    return PackedWeights(brainFloats: packed, taps: taps, inputs: rows, outputs: columns)
  }

  private struct RoundRows: PoolJob {
    let kernels: UnsafePointer<ck_bf16_kernels>
    let x: Tensor
    let rounded: UnsafeMutablePointer<UInt32>
    let stride: Int
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.round_rows(x.base, x.rowStride, x.columns, rounded, stride, lower, upper)
    }
  }

  /// Rows in bfloat16, and the words from one to the next.
  private func round(_ x: Tensor, workspace: Workspace) -> (UnsafeMutablePointer<UInt32>, stride: Int) {
    let words = (x.columns + 1) / 2
    // An odd number of cache lines: rows that are powers of two apart would meet in the same few places of a cache.
    let stride = words < 64 ? words : ((words + 15) / 16 | 1) * 16
    let rounded = workspace.words(x.rows * stride)
    let rows = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      RoundRows(kernels: brainFloatPointer, x: x, rounded: rounded, stride: stride, blocks: rows), items: rows.items)
    return (rounded, stride)
  }

  /// Rows of the items. The matrix unit multiplies ten times as much in the same time, and takes blocks of 16 rows.
  private func brainFloatBlocks(rows: Int, weights: PackedWeights) -> Blocks {
    guard brainFloatPointer.pointee.instructions == CK_BF16_AMX else {
      return Blocks(count: rows, size: Self.convolutionBlock(weights: weights))
    }
    let operations = max(1, 2 * weights.taps * weights.inputs * weights.outputs)
    let most = min(4_096, max(1, 64_000_000 / operations / 128) * 128)
    return Blocks(count: rows, atMost: most, step: 16, threads: threadCount)
  }

  private struct Convolve: PoolJob {
    let kernels: UnsafePointer<ck_bf16_kernels>
    let convolution: ck_bf16_convolution
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: convolution) { kernels.pointee.convolve($0, lower, upper) }
    }
  }

  func convolveBrainFloats(
    _ x: Tensor, windows: IndexTensor, weights: PackedWeights, packed: UnsafeMutablePointer<UInt32>, bias: Tensor?,
    accumulate: Bool, into y: Tensor, workspace: Workspace
  ) {
    let kernels = brainFloatPointer
    workspace.withScratch {
      let (rounded, stride) = round(x, workspace: workspace)
      let convolution = ck_bf16_convolution(
        x: rounded, ldx: stride, windows: windows.base, taps: weights.taps, in: weights.inputs, out: weights.outputs,
        packed: packed, bias: bias?.base, y: y.base, ldy: y.rowStride, accumulate: accumulate)
      let blocks = brainFloatBlocks(rows: y.rows, weights: weights)
      pool.run(Convolve(kernels: kernels, convolution: convolution, blocks: blocks), items: blocks.items)
    }
  }

  private struct PackRows: PoolJob {
    let kernels: UnsafePointer<ck_bf16_kernels>
    let x: Tensor
    let packed: UnsafeMutablePointer<UInt32>

    func run(item: Int, worker: Int) {
      kernels.pointee.pack_rows(x.base, x.rowStride, x.rows, x.columns, packed, item)
    }
  }

  private struct WeightGradient: PoolJob {
    let kernels: UnsafePointer<ck_bf16_kernels>
    let gradient: ck_bf16_weight_gradient
    let scratch: UnsafeMutablePointer<UInt32>
    let scratchSize: Int

    func run(item: Int, worker: Int) {
      withUnsafePointer(to: gradient) {
        kernels.pointee.weight_gradient($0, item, scratch + worker * scratchSize)
      }
    }
  }

  func addWeightGradientOfBrainFloats(
    _ x: Tensor, windows: IndexTensor, taps: Int, dy: Tensor, into dw: Tensor, workspace: Workspace
  ) {
    let kernels = brainFloatPointer
    workspace.withScratch {
      let (rounded, stride) = round(x, workspace: workspace)
      let packed = workspace.words(kernels.pointee.packed_rows_size(dy.rows, dy.columns))
      pool.run(
        PackRows(kernels: kernels, x: dy, packed: packed),
        items: kernels.pointee.pack_rows_items(dy.rows, dy.columns))
      // Whole cache lines for each worker.
      let needed = kernels.pointee.weight_gradient_scratch(taps, x.columns, dy.columns, dy.rows)
      let scratchSize = (needed + 15) / 16 * 16
      let scratch = workspace.words(threadCount * scratchSize)
      let gradient = ck_bf16_weight_gradient(
        x: rounded, ldx: stride, windows: windows.base, taps: taps, in: x.columns, out: dy.columns, rows: dy.rows,
        packed_dy: packed, dw: dw.base)
      pool.run(
        WeightGradient(kernels: kernels, gradient: gradient, scratch: scratch, scratchSize: scratchSize),
        items: kernels.pointee.weight_gradient_items(taps, x.columns, dy.columns, dy.rows))
    }
  }
}

extension Workspace {
  /// Words with undefined contents.
  fileprivate func words(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    guard let base = records(of: UInt32.self, count: count).baseAddress else {
      preconditionFailure("a workspace always has memory")
    }
    return base
  }
}
