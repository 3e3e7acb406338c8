import CharCNNCompute
import Foundation
import TestSupport

extension OperationCase {
  private static func probabilities(_ x: Matrix) -> Matrix {
    let largest = (0..<x.rows).map { row in (0..<x.columns).reduce(-.infinity) { max($0, x[row, $1]) } }
    let sums = (0..<x.rows).map { row in (0..<x.columns).reduce(0) { $0 + exp(x[row, $1] - largest[row]) } }
    return x.filled { exp(x[$0, $1] - largest[$0]) / sums[$0] }
  }

  static let losses = [
    (rows: 0, columns: 3, gap: 0, size: 1.0), (rows: 1, columns: 2, gap: 0, size: 30.0),
    (rows: 7, columns: 5, gap: 1, size: 1.0), (rows: 20, columns: 33, gap: 2, size: 80.0),
    (rows: 900, columns: 40, gap: 0, size: 3.0),
  ].flatMap { rows, columns, gap, size -> [OperationCase] in
    let random = Matrix(random: rows, columns, seed: 1)
    let x = random.filled { Double(Float(size * random[$0, $1])) }
    let labels = wholeValues(rows, from: -1, to: columns, seed: 2)
    let name = "\(rows) rows of \(columns), size \(size)"
    return [
      OperationCase("softmax, \(name)", gap: gap) { stage in
        let y = stage.result(rows, columns)
        stage.device.softmax(stage.tensor(x), into: y)
        return [stage.read(y)]
      } formula: {
        [probabilities(x).values]
      }
    ]
      + [Float(0), 0.1].map { smoothing in
        OperationCase("cross entropy with smoothing \(smoothing), \(name)", gap: gap) { stage in
          let losses = stage.result(rows, 1, isContiguous: true)
          let dx = stage.result(rows, columns)
          stage.device.crossEntropy(
            stage.tensor(x), labels: stage.indices(labels), smoothing: smoothing, scale: 0.25, losses: losses,
            into: dx)
          return [stage.read(losses), stage.read(dx)]
        } formula: {
          let p = probabilities(x)
          func target(_ row: Int, _ column: Int) -> Double {
            let other = Double(smoothing) / Double(columns)
            return Int(labels[row]) == column ? 1 - Double(smoothing) + other : other
          }
          let losses = (0..<rows).map { row -> Double in
            if labels[row] < 0 { return 0 }
            let largest = (0..<columns).reduce(-.infinity) { max($0, x[row, $1]) }
            let sum = log((0..<columns).reduce(0) { $0 + exp(x[row, $1] - largest) })
            return (0..<columns).reduce(0) { $0 + target(row, $1) * (sum + largest - x[row, $1]) }
          }
          return [
            losses, x.filled { labels[$0] < 0 ? 0 : 0.25 * (p[$0, $1] - target($0, $1)) }.values,
          ]
        }
      }
  }
}
