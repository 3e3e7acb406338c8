import CKernels

/// Billions of operations a second of one shape in floats and in bytes, weights packed beforehand as in prediction.
struct IntegerResult: Encodable {
  let floats: String
  let integers: String
  let shape: String
  let float: Double
  /// With the quantization of the activations.
  let integer: Double
  /// How many times faster the best round in bytes is.
  let ratio: Double
}

/// Measures the forward convolution of a shape with both kernels, round by round.
func measure(_ k: ck_kernels, _ b: ck_int8_kernels, _ shape: Shape, rounds: Int) -> IntegerResult {
  let (taps, input, output, rows) = (shape.taps, shape.input, shape.output, shape.rows)
  let (x, w, bias, y) = (
    Buffer(rows * input), Buffer(taps * input * output), Buffer(output), Buffer(rows * output)
  )
  let packed = Buffer(k.packed_weights_size(taps, input, output))
  k.packWeights(w.pointer, taps, input, output, packed.pointer)
  let ld = (input + 3) / 4 * 4
  let (bytes, small) = (
    Buffer((rows * ld + 3) / 4), Buffer((b.packed_size(taps, input, output) + 3) / 4)
  )
  let texts = (0..<rows).map { Int32($0 / shape.segment) }
  let count = (rows + shape.segment - 1) / shape.segment
  let (scales, weightScales) = (Buffer(count), Buffer(output))
  var zeros = [UInt8](repeating: 0, count: count)
  var sums = [Int32](repeating: 0, count: output)
  let weights = (0..<output * input * taps).map { Int8(truncatingIfNeeded: $0 * 37 % 255 - 127) }
  let missing = (0..<128).flatMap { [UInt8](repeating: UInt8($0), count: ld) }
  let windows = shape.windows()
  var (floats, integers) = (Timing(), Timing())
  let to = UnsafeMutableRawPointer(small.pointer).assumingMemoryBound(to: Int8.self)
  let q = UnsafeMutableRawPointer(bytes.pointer).assumingMemoryBound(to: UInt8.self)
  b.pack(weights, taps, input, output, to, &sums)

  withExtendedLifetime((windows, texts, missing)) {
    windows.withUnsafeBufferPointer { windows in
      texts.withUnsafeBufferPointer { texts in
        missing.withUnsafeBufferPointer { missing in
          sums.withUnsafeBufferPointer { sums in
            zeros.withUnsafeMutableBufferPointer { zeros in
              var c = ck_convolution()
              (c.x, c.ldx, c.windows, c.taps) = (UnsafePointer(x.pointer), input, windows.baseAddress, taps)
              (c.in, c.out, c.packed) = (input, output, UnsafePointer(packed.pointer))
              (c.bias, c.y, c.ldy) = (UnsafePointer(bias.pointer), y.pointer, output)
              var d = ck_int8_convolution()
              (d.x, d.ldx, d.windows, d.taps) = (UnsafePointer(q), ld, windows.baseAddress, taps)
              (d.in, d.out, d.packed) = (input, output, UnsafePointer(to))
              d.sums = sums.baseAddress
              (d.scales, d.bias) = (UnsafePointer(weightScales.pointer), UnsafePointer(bias.pointer))
              (d.texts, d.text_scales) = (texts.baseAddress, UnsafePointer(scales.pointer))
              (d.text_zeros, d.missing) = (UnsafePointer(zeros.baseAddress), missing.baseAddress)
              (d.y, d.ldy) = (y.pointer, output)
              let repeats = max(1, Int(2e6 / shape.operations))
              for _ in 0..<rounds {
                floats.add(repeats: repeats) { k.convolve(&c, 0, rows) }
                integers.add(repeats: repeats) {
                  for text in 0..<count {
                    let (first, last) = (text * shape.segment, min(rows, (text + 1) * shape.segment))
                    var (low, high, reciprocal): (Float, Float, Float) = (0, 0, 0)
                    b.range(x.pointer, input, input, first, last, &low, &high)
                    ck_int8_activation_scale(low, high, scales.pointer + text, &reciprocal, &zeros[text])
                    b.quantize(x.pointer, input, input, reciprocal, zeros[text], q, ld, first, last)
                  }
                  b.convolve(&d, 0, rows)
                }
              }
            }
          }
        }
      }
    }
  }
  return IntegerResult(
    floats: String(cString: k.name), integers: String(cString: b.name), shape: shape.name,
    float: shape.operations / floats.best / 1e9, integer: shape.operations / integers.best / 1e9,
    ratio: floats.best / integers.best)
}

/// Each set for bytes with the set for floats that has the same registers.
let integerSets: [(floats: ck_instructions, integers: ck_int8_instructions)] = [
  (CK_AVX2, CK_INT8_AVX2), (CK_AVX2, CK_INT8_AVX_VNNI), (CK_AVX512, CK_INT8_AVX512),
  (CK_AVX512, CK_INT8_AVX512_VNNI), (CK_AVX512, CK_INT8_AMX), (CK_NEON, CK_INT8_NEON), (CK_NEON, CK_INT8_NEON_DOT),
]
