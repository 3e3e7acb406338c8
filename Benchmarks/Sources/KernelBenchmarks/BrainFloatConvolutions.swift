import CKernels

/// Billions of operations a second of one shape in bfloat16, as ``ConvolutionResult`` has them for floats: packing and rounding are part of the work.
struct BrainFloatResult: Encodable {
  let instructions: String
  let shape: String
  /// Of the multiply-add loop, measured between the others' rounds.
  let peak: Double
  let forward: Speed
  let inputGradient: Speed
  let weightGradient: Speed

  struct Speed: Encodable {
    let best: Double
    /// The best round beside the best round of the peak.
    let ratio: Double
    /// How many times faster the best round is than that of the floats with the same registers.
    let floats: Double
  }
}

/// Measures the three products of a shape in floats and in bfloat16, round by round.
func measure(_ k: ck_kernels, _ b: ck_bf16_kernels, _ shape: Shape, rounds: Int) -> BrainFloatResult {
  let (taps, input, output, rows) = (shape.taps, shape.input, shape.output, shape.rows)
  let floats = measure(k, shape, rounds: rounds)
  let (x, w, bias) = (Buffer(rows * input), Buffer(taps * input * output), Buffer(output))
  let (y, dx, dw) = (Buffer(rows * output), Buffer(rows * input), Buffer(taps * input * output))
  let packed = words(Buffer(b.packed_weights_size(taps, input, output)))
  let transposed = words(Buffer(b.packed_weights_size(taps, output, input)))
  // As the device lays rows out: an odd number of cache lines.
  let stride = (x: ((input + 31) / 32 | 1) * 16, y: ((output + 31) / 32 | 1) * 16)
  let (roundedX, roundedY) = (words(Buffer(rows * stride.x)), words(Buffer(rows * stride.y)))
  let gradients = words(Buffer(b.packed_rows_size(rows, output)))
  let scratch = words(Buffer(b.weight_gradient_scratch(taps, input, output, rows)))
  let windows = shape.windows()
  let mirrored = shape.windows(mirrored: true)
  var (peak, forward, inputGradient, weightGradient) = (Timing(), Timing(), Timing(), Timing())
  var sink: Float = 0.999
  let peakIterations: UInt64 = 100_000
  let peakOperations = Double(b.peak(1, &sink)) * Double(peakIterations)

  windows.withUnsafeBufferPointer { windows in
    mirrored.withUnsafeBufferPointer { mirrored in
      var c = ck_bf16_convolution()
      (c.x, c.ldx, c.windows, c.taps) = (UnsafePointer(roundedX.pointer), stride.x, windows.baseAddress, taps)
      (c.in, c.out, c.packed) = (input, output, UnsafePointer(packed.pointer))
      (c.bias, c.y, c.ldy) = (UnsafePointer(bias.pointer), y.pointer, output)
      var d = ck_bf16_convolution()
      (d.x, d.ldx, d.windows, d.taps) = (UnsafePointer(roundedY.pointer), stride.y, mirrored.baseAddress, taps)
      (d.in, d.out, d.packed) = (output, input, UnsafePointer(transposed.pointer))
      (d.y, d.ldy) = (dx.pointer, input)
      var g = ck_bf16_weight_gradient()
      (g.x, g.ldx, g.windows, g.taps) = (UnsafePointer(roundedX.pointer), stride.x, windows.baseAddress, taps)
      (g.in, g.out, g.rows, g.packed_dy) = (input, output, rows, UnsafePointer(gradients.pointer))
      g.dw = dw.pointer
      let repeats = max(1, Int(2e6 / shape.operations))
      for _ in 0..<rounds {
        peak.add { _ = b.peak(peakIterations, &sink) }
        forward.add(repeats: repeats) {
          for item in 0..<b.pack_weights_items(taps, input) {
            b.pack_weights(w.pointer, taps, input, output, packed.pointer, item)
          }
          b.round_rows(x.pointer, input, input, roundedX.pointer, stride.x, 0, rows)
          b.convolve(&c, 0, rows)
        }
        inputGradient.add(repeats: repeats) {
          for item in 0..<b.pack_weights_items(taps, input) {
            b.pack_weights_transposed(w.pointer, taps, input, output, transposed.pointer, item)
          }
          b.round_rows(y.pointer, output, output, roundedY.pointer, stride.y, 0, rows)
          b.convolve(&d, 0, rows)
        }
        weightGradient.add(repeats: repeats) {
          b.round_rows(x.pointer, input, input, roundedX.pointer, stride.x, 0, rows)
          for item in 0..<b.pack_rows_items(rows, output) {
            b.pack_rows(y.pointer, output, rows, output, gradients.pointer, item)
          }
          for item in 0..<b.weight_gradient_items(taps, input, output, rows) {
            b.weight_gradient(&g, item, scratch.pointer)
          }
        }
      }
    }
  }
  let top = peakOperations / peak.best
  func speed(_ timing: Timing, _ other: ConvolutionResult.Speed) -> BrainFloatResult.Speed {
    let best = shape.operations / timing.best
    return BrainFloatResult.Speed(best: best / 1e9, ratio: best / top, floats: best / 1e9 / other.best)
  }
  return BrainFloatResult(
    instructions: String(cString: b.name), shape: shape.name, peak: top / 1e9, forward: speed(forward, floats.forward),
    inputGradient: speed(inputGradient, floats.inputGradient),
    weightGradient: speed(weightGradient, floats.weightGradient))
}

/// A buffer, and its memory as words.
private func words(_ buffer: Buffer) -> (buffer: Buffer, pointer: UnsafeMutablePointer<UInt32>) {
  (buffer, UnsafeMutableRawPointer(buffer.pointer).assumingMemoryBound(to: UInt32.self))
}

/// Each set for bfloat16 with the set for floats that has the same registers.
let brainFloatSets: [(floats: ck_instructions, brainFloats: ck_bf16_instructions)] = [
  (CK_AVX2, CK_BF16_AVX2), (CK_AVX512, CK_BF16_AVX512), (CK_AVX512, CK_BF16_AVX512_BF16),
  (CK_AVX512, CK_BF16_AMX), (CK_NEON, CK_BF16_NEON),
  (CK_NEON, CK_BF16_NEON_DOT),
]
