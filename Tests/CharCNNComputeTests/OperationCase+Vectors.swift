import CharCNNCompute
import Foundation
import TestSupport

extension OperationCase {
  static let vectors = matrices + updates

  private static let matrices = [
    (rows: 0, columns: 3, gap: 0), (rows: 1, columns: 1, gap: 1), (rows: 6, columns: 5, gap: 2),
    (rows: 700, columns: 70, gap: 0), (rows: 700, columns: 70, gap: 1),
  ].map { rows, columns, gap in
    let x = Matrix(random: rows, columns, seed: 1)
    let y = Matrix(random: rows, columns, seed: 2)
    let sums = Matrix(random: 1, columns, seed: 3)
    return OperationCase("add, copy, fill and column sums, \(rows) rows of \(columns)", gap: gap) { stage in
      let sum = stage.tensor(y)
      stage.device.add(stage.tensor(x), to: sum)
      let copy = stage.result(rows, columns)
      stage.device.copy(stage.tensor(x), into: copy)
      let filled = stage.result(rows, columns)
      stage.device.fill(filled, with: 1.5)
      let total = stage.tensor(sums, isContiguous: true)
      stage.device.addColumnSums(stage.tensor(x), to: total)
      return [sum, copy, filled, total].map(stage.read)
    } formula: {
      [
        x.filled { x[$0, $1] + y[$0, $1] }.values, x.values, x.filled { _, _ in 1.5 }.values,
        zip(sums.values, x.columnSums { x[$0, $1] }).map { $0 + $1 },
      ]
    }
  }

  private static let updates = [0, 1, 7, 64, 50_001].flatMap { count -> [OperationCase] in
    let (p, g) = (Matrix(random: 1, count, seed: 1), Matrix(random: 1, count, seed: 2))
    let (m, root) = (Matrix(random: 1, count, seed: 3), Matrix(random: 1, count, seed: 4))
    let v = root.filled { Double(Float(root[$0, $1] * root[$0, $1])) }
    return [
      OperationCase("blend, reciprocal root and sums of \(count)") { stage in
        let y = stage.tensor(g, isContiguous: true)
        stage.device.blend(stage.tensor(p, isContiguous: true), alpha: 0.1, beta: 0.9, into: y)
        let roots = stage.result(1, count, isContiguous: true)
        stage.device.reciprocalRoot(stage.tensor(v, isContiguous: true), epsilon: 0.01, into: roots)
        return [
          stage.read(y), stage.read(roots),
          [
            Float(stage.device.sumOfSquares(stage.tensor(p, isContiguous: true))),
            Float(stage.device.sum(stage.tensor(v, isContiguous: true))),
          ],
        ]
      } formula: {
        [
          p.filled { Double(Float(0.1)) * p[$0, $1] + Double(Float(0.9)) * g[$0, $1] }.values,
          v.filled { 1 / (v[$0, $1] + Double(Float(0.01))).squareRoot() }.values,
          [p.values.reduce(0) { $0 + $1 * $1 }, v.values.reduce(0, +)],
        ]
      }
    ]
      + [(1, Float(0), Float(1)), (20, Float(0.1), Float(0.3))].map { number, decay, scale in
        OperationCase("update \(number) of AdamW, \(count) parameters", tolerance: 1e-5) { stage in
          let tensors = [p, g, m, v].map { stage.tensor($0, isContiguous: true) }
          stage.device.adamW(
            AdamWStep(
              beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: 0.05, weightDecay: decay, gradientScale: scale,
              number: number), parameters: tensors[0], gradients: tensors[1], moment1: tensors[2], moment2: tensors[3])
          return [tensors[0], tensors[2], tensors[3]].map(stage.read)
        } formula: {
          // The settings are floats; their distance from the decimal number matters for 1 - beta2.
          let (beta1, beta2, rate) = (Double(Float(0.9)), Double(Float(0.999)), Double(Float(0.05)))
          var (parameters, first, second) = (p, m, v)
          for index in 0..<count {
            let gradient = Double(scale) * g.values[index]
            first.values[index] = beta1 * m.values[index] + (1 - beta1) * gradient
            second.values[index] = beta2 * v.values[index] + (1 - beta2) * gradient * gradient
            let mean = first.values[index] / (1 - pow(beta1, Double(number)))
            let square = second.values[index] / (1 - pow(beta2, Double(number)))
            parameters.values[index] =
              p.values[index] * (1 - rate * Double(decay)) - rate * mean / (square.squareRoot() + 1e-8)
          }
          return [parameters.values, first.values, second.values]
        }
      }
  }
}
