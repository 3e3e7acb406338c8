import CKernels
import Foundation

let lossTrials: [Trial] = sizes.flatMap { size in [0, 0.1].flatMap { losses(size, smoothing: $0) } }

private func softmax(_ x: [Double]) -> [Double] {
  let largest = x.max() ?? 0
  let exponentials = x.map { exp($0 - largest) }
  let sum = exponentials.reduce(0, +)
  return exponentials.map { $0 / sum }
}

private func crossEntropy(_ x: [Double], _ label: Int, _ smoothing: Double) -> Double {
  guard label >= 0 else { return 0 }
  return softmax(x).enumerated().reduce(0) { sum, p in
    sum - ((p.offset == label ? 1 - smoothing : 0) + smoothing / Double(x.count)) * log(p.element)
  }
}

private func losses(_ size: Size, smoothing: Float) -> [Trial] {
  let name = size.name + ", smoothing \(smoothing)"
  var source = Source(name)
  let (rows, columns, ld) = (size.rows, size.columns, size.columns + size.gap)
  let x = source.matrix(rows, columns, ld: ld, -6...6)
  let y = source.matrix(rows, columns, ld: ld + 2)
  let labels = (0..<rows).map { _ in Int32(source.integer(below: columns + 1)) - 1 }
  let scale: Float = 0.25
  @Sendable func row(_ r: Int) -> [Double] { (0..<columns).map { x[r, $0] } }

  return [
    Trial(
      "softmax: " + name, extent: rows, tolerance: 1e-5, elementwise: true,
      run: { k, ranges, memory in
        let (from, to) = (memory.floats(x.values), memory.floats(y.values))
        for range in ranges {
          k.softmax(from.pointer, x.ld, columns, to.pointer, y.ld, range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: { y.filled(with: (0..<rows).flatMap { softmax(row($0)) }) }),
    Trial(
      "cross_entropy: " + name, extent: rows,
      checked: size.isSmall,
      run: { k, ranges, memory in
        let (from, to, each) = (
          memory.floats(x.values), memory.floats(y.values), memory.floats(labels.map { _ in gap })
        )
        for range in ranges {
          k.cross_entropy(
            from.pointer, x.ld, columns, labels, smoothing, scale, each.pointer, to.pointer, y.ld,
            range.lowerBound, range.upperBound)
        }
        return to.values + each.values
      },
      expected: {
        let dx = (0..<rows).flatMap { r in
          slopes(row(r)) { Double(scale) * crossEntropy($0, Int(labels[r]), Double(smoothing)) }
        }
        return y.filled(with: dx)
          + (0..<rows).map { crossEntropy(row($0), Int(labels[$0]), Double(smoothing)) }
      }),
    Trial(
      "cross_entropy without gradient: " + name, extent: rows,
      run: { k, ranges, memory in
        let (from, each) = (memory.floats(x.values), memory.floats(labels.map { _ in gap }))
        for range in ranges {
          k.cross_entropy(
            from.pointer, x.ld, columns, labels, smoothing, scale, each.pointer, nil, 0, range.lowerBound,
            range.upperBound)
        }
        return each.values
      },
      expected: { (0..<rows).map { crossEntropy(row($0), Int(labels[$0]), Double(smoothing)) } }),
  ]
}
