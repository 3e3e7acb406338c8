import CKernels

let vectorTrials: [Trial] = [0, 1, 7, 8, 16, 31, 64, 1003].flatMap { vectors($0) } + sizes.flatMap { matrices($0) }

private func vectors(_ count: Int) -> [Trial] {
  var source = Source("vectors \(count)")
  let (x, y) = (source.floats(count), source.floats(count))
  let (m, v) = (source.floats(count), source.floats(count, 0...1))
  let settings = ck_adamw(
    beta1: 0.9, beta2: 0.98, epsilon: 1e-6, step_size: 0.01, sqrt_correction2: 0.3, decay: 0.001, gradient_scale: 0.5)

  @Sendable func trial(
    _ name: String,
    _ run: @escaping @Sendable (ck_kernels, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void,
    _ formula: @escaping @Sendable (Double, Double) -> Double
  ) -> Trial {
    Trial(
      name + ": \(count)", extent: count,
      run: { k, ranges, memory in
        let (from, to) = (memory.floats(x), memory.floats(y))
        for range in ranges { run(k, from.pointer + range.lowerBound, to.pointer + range.lowerBound, range.count) }
        return to.values
      },
      expected: { zip(x, y).map { formula(Double($0), Double($1)) } })
  }

  return [
    trial("fill", { k, _, y, n in k.fill(y, 2.5, n) }, { _, _ in 2.5 }),
    trial("axpy", { k, x, y, n in k.axpy(0.7, x, y, n) }, { 0.7 * $0 + $1 }),
    trial("axpby", { k, x, y, n in k.axpby(0.7, x, -0.3, y, n) }, { 0.7 * $0 - 0.3 * $1 }),
    Trial(
      "adamw: \(count)", extent: count,
      run: { k, ranges, memory in
        let (p, g, first, second) = (memory.floats(x), memory.floats(y), memory.floats(m), memory.floats(v))
        var a = settings
        for range in ranges {
          let i = range.lowerBound
          k.adamw(&a, p.pointer + i, g.pointer + i, first.pointer + i, second.pointer + i, range.count)
        }
        return p.values + first.values + second.values
      },
      expected: {
        let (b1, b2) = (Double(settings.beta1), Double(settings.beta2))
        let g = y.map { Double($0) * Double(settings.gradient_scale) }
        let first = zip(m, g).map { b1 * Double($0) + (1 - b1) * $1 }
        let second = zip(v, g).map { b2 * Double($0) + (1 - b2) * $1 * $1 }
        let p = x.indices.map { i -> Double in
          let root = second[i].squareRoot() / Double(settings.sqrt_correction2) + Double(settings.epsilon)
          return Double(x[i]) - Double(settings.step_size) * first[i] / root - Double(settings.decay) * Double(x[i])
        }
        return p + first + second
      }),
  ]
}

private func matrices(_ size: Size) -> [Trial] {
  var source = Source("matrices " + size.name)
  let (rows, columns, ld) = (size.rows, size.columns, size.columns + size.gap)
  let x = source.matrix(rows, columns, ld: ld)
  let y = source.matrix(rows, columns, ld: ld + size.gap)
  let sums = source.floats(columns)

  @Sendable func trial(
    _ name: String,
    _ run: @escaping @Sendable (ck_kernels, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Range<Int>) -> Void,
    _ formula: @escaping @Sendable (Int, Double, Double) -> Double
  ) -> Trial {
    Trial(
      name + ": " + size.name, extent: rows,
      run: { k, ranges, memory in
        let (from, to) = (memory.floats(x.values), memory.floats(y.values))
        for range in ranges { run(k, from.pointer, to.pointer, range) }
        return to.values
      },
      expected: {
        let (a, b) = (x.elements, y.elements)
        return y.filled(with: a.indices.map { formula($0, a[$0], b[$0]) })
      })
  }
  @Sendable func dropout(_ rate: Float) -> Trial {
    let key: UInt64 = 0x0123_4567_89AB_CDEF
    return trial(
      "dropout \(rate)",
      { k, from, to, range in
        k.dropout(rate, key, from, x.ld, columns, to, y.ld, range.lowerBound, range.upperBound)
      },
      { i, x, _ in
        let keeps = Double(ck_random_word(key, UInt64(i))) >= Double(rate) * 4_294_967_296
        return keeps ? x / (1 - Double(rate)) : 0
      })
  }

  return [
    trial(
      "add_rows", { k, a, b, range in k.add_rows(a, x.ld, columns, b, y.ld, range.lowerBound, range.upperBound) },
      { $1 + $2 }),
    trial(
      "copy_rows", { k, a, b, range in k.copy_rows(a, x.ld, columns, b, y.ld, range.lowerBound, range.upperBound) },
      { $1 + 0 * $2 }),
    dropout(0), dropout(0.3), dropout(0.999),
    Trial(
      "column_sums: " + size.name, extent: columns,
      run: { k, ranges, memory in
        let (from, to) = (memory.floats(x.values), memory.floats(sums))
        for range in ranges {
          k.column_sums(from.pointer, x.ld, rows, to.pointer, range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: { (0..<columns).map { c in (0..<rows).reduce(Double(sums[c])) { $0 + x[$1, c] } } }),
  ]
}
