import CKernels

/// Shapes of convolutions and dense products; `gap` columns are added to the leading dimensions.
private struct Shape: Sendable {
  var segments: [Int]
  var taps: Int
  var input: Int
  var output: Int
  var stride = 1
  var dilation = 1
  var gap = 0
  var bias = true
  var accumulate = false

  var name: String {
    "\(segments.count) texts of \(segments.reduce(0, +)) rows, \(input) -> \(output), \(taps) taps, stride \(stride)"
      + ", dilation \(dilation), gap \(gap)\(bias ? ", bias" : "")\(accumulate ? ", accumulate" : "")"
  }
  var geometry: Geometry { Geometry(segments: segments, taps: taps, stride: stride, dilation: dilation) }
  var isSmall: Bool { segments.reduce(0, +) * input * output * taps < 60_000 }
}

private let shapes: [Shape] = [
  Shape(segments: [], taps: 3, input: 4, output: 4),
  Shape(segments: [1], taps: 1, input: 1, output: 1),
  Shape(segments: [1], taps: 1, input: 33, output: 300),
  Shape(segments: [1], taps: 7, input: 5, output: 9, gap: 3),
  Shape(segments: [2], taps: 1, input: 70, output: 130),
  Shape(segments: [3], taps: 1, input: 512, output: 2, gap: 1),
  Shape(segments: [13], taps: 1, input: 600, output: 65, bias: false),
  Shape(segments: [7], taps: 2, input: 16, output: 64),
  Shape(segments: [11, 1, 5], taps: 3, input: 17, output: 31, gap: 5),
  Shape(segments: [11, 1, 5], taps: 3, input: 8, output: 16, bias: false, accumulate: true),
  Shape(segments: [6, 9], taps: 4, input: 3, output: 47, stride: 2, gap: 2),
  Shape(segments: [10, 10, 10], taps: 5, input: 20, output: 33, dilation: 2),
  Shape(segments: [5, 20, 3], taps: 7, input: 130, output: 70, stride: 2, bias: false, accumulate: true),
  Shape(segments: [300], taps: 6, input: 40, output: 100, gap: 7),
  Shape(segments: Array(repeating: 9, count: 60), taps: 3, input: 96, output: 129),
]

extension ck_kernels {
  /// Packs all items, from the last to the first, since they may run in any order.
  func packWeights(
    _ w: UnsafePointer<Float>, taps: Int, input: Int, output: Int, transposed: Bool,
    into packed: UnsafeMutablePointer<Float>
  ) {
    for item in (0..<pack_weights_items(taps, input)).reversed() {
      if transposed {
        pack_weights_transposed(w, taps, input, output, packed, item)
      } else {
        pack_weights(w, taps, input, output, packed, item)
      }
    }
  }
}

let convolutionTrials: [Trial] = shapes.flatMap { shape -> [Trial] in
  let geometry = shape.geometry
  var source = Source(shape.name)
  let x = source.matrix(geometry.inputRows, shape.input, ld: shape.input + shape.gap)
  let y = source.matrix(geometry.outputRows, shape.output, ld: shape.output + 2 * shape.gap)
  let dx = source.matrix(geometry.inputRows, shape.input, ld: shape.input + shape.gap)
  let w = source.floats(shape.taps * shape.input * shape.output)
  let bias = source.floats(shape.output)
  return [
    Trial(
      "convolve: " + shape.name, extent: geometry.outputRows,
      checked: shape.isSmall,
      run: { k, ranges, memory in
        let size = k.packed_weights_size(shape.taps, shape.input, shape.output)
        let packed = memory.floats([Float](repeating: .nan, count: size))
        k.packWeights(
          memory.floats(w).pointer, taps: shape.taps, input: shape.input, output: shape.output, transposed: false,
          into: packed.pointer)
        return convolve(
          k, memory, ranges, x, geometry.windows, shape.taps, packed, shape.bias ? bias : nil, y, shape.accumulate)
      },
      expected: {
        let biases = (0..<geometry.outputRows).flatMap { _ in bias.map { shape.bias ? Double($0) : 0 } }
        let start = shape.accumulate ? y.elements : biases
        return y.filled(with: product(x, geometry, w.map { Double($0) }, shape.output, start))
      }),
    Trial(
      "input gradient: " + shape.name, extent: geometry.inputRows,
      checked: shape.isSmall && geometry.inputRows * shape.input <= 300,
      run: { k, ranges, memory in
        let size = k.packed_weights_size(shape.taps, shape.output, shape.input)
        let packed = memory.floats([Float](repeating: .nan, count: size))
        k.packWeights(
          memory.floats(w).pointer, taps: shape.taps, input: shape.input, output: shape.output, transposed: true,
          into: packed.pointer)
        return convolve(k, memory, ranges, y, geometry.transposed, shape.taps, packed, nil, dx, false)
      },
      expected: {
        let dy = y.elements
        return dx.filled(
          with: slopes(x.elements) { moved in
            dot(product(x, geometry, w.map { Double($0) }, shape.output, nil, moved), dy)
          })
      }),
    weightGradientTrial(shape, geometry, x, y),
  ]
}

private func weightGradientTrial(_ shape: Shape, _ geometry: Geometry, _ x: Matrix, _ dy: Matrix) -> Trial {
  var source = Source("dw " + shape.name)
  let dw = source.floats(shape.taps * shape.input * shape.output)
  return Trial(
    // The extent is a fiction here: whole means the items in order, pieces means in the opposite order.
    "weight gradient: " + shape.name, extent: 8,
    checked: shape.isSmall && dw.count <= 300,
    run: { k, ranges, memory in
      let (taps, input, output, rows) = (shape.taps, shape.input, shape.output, geometry.outputRows)
      let gradients = memory.floats(dy.values)
      let packed = memory.floats([Float](repeating: .nan, count: k.packed_rows_size(rows, output)))
      let result = memory.floats(dw)
      let inputs = memory.floats(x.values)
      let windows = memory.integers(geometry.windows)
      let scratch = memory.floats([Float](repeating: .nan, count: k.weight_gradient_scratch(taps, input, output, rows)))
      var g = ck_weight_gradient()
      g.x = UnsafePointer(inputs.pointer)
      g.ldx = x.ld
      g.windows = UnsafePointer(windows.pointer)
      g.taps = taps
      g.in = input
      g.out = output
      g.rows = rows
      g.packed_dy = UnsafePointer(packed.pointer)
      g.dw = result.pointer
      let forward = ranges.count == 1
      let packs = 0..<k.pack_rows_items(rows, output)
      for item in forward ? Array(packs) : packs.reversed() {
        k.pack_rows(gradients.pointer, dy.ld, rows, output, packed.pointer, item)
      }
      let items = 0..<k.weight_gradient_items(taps, input, output, rows)
      for item in forward ? Array(items) : items.reversed() { k.weight_gradient(&g, item, scratch.pointer) }
      return result.values
    },
    expected: {
      let gradients = dy.elements
      let zero = [Double](repeating: 0, count: dw.count)
      let added = slopes(zero) { w in dot(product(x, geometry, w, shape.output, nil), gradients) }
      return zip(dw, added).map { Double($0) + $1 }
    })
}

private func convolve(
  _ k: ck_kernels, _ memory: Memory, _ ranges: [Range<Int>], _ x: Matrix, _ windows: [Int32], _ taps: Int,
  _ packed: Floats,
  _ bias: [Float]?, _ y: Matrix, _ accumulate: Bool
) -> [Float] {
  let inputs = memory.floats(x.values)
  let rows = memory.integers(windows)
  let biases = bias.map { memory.floats($0) }
  let result = memory.floats(y.values)
  var c = ck_convolution()
  c.x = UnsafePointer(inputs.pointer)
  c.ldx = x.ld
  c.windows = UnsafePointer(rows.pointer)
  c.taps = taps
  c.in = x.columns
  c.out = y.columns
  c.packed = UnsafePointer(packed.pointer)
  c.bias = biases.map { UnsafePointer($0.pointer) }
  c.y = result.pointer
  c.ldy = y.ld
  c.accumulate = accumulate
  for range in ranges { k.convolve(&c, range.lowerBound, range.upperBound) }
  return result.values
}

/// The convolution in double precision; `elements` replace those of x.
private func product(
  _ x: Matrix, _ geometry: Geometry, _ w: [Double], _ output: Int, _ start: [Double]?, _ elements: [Double]? = nil
) -> [Double] {
  let input = x.columns
  let values = elements ?? x.elements
  var y = start ?? [Double](repeating: 0, count: geometry.outputRows * output)
  for (i, row) in geometry.windows.enumerated() where row >= 0 {
    let (r, tap) = (i / geometry.taps, i % geometry.taps)
    for k in 0..<input {
      for o in 0..<output {
        y[r * output + o] += values[Int(row) * input + k] * w[(tap * input + k) * output + o]
      }
    }
  }
  return y
}
