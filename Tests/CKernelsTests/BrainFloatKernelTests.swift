import CKernels
import Testing

/// The sets of bfloat16 that this machine can run.
private let brainFloatSets: [ck_bf16_instructions] = [
  CK_BF16_SCALAR, CK_BF16_AVX2, CK_BF16_AVX512, CK_BF16_AVX512_BF16, CK_BF16_NEON, CK_BF16_NEON_DOT, CK_BF16_AMX,
].filter { ck_bf16_kernels_for($0) != nil }

/// Kernels of bfloat16 on memory that is exactly as long as it has to be, so that a sanitizer sees an access beside it.
@Suite struct BrainFloatKernelTests {
  private static func kernels(_ place: Int) throws -> ck_bf16_kernels {
    try #require(ck_bf16_kernels_for(brainFloatSets[place])).pointee
  }

  @Test func `numbers are rounded to the nearest, ties to even`() {
    for (value, bits) in [
      (1, 0x3F80), (-1, 0xBF80), (1.001953125, 0x3F80), (1.00390625, 0x3F80), (1.00391, 0x3F81),
      (1.01171875, 0x3F82), (3.1415927, 0x4049), (0, 0), (-0.0, 0x8000), (Float.infinity, 0x7F80),
      (-.infinity, 0xFF80), (.greatestFiniteMagnitude, 0x7F80), (.leastNormalMagnitude, 0x0080),
      (.leastNonzeroMagnitude, 0), (Float(bitPattern: 0x8007_FFFF), 0x8000),
    ] as [(Float, UInt32)] {
      #expect(ck_bf16_round(value) == bits, "\(value)")
    }
    #expect(Float(bitPattern: ck_bf16_round(.nan) << 16).isNaN)
    #expect(Float(bitPattern: ck_bf16_round(.signalingNaN) << 16).isNaN)
    // All of a number in the part that is cut off.
    #expect(Float(bitPattern: ck_bf16_round(Float(bitPattern: 0x7F80_0001)) << 16).isNaN)
  }

  @Test(arguments: brainFloatSets.indices, [1, 2, 3, 7, 16, 31, 32, 33, 64, 65, 130])
  func `rows are rounded number by number`(place: Int, columns: Int) throws {
    let k = try Self.kernels(place)
    var source = Source("rounding \(columns)")
    let (rows, ld) = (5, columns + 3)
    var values = source.floats(rows * ld - 3, -1e5...1e5)
    values[columns / 2] = .nan
    values[ld + columns - 1] = -.infinity
    values[2 * ld] = .leastNonzeroMagnitude
    let memory = Memory()
    let width = (columns + 1) / 2
    let words = memory.integers([Int32](repeating: 0x5555_5555, count: rows * width))
    words.pointer.withMemoryRebound(to: UInt32.self, capacity: rows * width) { words in
      k.round_rows(memory.floats(values).pointer, ld, columns, words, width, 3, 5)
      k.round_rows(memory.floats(values).pointer, ld, columns, words, width, 0, 3)
    }
    let expected = (0..<rows).flatMap { row in
      (0..<width).map { pair in
        let second = 2 * pair + 1 < columns ? ck_bf16_round(values[row * ld + 2 * pair + 1]) : 0
        return Int32(bitPattern: ck_bf16_round(values[row * ld + 2 * pair]) | second << 16)
      }
    }
    #expect(words.values == expected)
  }

  private struct Shape {
    var segments: [Int]
    var taps: Int
    var input: Int
    var output: Int
    var stride = 1
    var dilation = 1
  }

  private static let shapes = [
    Shape(segments: [1], taps: 1, input: 1, output: 1), Shape(segments: [2], taps: 1, input: 33, output: 300),
    Shape(segments: [7], taps: 7, input: 5, output: 9), Shape(segments: [11, 1, 5], taps: 3, input: 17, output: 31),
    Shape(segments: [13], taps: 1, input: 1_030, output: 65), Shape(segments: [3], taps: 1, input: 512, output: 2),
    Shape(segments: Array(repeating: 9, count: 61), taps: 3, input: 96, output: 129),
    Shape(segments: [300, 70], taps: 5, input: 72, output: 40), Shape(segments: [90], taps: 17, input: 40, output: 33),
    Shape(segments: [601, 33], taps: 5, input: 72, output: 20, dilation: 70),
    Shape(segments: [40], taps: 2, input: 0, output: 70),
    Shape(segments: [400, 300], taps: 3, input: 20, output: 50, stride: 2),
    Shape(segments: [1_200, 900], taps: 3, input: 34, output: 260),
  ]

  /// The convolution, the gradients to its input and to its weights.
  private static func run(_ k: ck_bf16_kernels, _ shape: Shape, isReversed: Bool) -> [[Float]] {
    var source = Source("\(shape)")
    let geometry = Geometry(
      segments: shape.segments, taps: shape.taps, stride: shape.stride, dilation: shape.dilation)
    let (taps, input, output, rows) = (shape.taps, shape.input, shape.output, geometry.outputRows)
    let memory = Memory()
    let x = memory.floats(source.floats(geometry.inputRows * input))
    let dy = memory.floats(source.floats(rows * output))
    let w = memory.floats(source.floats(taps * input * output))
    let bias = memory.floats(source.floats(output))
    func ordered(_ count: Int) -> [Int] { isReversed ? (0..<count).reversed() : Array(0..<count) }
    func words(_ count: Int) -> UnsafeMutablePointer<UInt32> {
      UnsafeMutableRawPointer(memory.integers([Int32](repeating: -1, count: count)).pointer).assumingMemoryBound(
        to: UInt32.self)
    }
    func convolved(
      _ x: Floats, _ rows: Int, _ columns: Int, _ windows: [Int32], _ packed: UnsafeMutablePointer<UInt32>,
      _ bias: Floats?, _ outputs: Int
    ) -> [Float] {
      let width = (columns + 1) / 2
      let rounded = words(rows * width)
      k.round_rows(x.pointer, columns, columns, rounded, width, 0, rows)
      let outputRows = windows.count / taps
      let y = memory.floats([Float](repeating: .nan, count: outputRows * outputs))
      let rowsRead = memory.integers(windows)
      var c = ck_bf16_convolution()
      (c.x, c.ldx, c.windows, c.taps) = (UnsafePointer(rounded), width, UnsafePointer(rowsRead.pointer), taps)
      (c.in, c.out, c.packed, c.bias) = (
        columns, outputs, UnsafePointer(packed), bias.map { UnsafePointer($0.pointer) }
      )
      (c.y, c.ldy) = (y.pointer, outputs)
      let middle = isReversed ? outputRows / 3 : outputRows
      k.convolve(&c, middle, outputRows)
      k.convolve(&c, 0, middle)
      return y.values
    }
    let forward = words(k.packed_weights_size(taps, input, output))
    for item in ordered(k.pack_weights_items(taps, input)) {
      k.pack_weights(w.pointer, taps, input, output, forward, item)
    }
    let backward = words(k.packed_weights_size(taps, output, input))
    for item in ordered(k.pack_weights_items(taps, input)) {
      k.pack_weights_transposed(w.pointer, taps, input, output, backward, item)
    }
    let packed = words(k.packed_rows_size(rows, output))
    for item in ordered(k.pack_rows_items(rows, output)) {
      k.pack_rows(dy.pointer, output, rows, output, packed, item)
    }
    let dw = memory.floats([Float](repeating: 0.5, count: taps * input * output))
    let windows = memory.integers(geometry.windows)
    var g = ck_bf16_weight_gradient()
    let width = (input + 1) / 2
    let rounded = words(geometry.inputRows * width)
    k.round_rows(x.pointer, input, input, rounded, width, 0, geometry.inputRows)
    (g.x, g.ldx, g.windows, g.taps) = (UnsafePointer(rounded), width, UnsafePointer(windows.pointer), taps)
    (g.in, g.out, g.rows, g.packed_dy, g.dw) = (input, output, rows, UnsafePointer(packed), dw.pointer)
    let scratch = words(k.weight_gradient_scratch(taps, input, output, rows))
    for item in ordered(k.weight_gradient_items(taps, input, output, rows)) { k.weight_gradient(&g, item, scratch) }
    return [
      convolved(x, geometry.inputRows, input, geometry.windows, forward, bias, output),
      convolved(dy, rows, output, geometry.transposed, backward, nil, input), dw.values,
    ]
  }

  @Test(arguments: brainFloatSets.indices, shapes.indices)
  func `every set computes what the scalar one does, in any order and cut anywhere`(place: Int, shape: Int) throws {
    let shape = Self.shapes[shape]
    let k = try Self.kernels(place)
    let results = Self.run(k, shape, isReversed: false)
    #expect(results == Self.run(k, shape, isReversed: true))
    for (ours, scalar) in zip(results, Self.run(try Self.kernels(0), shape, isReversed: false)) {
      let largest = scalar.reduce(0) { max($0, abs($1)) }
      #expect(zip(ours, scalar).allSatisfy { abs($0 - $1) <= 4e-6 * largest })
    }
  }
}
