import CharCNNCompute
import Foundation
import TestSupport

extension OperationCase {
  private static let sizes = [
    (rows: 0, columns: 4, gap: 0), (rows: 1, columns: 2, gap: 1), (rows: 5, columns: 6, gap: 0),
    (rows: 13, columns: 66, gap: 3), (rows: 700, columns: 70, gap: 0),
  ]

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private static func distribution(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
  private static func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }

  static let gates = sizes.flatMap { rows, columns, gap -> [OperationCase] in
    let name = "\(rows) rows of \(columns)"
    let half = columns / 2
    // Three times normal: the tails, too.
    var x = Matrix(random: rows, columns, seed: 1)
    x.values = x.values.map { Double(Float(3 * $0)) }
    let input = x
    let dy = Matrix(random: rows, columns, seed: 2)
    return [false, true].flatMap { complementary -> [OperationCase] in
      let outputs = complementary ? columns : half
      let dgate = Matrix(random: rows, outputs, seed: 3)
      return [
        OperationCase("gate, complementary \(complementary), \(name)", gap: gap) { stage in
          let y = stage.result(rows, outputs)
          let dx = stage.result(rows, columns)
          stage.device.gate(stage.tensor(input), complementary: complementary, into: y)
          stage.device.gateGradient(
            stage.tensor(input), complementary: complementary, dy: stage.tensor(dgate), into: dx)
          return [stage.read(y), stage.read(dx)]
        } formula: {
          let y = dgate.filled { row, column in
            let (a, b) = (input[row, column % half], input[row, half + column % half])
            return a * (column < half ? sigmoid(b) : sigmoid(-b))
          }
          let dx = input.filled { row, column in
            let (a, b) = (input[row, column % half], input[row, half + column % half])
            let kept = dgate[row, column % half]
            let other = complementary ? dgate[row, half + column % half] : 0
            return column < half
              ? kept * sigmoid(b) + other * sigmoid(-b) : a * sigmoid(b) * sigmoid(-b) * (kept - other)
          }
          return [y.values, dx.values]
        }
      ]
    }
      + Activation.allCases.map { activation in
        OperationCase("\(activation), \(name)", gap: gap) { stage in
          let y = stage.result(rows, columns)
          let dx = stage.result(rows, columns)
          stage.device.activate(stage.tensor(input), activation, into: y)
          stage.device.activateGradient(stage.tensor(input), activation, dy: stage.tensor(dy), into: dx)
          return [stage.read(y), stage.read(dx)]
        } formula: {
          let y = input.filled { row, column in
            let value = input[row, column]
            return activation == .relu ? max(0, value) : value * distribution(value)
          }
          let dx = input.filled { row, column in
            let value = input[row, column]
            let slope =
              activation == .relu ? (value > 0 ? 1 : 0) : distribution(value) + value * density(value)
            return slope * dy[row, column]
          }
          return [y.values, dx.values]
        }
      } + [
        OperationCase("dropout, \(name)", gap: gap) { stage in
          let y = stage.result(rows, columns)
          stage.device.dropout(stage.tensor(input), rate: 0.3, key: 77, into: y)
          return [stage.read(y)]
        } formula: {
          let keptFrom = Double(Float(0.3)) * 0x1p32
          return [
            input.filled { row, column in
              let word = Randomness.word(key: 77, index: row * columns + column)
              return Double(word) >= keptFrom ? input[row, column] / (1 - Double(Float(0.3))) : 0
            }.values
          ]
        }
      ]
  }
}
