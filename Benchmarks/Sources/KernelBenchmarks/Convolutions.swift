import CKernels

/// Billions of operations a second of one shape; packing counts as part of the work.
struct ConvolutionResult: Encodable {
  let instructions: String
  let shape: String
  /// Of the multiply-add loop, measured between the others' rounds.
  let peak: Double
  let forward: Speed
  let inputGradient: Speed
  let weightGradient: Speed

  struct Speed: Encodable {
    let best: Double
    let median: Double
    /// The best round beside the best round of the peak.
    let ratio: Double
  }
}

/// Measures the three products of a shape side by side, round by round.
func measure(_ k: ck_kernels, _ shape: Shape, rounds: Int) -> ConvolutionResult {
  let (taps, input, output, rows) = (shape.taps, shape.input, shape.output, shape.rows)
  let (x, w, bias) = (Buffer(rows * input), Buffer(taps * input * output), Buffer(output))
  let (y, dx, dw) = (Buffer(rows * output), Buffer(rows * input), Buffer(taps * input * output))
  let packed = Buffer(k.packed_weights_size(taps, input, output))
  let transposed = Buffer(k.packed_weights_size(taps, output, input))
  let gradients = Buffer(k.packed_rows_size(rows, output))
  let scratch = Buffer(k.weight_gradient_scratch(taps, input, output, rows))
  let windows = shape.windows()
  let mirrored = shape.windows(mirrored: true)
  var (peak, forward, inputGradient, weightGradient) = (Timing(), Timing(), Timing(), Timing())
  var sink: Float = 0.999
  let peakIterations: UInt64 = 100_000
  let peakOperations = Double(k.peak(1, &sink)) * Double(peakIterations)

  windows.withUnsafeBufferPointer { windows in
    mirrored.withUnsafeBufferPointer { mirrored in
      var c = ck_convolution()
      (c.x, c.ldx, c.windows, c.taps) = (UnsafePointer(x.pointer), input, windows.baseAddress, taps)
      (c.in, c.out, c.packed) = (input, output, UnsafePointer(packed.pointer))
      (c.bias, c.y, c.ldy) = (UnsafePointer(bias.pointer), y.pointer, output)
      var d = ck_convolution()
      (d.x, d.ldx, d.windows, d.taps) = (UnsafePointer(y.pointer), output, mirrored.baseAddress, taps)
      (d.in, d.out, d.packed) = (output, input, UnsafePointer(transposed.pointer))
      (d.y, d.ldy) = (dx.pointer, input)
      var g = ck_weight_gradient()
      (g.x, g.ldx, g.windows, g.taps) = (UnsafePointer(x.pointer), input, windows.baseAddress, taps)
      (g.in, g.out, g.rows, g.packed_dy) = (input, output, rows, UnsafePointer(gradients.pointer))
      g.dw = dw.pointer
      let repeats = max(1, Int(2e6 / shape.operations))
      for _ in 0..<rounds {
        peak.add { _ = k.peak(peakIterations, &sink) }
        forward.add(repeats: repeats) {
          k.packWeights(w.pointer, taps, input, output, packed.pointer)
          k.convolve(&c, 0, rows)
        }
        inputGradient.add(repeats: repeats) {
          k.packTransposedWeights(w.pointer, taps, input, output, transposed.pointer)
          k.convolve(&d, 0, rows)
        }
        weightGradient.add(repeats: repeats) {
          for item in 0..<k.pack_rows_items(rows, output) {
            k.pack_rows(y.pointer, output, rows, output, gradients.pointer, item)
          }
          for item in 0..<k.weight_gradient_items(taps, input, output, rows) {
            k.weight_gradient(&g, item, scratch.pointer)
          }
        }
      }
    }
  }
  let top = peakOperations / peak.best
  func speed(_ timing: Timing) -> ConvolutionResult.Speed {
    ConvolutionResult.Speed(
      best: shape.operations / timing.best / 1e9, median: shape.operations / timing.median / 1e9,
      ratio: shape.operations / timing.best / top)
  }
  return ConvolutionResult(
    instructions: String(cString: k.name), shape: shape.name, peak: top / 1e9, forward: speed(forward),
    inputGradient: speed(inputGradient), weightGradient: speed(weightGradient))
}
