import CKernels

let normalizationTrials: [Trial] = sizes.flatMap { layerNorms($0) + batchNorms($0) }

private let epsilon: Float = 1e-5

private func mean(_ x: [Double]) -> Double { x.isEmpty ? 0 : x.reduce(0, +) / Double(x.count) }

private func variance(_ x: [Double]) -> Double {
  let m = mean(x)
  return mean(x.map { ($0 - m) * ($0 - m) })
}

private func normalized(_ x: [Double]) -> [Double] {
  let m = mean(x)
  let rstd = 1 / (variance(x) + Double(epsilon)).squareRoot()
  return x.map { ($0 - m) * rstd }
}

private func row(_ m: Matrix, _ r: Int) -> [Double] { (0..<m.columns).map { m[r, $0] } }
private func column(_ m: Matrix, _ c: Int) -> [Double] { (0..<m.rows).map { m[$0, c] } }

private func layerNorms(_ size: Size) -> [Trial] {
  var source = Source("layer norm " + size.name)
  let (rows, columns, ld) = (size.rows, size.columns, size.columns + size.gap)
  let x = source.matrix(rows, columns, ld: ld, -1...3)
  let dy = source.matrix(rows, columns, ld: ld + 1)
  let y = source.matrix(rows, columns, ld: ld)
  let gamma = source.floats(columns, 0.5...1.5)
  let beta = source.floats(columns)
  let statistics = (0..<rows).flatMap { r in
    [Float(mean(row(x, r))), Float(1 / (variance(row(x, r)) + Double(epsilon)).squareRoot())]
  }
  return [
    Trial(
      "layer_norm: " + size.name, extent: rows, tolerance: 5e-6,
      run: { k, ranges, memory in
        let (from, to, kept) = (
          memory.floats(x.values), memory.floats(y.values), memory.floats(statistics.map { _ in 0 })
        )
        let (g, b) = (memory.floats(gamma), memory.floats(beta))
        for range in ranges {
          k.layer_norm(
            from.pointer, x.ld, columns, g.pointer, b.pointer, epsilon, to.pointer, y.ld, kept.pointer,
            range.lowerBound, range.upperBound)
        }
        // A constant row has a huge 1 / sqrt(variance); its logarithm would do as well.
        return to.values + kept.values.map { min($0, 10) }
      },
      expected: {
        let rows = (0..<rows).flatMap { r in
          normalized(row(x, r)).indices.map { normalized(row(x, r))[$0] * Double(gamma[$0]) + Double(beta[$0]) }
        }
        return y.filled(with: rows) + statistics.map { min(Double($0), 10) }
      }),
    Trial(
      "layer_norm_gradient: " + size.name, extent: rows, tolerance: 1e-5, smallest: 1,
      checked: size.isSmall && columns >= 3,
      run: { k, ranges, memory in
        let (from, gradient, to) = (memory.floats(x.values), memory.floats(dy.values), memory.floats(y.values))
        let (g, kept) = (memory.floats(gamma), memory.floats(statistics))
        for range in ranges {
          k.layer_norm_gradient(
            from.pointer, x.ld, columns, g.pointer, kept.pointer, gradient.pointer, dy.ld, to.pointer, y.ld,
            range.lowerBound, range.upperBound)
        }
        return to.values
      },
      // Rows of one or two elements are all curvature; finite differences say nothing there.
      expected: {
        y.filled(
          with: (0..<rows).flatMap { r in
            slopes(row(x, r)) { moved in
              dot(zip(normalized(moved), gamma).map { $0 * Double($1) }, row(dy, r))
            }
          })
      }),
    Trial(
      "layer_norm_parameter_gradient: " + size.name, extent: columns, tolerance: 5e-6,
      checked: columns >= 3,
      run: { k, ranges, memory in
        let (from, gradient, kept) = (memory.floats(x.values), memory.floats(dy.values), memory.floats(statistics))
        let (dgamma, dbeta) = (memory.floats(beta), memory.floats(gamma))
        for range in ranges {
          k.layer_norm_parameter_gradient(
            from.pointer, x.ld, kept.pointer, gradient.pointer, dy.ld, rows, dgamma.pointer, dbeta.pointer,
            range.lowerBound, range.upperBound)
        }
        return dgamma.values + dbeta.values
      },
      expected: {
        let hats = (0..<rows).map { normalized(row(x, $0)) }
        let dgamma = (0..<columns).map { c in
          Double(beta[c]) + (0..<rows).reduce(0) { $0 + dy[$1, c] * hats[$1][c] }
        }
        return dgamma + (0..<columns).map { c in Double(gamma[c]) + column(dy, c).reduce(0, +) }
      }),
  ]
}

private func batchNorms(_ size: Size) -> [Trial] {
  var source = Source("batch norm " + size.name)
  let (rows, columns, ld) = (size.rows, size.columns, size.columns + size.gap)
  let x = source.matrix(rows, columns, ld: ld, 3...5)
  let dy = source.matrix(rows, columns, ld: ld + 1)
  let y = source.matrix(rows, columns, ld: ld)
  let gamma = source.floats(columns, 0.5...1.5)
  let beta = source.floats(columns)
  let means = (0..<columns).map { Float(mean(column(x, $0))) }
  let rstds = (0..<columns).map { Float(1 / (variance(column(x, $0)) + Double(epsilon)).squareRoot()) }
  let sums = (0..<columns).flatMap { c in
    [Float(column(dy, c).reduce(0, +)), Float(dot(column(dy, c), normalized(column(x, c))))]
  }
  // One row has no variance and two rows are all curvature.
  let isSmooth = rows >= 3
  return [
    Trial(
      "column_moments: " + size.name, extent: columns,
      run: { k, ranges, memory in
        let (from, m, v) = (memory.floats(x.values), memory.floats(gamma), memory.floats(beta))
        for range in ranges {
          k.column_moments(from.pointer, x.ld, rows, m.pointer, v.pointer, range.lowerBound, range.upperBound)
        }
        return m.values + v.values
      },
      expected: {
        (0..<columns).map { mean(column(x, $0)) } + (0..<columns).map { variance(column(x, $0)) }
      }),
    Trial(
      "batch_norm: " + size.name, extent: rows, tolerance: 1e-5,
      checked: isSmooth,
      run: { k, ranges, memory in
        let (from, to, g, b) = (
          memory.floats(x.values), memory.floats(y.values), memory.floats(gamma), memory.floats(beta)
        )
        let (m, s) = (memory.floats(means), memory.floats(rstds))
        for range in ranges {
          k.batch_norm(
            from.pointer, x.ld, columns, m.pointer, s.pointer, g.pointer, b.pointer, to.pointer, y.ld,
            range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: {
        let hats = (0..<columns).map { normalized(column(x, $0)) }
        return y.filled(
          with: (0..<rows).flatMap { r in
            (0..<columns).map { hats[$0][r] * Double(gamma[$0]) + Double(beta[$0]) }
          })
      }),
    Trial(
      "batch_norm_parameter_gradient: " + size.name, extent: columns, tolerance: 1e-5,
      checked: isSmooth,
      run: { k, ranges, memory in
        let (from, gradient, m, s) = (
          memory.floats(x.values), memory.floats(dy.values), memory.floats(means), memory.floats(rstds)
        )
        let (dgamma, dbeta, totals) = (memory.floats(beta), memory.floats(gamma), memory.floats(sums.map { _ in gap }))
        for range in ranges {
          k.batch_norm_parameter_gradient(
            from.pointer, x.ld, m.pointer, s.pointer, gradient.pointer, dy.ld, rows, dgamma.pointer, dbeta.pointer,
            totals.pointer, range.lowerBound, range.upperBound)
        }
        return dgamma.values + dbeta.values + totals.values
      },
      expected: {
        (0..<columns).map { Double(beta[$0]) + Double(sums[2 * $0 + 1]) }
          + (0..<columns).map { Double(gamma[$0]) + Double(sums[2 * $0]) } + sums.map { Double($0) }
      }),
    Trial(
      "batch_norm_gradient: " + size.name, extent: rows, tolerance: 2e-5,
      checked: isSmooth && size.isSmall,
      run: { k, ranges, memory in
        let (from, gradient, m, s) = (
          memory.floats(x.values), memory.floats(dy.values), memory.floats(means), memory.floats(rstds)
        )
        let (g, totals, to) = (memory.floats(gamma), memory.floats(sums), memory.floats(y.values))
        for range in ranges {
          k.batch_norm_gradient(
            from.pointer, x.ld, columns, m.pointer, s.pointer, g.pointer, totals.pointer, rows, gradient.pointer,
            dy.ld, to.pointer, y.ld, range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: {
        let gradients = (0..<columns).map { c in
          slopes(column(x, c)) { moved in dot(normalized(moved).map { $0 * Double(gamma[c]) }, column(dy, c)) }
        }
        return y.filled(with: (0..<rows).flatMap { r in (0..<columns).map { gradients[$0][r] } })
      }),
  ]
}
