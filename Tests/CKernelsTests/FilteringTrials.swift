import CKernels

/// Shapes of convolutions with stride 1; `gap` columns are added to the leading dimensions.
private struct Shape: Sendable {
  var segments: [Int]
  var taps: Int
  var input: Int
  var output: Int
  var dilation = 1
  var gap = 0
  var bias = true
  var accumulate = false

  var name: String {
    "\(segments.count) texts of \(segments.reduce(0, +)) rows, \(input) -> \(output), \(taps) taps, dilation \(dilation)"
      + ", gap \(gap)\(bias ? ", bias" : "")\(accumulate ? ", accumulate" : "")"
  }
  var geometry: Geometry { Geometry(segments: segments, taps: taps, dilation: dilation) }

  /// Tiles of four outputs, built here without the library's help: output p reads the inputs from p - (taps - 1) / 2
  /// dilations on, and so does input p for its gradient, because the windows are symmetric.
  var tiles: [ck_tile] {
    var tiles: [ck_tile] = []
    var start = 0
    for length in segments {
      for residue in 0..<min(dilation, length) {
        let positions = Array(Swift.stride(from: residue, to: length, by: dilation))
        for first in Swift.stride(from: 0, to: positions.count, by: 4) {
          tiles.append(
            ck_tile(
              first: Int32(start + positions[first] - (taps - 1) / 2 * dilation), lower: Int32(start),
              upper: Int32(start + length), output: Int32(start + positions[first]),
              outputs: Int32(min(4, positions.count - first))))
        }
      }
      start += length
    }
    return tiles
  }
}

private let shapes: [Shape] = [
  Shape(segments: [], taps: 3, input: 4, output: 4),
  Shape(segments: [1], taps: 3, input: 1, output: 1),
  Shape(segments: [2, 3], taps: 7, input: 5, output: 9, gap: 3),
  Shape(segments: [4], taps: 5, input: 16, output: 64),
  Shape(segments: [11, 1, 0, 5], taps: 3, input: 17, output: 31, gap: 5),
  Shape(segments: [11, 1, 5], taps: 3, input: 8, output: 16, bias: false, accumulate: true),
  Shape(segments: [30, 10, 10], taps: 5, input: 20, output: 33, dilation: 2),
  Shape(segments: [21, 2], taps: 7, input: 130, output: 70, dilation: 3, gap: 1, bias: false, accumulate: true),
  Shape(segments: [1_900], taps: 3, input: 40, output: 100, gap: 7),
  Shape(segments: [700, 3, 800], taps: 5, input: 33, output: 257),
  Shape(segments: Array(repeating: 9, count: 60), taps: 7, input: 150, output: 129),
]

/// Minimal filtering against the convolution of the scalar set, which has no other way; the tolerance is the library's
/// promise, of which 3 and 5 taps use a tenth.
let filteringTrials: [Trial] = shapes.flatMap { shape -> [Trial] in
  let rows = shape.segments.reduce(0, +)
  var source = Source("filtering " + shape.name)
  let x = source.matrix(rows, shape.input, ld: shape.input + shape.gap)
  let y = source.matrix(rows, shape.output, ld: shape.output + 2 * shape.gap)
  let dx = source.matrix(rows, shape.input, ld: shape.input + shape.gap)
  let w = source.floats(shape.taps * shape.input * shape.output)
  let dw = source.floats(w.count)
  let bias = source.floats(shape.output)
  let tolerance = shape.taps == 7 ? 5e-5 : 1e-5
  return [
    Trial(
      "filtering: " + shape.name, extent: shape.tiles.count, tolerance: tolerance, checked: false,
      run: { k, ranges, memory in
        filter(k, memory, ranges, shape, w, x, y, bias: shape.bias ? bias : nil, isTransposed: false)
      }, expected: { [] }),
    Trial(
      "filtering, input gradient: " + shape.name, extent: shape.tiles.count, tolerance: tolerance, checked: false,
      run: { k, ranges, memory in
        filter(k, memory, ranges, shape, w, y, dx, bias: nil, isTransposed: true)
      }, expected: { [] }),
    Trial(
      // The extent is a fiction here: whole means the items in order, pieces means in the opposite order.
      "filtering, weight gradient: " + shape.name, extent: 8, tolerance: tolerance, checked: false,
      run: { k, ranges, memory in
        gradient(k, memory, shape, x, y, dw, isForward: ranges.count == 1)
      }, expected: { [] }),
  ]
}

private func filter(
  _ k: ck_kernels, _ memory: Memory, _ ranges: [Range<Int>], _ shape: Shape, _ w: [Float], _ x: Matrix, _ y: Matrix,
  bias: [Float]?, isTransposed: Bool
) -> [Float] {
  let weights = memory.floats(w)
  let inputs = memory.floats(x.values)
  let biases = bias.map { memory.floats($0) }
  let result = memory.floats(y.values)
  guard let points = k.filtering_points?(shape.taps) else {
    let size = k.packed_weights_size(shape.taps, x.columns, y.columns)
    let packed = memory.floats([Float](repeating: .nan, count: size))
    k.packWeights(
      weights.pointer, taps: shape.taps, input: shape.input, output: shape.output, transposed: isTransposed,
      into: packed.pointer)
    let rows = memory.integers(isTransposed ? shape.geometry.transposed : shape.geometry.windows)
    var c = ck_convolution()
    c.x = UnsafePointer(inputs.pointer)
    c.ldx = x.ld
    c.windows = UnsafePointer(rows.pointer)
    c.taps = shape.taps
    c.in = x.columns
    c.out = y.columns
    c.packed = UnsafePointer(packed.pointer)
    c.bias = biases.map { UnsafePointer($0.pointer) }
    c.y = result.pointer
    c.ldy = y.ld
    c.accumulate = shape.accumulate
    k.convolve(&c, 0, shape.geometry.outputRows)
    return result.values
  }
  let packed = memory.floats([Float](repeating: .nan, count: k.packed_filter_size(shape.taps, x.columns, y.columns)))
  let room = max(k.packed_filter_scratch(shape.input, shape.output), k.filtering_scratch(shape.taps, x.columns))
  let scratch = memory.floats([Float](repeating: .nan, count: room))
  for point in 0..<points {
    k.pack_filter(
      weights.pointer, shape.taps, shape.input, shape.output, isTransposed, packed.pointer, point, scratch.pointer)
  }
  return shape.tiles.withUnsafeBufferPointer { tiles in
    var f = ck_filtering()
    f.x = UnsafePointer(inputs.pointer)
    f.ldx = x.ld
    f.tiles = tiles.baseAddress
    f.taps = shape.taps
    f.dilation = shape.dilation
    f.in = x.columns
    f.out = y.columns
    f.packed = UnsafePointer(packed.pointer)
    f.bias = biases.map { UnsafePointer($0.pointer) }
    f.y = result.pointer
    f.ldy = y.ld
    f.accumulate = shape.accumulate
    for range in ranges { k.filter(&f, range.lowerBound, range.upperBound, scratch.pointer) }
    return result.values
  }
}

private func gradient(
  _ k: ck_kernels, _ memory: Memory, _ shape: Shape, _ x: Matrix, _ dy: Matrix, _ dw: [Float], isForward: Bool
) -> [Float] {
  let inputs = memory.floats(x.values)
  let gradients = memory.floats(dy.values)
  let result = memory.floats(dw)
  let (taps, input, output) = (shape.taps, shape.input, shape.output)
  guard k.filtering_points != nil else {
    let rows = shape.geometry.outputRows
    let packed = memory.floats([Float](repeating: .nan, count: k.packed_rows_size(rows, output)))
    for item in 0..<k.pack_rows_items(rows, output) {
      k.pack_rows(gradients.pointer, dy.ld, rows, output, packed.pointer, item)
    }
    let windows = memory.integers(shape.geometry.windows)
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
    for item in 0..<k.weight_gradient_items(taps, input, output, rows) { k.weight_gradient(&g, item, scratch.pointer) }
    return result.values
  }
  let count = shape.tiles.count
  let sums = memory.floats([Float](repeating: .nan, count: k.filtering_gradient_sums(taps, input, output, count)))
  let scratch = memory.floats([Float](repeating: .nan, count: k.filtering_gradient_scratch(taps)))
  return shape.tiles.withUnsafeBufferPointer { tiles in
    var g = ck_filtering_gradient()
    g.x = UnsafePointer(inputs.pointer)
    g.ldx = x.ld
    g.tiles = tiles.baseAddress
    g.tile_count = count
    g.taps = taps
    g.dilation = shape.dilation
    g.in = input
    g.out = output
    g.dy = UnsafePointer(gradients.pointer)
    g.lddy = dy.ld
    g.sums = sums.pointer
    g.dw = result.pointer
    let items = 0..<k.filtering_gradient_items(input, output, count)
    for item in isForward ? Array(items) : items.reversed() { k.filtering_gradient(&g, item, scratch.pointer) }
    let cut = isForward ? input : input / 3
    k.fold_filtering_gradient(&g, cut, input)
    k.fold_filtering_gradient(&g, 0, cut)
    return result.values
  }
}
