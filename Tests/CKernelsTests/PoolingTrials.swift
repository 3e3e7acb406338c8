import CKernels

private struct Pool: Sendable {
  var segments: [Int]
  var taps: Int
  var stride: Int
  var columns: Int
  var gap = 0

  var name: String { "\(segments), \(taps) taps, stride \(stride), \(columns) columns, gap \(gap)" }
}

private let pools: [Pool] = [
  Pool(segments: [], taps: 2, stride: 2, columns: 3), Pool(segments: [1], taps: 1, stride: 1, columns: 1),
  Pool(segments: [1, 6, 9], taps: 3, stride: 1, columns: 17, gap: 2),
  Pool(segments: [0, 5, 0, 4], taps: 2, stride: 2, columns: 8),
  Pool(segments: [13, 2], taps: 7, stride: 3, columns: 70),
  Pool(segments: [4, 3], taps: 4, stride: 2, columns: 5, gap: 1),
]

let poolingTrials: [Trial] = pools.flatMap { pool in
  [CK_MAX, CK_MEAN].flatMap { windowPools(pool, $0) + segmentPools(pool, $0) }
}

/// Pools the listed rows of each output row; the winners beside the values.
private func pooled(
  _ kind: ck_pooling, _ x: [Double], _ columns: Int, _ rows: [[Int]]
) -> (values: [Double], winners: [Int32]) {
  var values: [Double] = []
  var winners: [Int32] = []
  for candidates in rows {
    for c in 0..<columns {
      let column = candidates.map { x[$0 * columns + c] }
      let largest = column.max() ?? 0
      values.append(kind == CK_MAX ? largest : column.reduce(0, +) / Double(max(column.count, 1)))
      winners.append(column.firstIndex(of: largest).map { Int32(candidates[$0]) } ?? -1)
    }
  }
  return (values, winners)
}

private func trials(
  _ name: String, _ kind: ck_pooling, _ x: Matrix, _ y: Matrix, _ rows: [[Int]], gradientExtent: Int,
  forward: @escaping @Sendable (ck_kernels, Floats, Floats, Integers, Range<Int>) -> Void,
  backward: @escaping @Sendable (ck_kernels, Floats, Floats, Integers, Range<Int>) -> Void
) -> [Trial] {
  let label = (kind == CK_MAX ? "max " : "mean ") + name
  let winners = pooled(CK_MAX, x.elements, x.columns, rows).winners
  return [
    Trial(
      "pool: " + label, extent: y.rows,
      run: { k, ranges, memory in
        let (from, to) = (memory.floats(x.values), memory.floats(y.values))
        let arg = memory.integers(winners.map { _ in -7 })
        for range in ranges { forward(k, from, to, arg, range) }
        return to.values + (kind == CK_MAX ? arg.values.map { Float($0) } : [])
      },
      expected: {
        let (values, winners) = pooled(kind, x.elements, x.columns, rows)
        return y.filled(with: values) + (kind == CK_MAX ? winners.map { Double($0) } : [])
      }),
    Trial(
      "pool gradient: " + label, extent: gradientExtent,
      run: { k, ranges, memory in
        let (gradient, to, arg) = (memory.floats(y.values), memory.floats(x.values), memory.integers(winners))
        for range in ranges { backward(k, gradient, to, arg, range) }
        return to.values
      },
      expected: {
        x.filled(
          with: slopes(x.elements, step: 1e-7) { dot(pooled(kind, $0, x.columns, rows).values, y.elements) })
      }),
  ]
}

private func windowPools(_ pool: Pool, _ kind: ck_pooling) -> [Trial] {
  let geometry = Geometry(segments: pool.segments, taps: pool.taps, stride: pool.stride)
  var source = Source("window " + pool.name)
  let columns = pool.columns
  let x = source.matrix(geometry.inputRows, columns, ld: columns + pool.gap)
  let y = source.matrix(geometry.outputRows, columns, ld: columns + 2 * pool.gap)
  let rows = (0..<geometry.outputRows).map { r in
    (0..<pool.taps).map { Int(geometry.windows[r * pool.taps + $0]) }.filter { $0 >= 0 }
  }
  return trials(
    "windows: " + pool.name, kind, x, y, rows, gradientExtent: x.rows,
    forward: { k, from, to, arg, range in
      k.window_pool(
        kind, from.pointer, x.ld, geometry.windows, pool.taps, columns, to.pointer, y.ld,
        kind == CK_MAX ? arg.pointer : nil, range.lowerBound, range.upperBound)
    },
    backward: { k, gradient, to, arg, range in
      k.window_pool_gradient(
        kind, gradient.pointer, y.ld, geometry.windows, geometry.transposed, pool.taps, columns,
        kind == CK_MAX ? arg.pointer : nil, to.pointer, x.ld, range.lowerBound, range.upperBound)
    })
}

private func segmentPools(_ pool: Pool, _ kind: ck_pooling) -> [Trial] {
  let offsets = Geometry(segments: pool.segments, taps: 1).offsets
  var source = Source("segment " + pool.name)
  let columns = pool.columns
  let x = source.matrix(Int(offsets[offsets.count - 1]), columns, ld: columns + pool.gap)
  let y = source.matrix(pool.segments.count, columns, ld: columns + 2 * pool.gap)
  let rows = pool.segments.indices.map { Array(Int(offsets[$0])..<Int(offsets[$0 + 1])) }
  return trials(
    "segments: " + pool.name, kind, x, y, rows, gradientExtent: y.rows,
    forward: { k, from, to, arg, range in
      k.segment_pool(
        kind, from.pointer, x.ld, offsets, columns, to.pointer, y.ld, kind == CK_MAX ? arg.pointer : nil,
        range.lowerBound, range.upperBound)
    },
    backward: { k, gradient, to, arg, range in
      k.segment_pool_gradient(
        kind, gradient.pointer, y.ld, offsets, columns, kind == CK_MAX ? arg.pointer : nil, to.pointer, x.ld,
        range.lowerBound, range.upperBound)
    })
}
