import CKernels
import Testing

/// The sets for bytes, besides the scalar one, that this machine can run.
let integerSets: [ck_int8_instructions] = [
  CK_INT8_AVX2, CK_INT8_AVX_VNNI, CK_INT8_AVX512, CK_INT8_AVX512_VNNI, CK_INT8_NEON, CK_INT8_NEON_DOT,
  CK_INT8_AMX,
].filter { ck_int8_kernels_for($0) != nil }

/// A convolution in bytes with everything that it reads.
struct IntegerCase: Sendable, CustomTestStringConvertible {
  let segments: [Int]
  let taps: Int
  let input: Int
  let output: Int
  var bias = true
  /// Nil for random numbers, else what every byte and every weight is: the sums that come nearest to overflowing.
  var extreme: (activation: UInt8, weight: Int8)?

  var testDescription: String { "\(segments) rows, \(taps) x \(input) -> \(output) \(extreme.map { "\($0)" } ?? "")" }

  static let all: [IntegerCase] = [
    IntegerCase(segments: [1], taps: 1, input: 1, output: 1),
    IntegerCase(segments: [5, 1, 3], taps: 3, input: 4, output: 8),
    IntegerCase(segments: [7, 2], taps: 5, input: 13, output: 21, bias: false),
    IntegerCase(segments: [40, 61, 3], taps: 3, input: 30, output: 70),
    IntegerCase(segments: [300], taps: 2, input: 17, output: 130),
    IntegerCase(segments: [2], taps: 64, input: 3, output: 5),
    IntegerCase(segments: [1, 1], taps: 1, input: 515, output: 67),
    IntegerCase(segments: [9], taps: 3, input: 256, output: 40, extreme: (127, 127)),
    IntegerCase(segments: [9], taps: 3, input: 256, output: 40, extreme: (127, -127)),
    IntegerCase(segments: [3], taps: 1, input: 131_072, output: 3, extreme: (127, -128)),
  ]

  /// Quantizes rows of floats and convolves, range by range, and returns the bits of all that was written.
  func run(_ kernels: ck_int8_kernels, cut: Bool = false) -> (bytes: [UInt8], y: [UInt32], sums: [Int32]) {
    var source = Source(testDescription)
    let geometry = Geometry(segments: segments, taps: taps)
    let rows = geometry.inputRows
    let ld = (input + 3) / 4 * 4 + 4
    let x = source.floats(rows * input, -3...5)
    var weights = (0..<output * input * taps).map { _ in Int8(source.integer(below: 255) - 127) }
    var (bytes, texts) = ([UInt8](repeating: 3, count: rows * ld), [Int32]())
    var (scales, zeros) = ([Float](), [UInt8]())
    for text in segments.indices {
      let (first, last) = (Int(geometry.offsets[text]), Int(geometry.offsets[text + 1]))
      texts += [Int32](repeating: Int32(text), count: last - first)
      var (low, high, scale, reciprocal, zero): (Float, Float, Float, Float, UInt8) = (0, 0, 0, 0, 0)
      let middle = cut ? (first + last) / 2 : first
      kernels.range(x, input, input, first, middle, &low, &high)
      kernels.range(x, input, input, middle, last, &low, &high)
      ck_int8_activation_scale(low, high, &scale, &reciprocal, &zero)
      kernels.quantize(x, input, input, reciprocal, zero, &bytes, ld, middle, last)
      kernels.quantize(x, input, input, reciprocal, zero, &bytes, ld, first, middle)
      scales.append(scale)
      zeros.append(zero)
    }
    if let extreme {
      bytes = bytes.map { _ in extreme.activation }
      weights = weights.map { _ in extreme.weight }
      zeros = zeros.map { _ in 0 }
    }
    let missing = (0..<128).flatMap { [UInt8](repeating: UInt8($0), count: ld) }
    let (weightScales, biases) = (source.floats(output, 0.001...0.1), source.floats(output))
    var packed = [Int8](repeating: 0, count: kernels.packed_size(taps, input, output))
    var sums = [Int32](repeating: 0, count: output)
    kernels.pack(weights, taps, input, output, &packed, &sums)
    let ldy = output + 3
    var y = [Float](repeating: gap, count: rows * ldy)
    let total = sums
    y.withUnsafeMutableBufferPointer { y in
      withExtendedLifetime((bytes, geometry, packed, total, weightScales, biases, texts, scales, zeros, missing)) {
        bytes.withUnsafeBufferPointer { bytes in
          geometry.windows.withUnsafeBufferPointer { windows in
            packed.withUnsafeBufferPointer { packed in
              total.withUnsafeBufferPointer { total in
                weightScales.withUnsafeBufferPointer { weightScales in
                  biases.withUnsafeBufferPointer { biases in
                    texts.withUnsafeBufferPointer { texts in
                      scales.withUnsafeBufferPointer { scales in
                        zeros.withUnsafeBufferPointer { zeros in
                          missing.withUnsafeBufferPointer { missing in
                            var c = ck_int8_convolution()
                            (c.x, c.ldx, c.windows, c.taps) = (bytes.baseAddress, ld, windows.baseAddress, taps)
                            (c.in, c.out, c.packed) = (input, output, packed.baseAddress)
                            c.sums = total.baseAddress
                            (c.scales, c.bias) = (weightScales.baseAddress, bias ? biases.baseAddress : nil)
                            (c.texts, c.text_scales) = (texts.baseAddress, scales.baseAddress)
                            (c.text_zeros, c.missing) = (zeros.baseAddress, missing.baseAddress)
                            (c.y, c.ldy) = (y.baseAddress, ldy)
                            let cuts = cut ? [0, rows / 3, rows / 2, rows] : [0, rows]
                            for (lower, upper) in zip(cuts, cuts.dropFirst()).reversed() {
                              kernels.convolve(&c, lower, upper)
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return (bytes, y.map(\.bitPattern), sums)
  }
}

@Suite("Kernels for bytes")
struct IntegerKernelTests {
  @Test("Every set gives the scalar one's bits", arguments: integerSets, IntegerCase.all)
  func agreement(set: ck_int8_instructions, integerCase: IntegerCase) throws {
    let expected = integerCase.run(try #require(ck_int8_kernels_for(CK_INT8_SCALAR)).pointee)
    let kernels = try #require(ck_int8_kernels_for(set)).pointee
    for cut in [false, true] {
      let actual = integerCase.run(kernels, cut: cut)
      #expect(actual.bytes == expected.bytes)
      #expect(actual.sums == expected.sums)
      #expect(actual.y == expected.y)
    }
  }

  @Test("The scalar set computes the exact sum", arguments: [Int8(127), -127, -128])
  func exact(weight: Int8) throws {
    let kernels = try #require(ck_int8_kernels_for(CK_INT8_SCALAR)).pointee
    let integerCase = IntegerCase(
      segments: [1], taps: 1, input: 1_024, output: 1, bias: false, extreme: (activation: 127, weight: weight))
    var source = Source(integerCase.testDescription)
    let x = source.floats(1_024, -3...5)
    let scale = (x.max()! - x.min()!) / 127
    _ = (0..<1_024).map { _ in source.integer(below: 255) }
    let expected = Float(127 * 1_024 * Int(weight)) * (scale * source.floats(1, 0.001...0.1)[0])
    #expect(Float(bitPattern: integerCase.run(kernels).y[0]) == expected)
  }

  @Test("Quantized activations are within half a step, and zero is exact", arguments: integerSets + [CK_INT8_SCALAR])
  func rounding(set: ck_int8_instructions) throws {
    let kernels = try #require(ck_int8_kernels_for(set)).pointee
    var source = Source("rounding")
    for range in [Float(-1)...1, 0...7, -3...(-1), 0...0, -1e-30...1e30] {
      let x = source.floats(37, range) + [0]
      var (low, high, scale, reciprocal, zero): (Float, Float, Float, Float, UInt8) = (0, 0, 0, 0, 0)
      kernels.range(x, 38, 38, 0, 1, &low, &high)
      ck_int8_activation_scale(low, high, &scale, &reciprocal, &zero)
      var bytes = [UInt8](repeating: 255, count: 38)
      kernels.quantize(x, 38, 38, reciprocal, zero, &bytes, 38, 0, 1)
      #expect(bytes.allSatisfy { $0 <= 127 } && bytes[37] == zero)
      for (value, byte) in zip(x, bytes) {
        #expect(abs(value - scale * Float(Int(byte) - Int(zero))) <= 1.001 * scale)
      }
    }
  }

  @Test("What is not finite shows in the scale", arguments: integerSets + [CK_INT8_SCALAR])
  func nonFinite(set: ck_int8_instructions) throws {
    let kernels = try #require(ck_int8_kernels_for(set)).pointee
    for bad in [Float.nan, .infinity, -.infinity] {
      for place in [0, 20, 36] {
        var x = [Float](repeating: 1, count: 37)
        x[place] = bad
        var (low, high, scale, reciprocal, zero): (Float, Float, Float, Float, UInt8) = (0, 0, 0, 0, 0)
        kernels.range(x, 37, 37, 0, 1, &low, &high)
        ck_int8_activation_scale(low, high, &scale, &reciprocal, &zero)
        #expect(!scale.isFinite)
        var bytes = [UInt8](repeating: 255, count: 37)
        kernels.quantize(x, 37, 37, reciprocal, zero, &bytes, 37, 0, 1)
        #expect(bytes.allSatisfy { $0 <= 127 })
      }
    }
  }

  @Test("Rows of a quantized table are summed as their values are")
  func gather() {
    var source = Source("gather")
    let table = (0..<16 * 3).map { _ in Int8(source.integer(below: 255) - 127) }
    let scales = source.floats(4, 0.01...1)
    let (rows, offsets): ([Int32], [Int32]) = ([3, -1, 15, 0, 3, 7], [0, 2, 2, 6])
    var y: [Float] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    var expected = y
    for segment in 0..<3 {
      for entry in offsets[segment]..<offsets[segment + 1] where rows[Int(entry)] >= 0 {
        let row = Int(rows[Int(entry)])
        for c in 0..<3 { expected[segment * 3 + c] += 0.5 * scales[row >> 2] * Float(table[row * 3 + c]) }
      }
    }
    ck_int8_gather_sum(table, 3, scales, 2, rows, offsets, [Float](repeating: 0.5, count: 6), &y, 3, 0, 3)
    for (actual, wanted) in zip(y, expected) { #expect(abs(actual - wanted) <= 1e-5 * max(1, abs(wanted))) }
  }
}
