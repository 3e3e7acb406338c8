import CKernels
import Foundation

let activationTrials: [Trial] = sizes.flatMap { size in
  [CK_RELU, CK_GELU].flatMap { activations(size, $0) } + [false, true].flatMap { gates(size, $0) }
}

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

private func activated(_ kind: ck_activation, _ x: Double) -> Double {
  kind == CK_RELU ? max(x, 0) : 0.5 * x * erfc(-x / 2.0.squareRoot())
}

private func activations(_ size: Size, _ kind: ck_activation) -> [Trial] {
  let name = (kind == CK_RELU ? "relu: " : "gelu: ") + size.name
  var source = Source(name)
  let (rows, columns, ld) = (size.rows, size.columns, size.columns + size.gap)
  let x = source.matrix(rows, columns, ld: ld, -9...9)
  let dy = source.matrix(rows, columns, ld: ld + 1)
  let y = source.matrix(rows, columns, ld: ld + 2)
  return [
    Trial(
      "activate " + name, extent: rows, tolerance: 1e-5, elementwise: true,
      run: { k, ranges, memory in
        let (from, to) = (memory.floats(x.values), memory.floats(y.values))
        for range in ranges {
          k.activate(kind, from.pointer, x.ld, columns, to.pointer, y.ld, range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: { y.filled(with: x.elements.map { activated(kind, $0) }) }),
    Trial(
      "activate_gradient " + name, extent: rows,
      run: { k, ranges, memory in
        let (from, gradient, to) = (memory.floats(x.values), memory.floats(dy.values), memory.floats(y.values))
        for range in ranges {
          k.activate_gradient(
            kind, from.pointer, x.ld, columns, gradient.pointer, dy.ld, to.pointer, y.ld, range.lowerBound,
            range.upperBound)
        }
        return to.values
      },
      expected: {
        y.filled(
          with: zip(x.elements, dy.elements).map { x, d in
            slopes([x]) { d * activated(kind, $0[0]) }[0]
          })
      }),
  ]
}

private func gates(_ size: Size, _ complementary: Bool) -> [Trial] {
  let name = size.name + (complementary ? ", complementary" : "")
  var source = Source(name)
  let (rows, half) = (size.rows, size.columns)
  let width = complementary ? 2 * half : half
  let x = source.matrix(rows, 2 * half, ld: 2 * half + size.gap, -12...12)
  let dy = source.matrix(rows, width, ld: width + size.gap)
  let y = source.matrix(rows, width, ld: width + 2 * size.gap)
  let dx = source.matrix(rows, 2 * half, ld: 2 * half + 2 * size.gap)

  @Sendable func gated(_ row: [Double]) -> [Double] {
    let open = (0..<half).map { row[$0] * sigmoid(row[half + $0]) }
    return complementary ? open + (0..<half).map { row[$0] * sigmoid(-row[half + $0]) } : open
  }
  @Sendable func row(_ m: Matrix, _ r: Int) -> [Double] { (0..<m.columns).map { m[r, $0] } }

  return [
    Trial(
      "gate: " + name, extent: rows, tolerance: 1e-6, elementwise: true,
      run: { k, ranges, memory in
        let (from, to) = (memory.floats(x.values), memory.floats(y.values))
        for range in ranges {
          k.gate(
            from.pointer, x.ld, half, complementary, to.pointer, y.ld, range.lowerBound, range.upperBound)
        }
        return to.values
      },
      expected: { y.filled(with: (0..<rows).flatMap { gated(row(x, $0)) }) }),
    Trial(
      "gate_gradient: " + name, extent: rows,
      checked: size.isSmall,
      run: { k, ranges, memory in
        let (from, gradient, to) = (memory.floats(x.values), memory.floats(dy.values), memory.floats(dx.values))
        for range in ranges {
          k.gate_gradient(
            from.pointer, x.ld, half, complementary, gradient.pointer, dy.ld, to.pointer, dx.ld, range.lowerBound,
            range.upperBound)
        }
        return to.values
      },
      expected: {
        dx.filled(with: (0..<rows).flatMap { r in slopes(row(x, r)) { dot(gated($0), row(dy, r)) } })
      }),
  ]
}
