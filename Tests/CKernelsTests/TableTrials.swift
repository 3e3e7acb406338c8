import CKernels

private struct Table: Sendable {
  let taps: Int
  let units: Int
  let bias: Bool
}

private let tables = [
  Table(taps: 1, units: 1, bias: true), Table(taps: 3, units: 11, bias: false), Table(taps: 7, units: 40, bias: true),
]

let tableTrials: [Trial] = sizes.flatMap { size in tables.flatMap { lookups(size, $0) } + moves(size) }

private func lookups(_ size: Size, _ table: Table) -> [Trial] {
  let name = size.name + ", \(table.taps) taps, \(table.units) units"
  var source = Source(name)
  let (rows, out, ld) = (size.rows, size.columns, size.columns + size.gap)
  let weights = source.floats(table.taps * table.units * out)
  let bias = source.floats(out)
  let units = (0..<rows * table.taps).map { _ in Int32(source.integer(below: table.units + 1)) - 1 }
  let y = source.matrix(rows, out, ld: ld)
  let dtable = source.floats(weights.count)
  return [
    Trial(
      "gather_convolve: " + name, extent: rows,
      run: { k, ranges, memory in
        let (t, u, b, to) = (
          memory.floats(weights), memory.integers(units), memory.floats(bias), memory.floats(y.values)
        )
        for range in ranges {
          k.gather_convolve(
            t.pointer, table.taps, table.units, out, u.pointer, table.bias ? b.pointer : nil, to.pointer, ld,
            range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: {
        var sums = (0..<rows).flatMap { _ in bias.map { table.bias ? Double($0) : 0 } }
        for (i, unit) in units.enumerated() where unit >= 0 {
          for o in 0..<out {
            sums[i / table.taps * out + o] += Double(weights[(i % table.taps * table.units + Int(unit)) * out + o])
          }
        }
        return y.filled(with: sums)
      }),
    Trial(
      "scatter_gradient: " + name, extent: out,
      run: { k, ranges, memory in
        let (d, u, to) = (memory.floats(y.values), memory.integers(units), memory.floats(dtable))
        for range in ranges {
          k.scatter_gradient(
            d.pointer, ld, rows, u.pointer, table.taps, table.units, out, to.pointer, range.lowerBound,
            range.upperBound)
        }
        return to.values
      },
      expected: {
        var sums = [Double](repeating: 0, count: dtable.count)
        for (i, unit) in units.enumerated() where unit >= 0 {
          for o in 0..<out {
            sums[(i % table.taps * table.units + Int(unit)) * out + o] += y[i / table.taps, o]
          }
        }
        return sums
      }),
  ]
}

private func moves(_ size: Size) -> [Trial] {
  var source = Source("moves " + size.name)
  let (rows, columns, ld) = (size.rows, size.columns, size.columns + size.gap)
  let others = 2 * rows + 1
  let x = source.matrix(others, columns, ld: ld)
  let y = source.matrix(rows, columns, ld: ld)
  let picked = (0..<rows).map { _ in Int32(source.integer(below: others + 1)) - 1 }
  // Every second row once, so that ranges may be added in any order, and some not at all.
  let distinct = (0..<rows).map { $0 % 4 == 2 ? Int32(-1) : Int32(2 * (rows - 1 - $0)) }
  return [
    Trial(
      "gather_rows: " + size.name, extent: rows,
      run: { k, ranges, memory in
        let (from, index, to) = (memory.floats(x.values), memory.integers(picked), memory.floats(y.values))
        for range in ranges {
          k.gather_rows(
            from.pointer, ld, index.pointer, columns, to.pointer, ld, range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: {
        y.filled(with: picked.flatMap { row in (0..<columns).map { row < 0 ? 0 : x[Int(row), $0] } })
      }),
    scatter("distinct rows, " + size.name, distinct, x, y, extent: rows),
    scatter("repeated rows, " + size.name, picked, x, y, extent: 1),
  ]
}

private func scatter(_ name: String, _ index: [Int32], _ x: Matrix, _ y: Matrix, extent: Int) -> Trial {
  Trial(
    "scatter_rows: " + name, extent: extent,
    run: { k, ranges, memory in
      let (from, rows, to) = (memory.floats(y.values), memory.integers(index), memory.floats(x.values))
      for range in extent == 1 ? [0..<y.rows] : ranges {
        k.scatter_rows(
          to.pointer, x.ld, rows.pointer, x.columns, from.pointer, y.ld, range.lowerBound, range.upperBound)
      }
      return to.values
    },
    expected: {
      var sums = x.elements
      for (r, row) in index.enumerated() where row >= 0 {
        for c in 0..<x.columns { sums[Int(row) * x.columns + c] += y[r, c] }
      }
      return x.filled(with: sums)
    })
}
