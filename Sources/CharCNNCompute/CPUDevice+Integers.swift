internal import CKernels

extension CPUDevice {
  public func pack(_ weights: QuantizedMatrix, taps: Int, inputs: Int, workspace: Workspace) -> PackedIntegers {
    precondition(weights.rowsPerScale == 1 && weights.columns == taps * inputs, "weights of another size")
    precondition(PackedIntegers.canHold(taps: taps, inputs: inputs), "sums that may not fit into 32 bits")
    let outputs = weights.rows
    let packed = PackedIntegers(
      bytes: workspace.records(of: Int8.self, count: integers.packed_size(taps, inputs, outputs)),
      sums: workspace.indices(count: outputs), scales: workspace.tensor(rows: 1, columns: outputs), taps: taps,
      inputs: inputs, outputs: outputs)
    write(weights.scales, to: packed.scales)
    weights.bytes.withUnsafeBufferPointer { bytes in
      guard let from = bytes.baseAddress, let to = packed.bytes.baseAddress else { return }
      integers.pack(from, taps, inputs, outputs, to, packed.sums.base)
    }
    return packed
  }

  public func convolve(
    _ x: Frames8, windows: IndexTensor, weights: PackedIntegers, bias: Tensor?, output: PackedSequences, into y: Tensor,
    workspace: Workspace
  ) {
    precondition(x.columns == weights.inputs && y.columns == weights.outputs, "channels differ")
    precondition(windows.count == y.rows * weights.taps && output.rows == y.rows, "window table of another size")
    precondition(output.count == x.scales.count, "texts of another number")
    if y.rows == 0 { return }
    let texts = workspace.indices(count: y.rows)
    for text in 0..<output.count {
      for row in output.rows(of: text) { texts.base[row] = Int32(truncatingIfNeeded: text) }
    }
    let convolution = ck_int8_convolution(
      x: x.bytes, ldx: x.rowStride, windows: windows.base, taps: weights.taps, in: weights.inputs, out: weights.outputs,
      packed: weights.bytes.baseAddress, sums: weights.sums.base, scales: weights.scales.base, bias: bias?.base,
      texts: texts.base, text_scales: x.scales.base, text_zeros: x.zeros,
      missing: weights.taps > 1 ? missingRows(x, workspace: workspace) : nil, y: y.base, ldy: y.rowStride)
    let operations = max(1, 2 * weights.taps * weights.inputs * weights.outputs)
    let blocks = Blocks(count: y.rows, size: min(4_032, max(1, 16_000_000 / operations / 96) * 96))
    pool.run(Convolve8(kernels: integerPointer, convolution: convolution, blocks: blocks), items: blocks.items)
  }

  private struct Convolve8: PoolJob {
    let kernels: UnsafePointer<ck_int8_kernels>
    let convolution: ck_int8_convolution
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: convolution) { kernels.pointee.convolve($0, lower, upper) }
    }
  }

  /// For each zero point that a text has a row of it, which is what zero is in that text.
  private func missingRows(_ x: Frames8, workspace: Workspace) -> UnsafePointer<UInt8>? {
    let rows = workspace.records(of: UInt8.self, count: (Int(CK_INT8_LARGEST) + 1) * x.rowStride)
    for text in 0..<x.scales.count {
      let zero = x.zeros[text]
      let start = Int(zero) * x.rowStride
      UnsafeMutableBufferPointer(rebasing: rows[start..<start + x.rowStride]).update(repeating: zero)
    }
    return UnsafePointer(rows.baseAddress)
  }
}
