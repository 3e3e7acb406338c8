import CharCNNCompute
import TestSupport

extension OperationCase {
  private static let sizes = [
    (rows: 0, taps: 2, units: 3, columns: 4, gap: 0), (rows: 1, taps: 1, units: 1, columns: 1, gap: 1),
    (rows: 9, taps: 3, units: 4, columns: 7, gap: 0), (rows: 30, taps: 2, units: 11, columns: 33, gap: 2),
    (rows: 700, taps: 3, units: 40, columns: 70, gap: 0),
  ]

  static let tables = sizes.flatMap { rows, taps, units, columns, gap -> [OperationCase] in
    let name = "\(rows) rows, \(taps) taps, \(units) units, \(columns) columns"
    let table = Matrix(random: taps * units, columns, seed: 1)
    let reads = wholeValues(rows * taps, from: -1, to: units, seed: 2)
    let bias = Matrix(random: 1, columns, seed: 3)
    let dy = Matrix(random: rows, columns, seed: 4)
    let places = wholeValues(rows, from: -1, to: units, seed: 5)
    let source = Matrix(random: units, columns, seed: 6)
    return [
      OperationCase("gathered convolution, \(name)", gap: gap) { stage in
        [true, false].map { hasBias in
          let y = stage.result(rows, columns)
          stage.device.gatherConvolve(
            stage.tensor(table, isContiguous: true), units: stage.indices(reads), taps: taps,
            bias: hasBias ? stage.tensor(bias, isContiguous: true) : nil, into: y)
          return stage.read(y)
        }
      } formula: {
        [1.0, 0.0].map { factor in
          dy.filled { row, column in
            (0..<taps).reduce(factor * bias[0, column]) { sum, tap in
              let unit = Int(reads[row * taps + tap])
              return unit < 0 ? sum : sum + table[tap * units + unit, column]
            }
          }.values
        }
      },
      OperationCase("scattered gradient, \(name)", gap: gap) { stage in
        let dtable = stage.result(taps * units, columns, isContiguous: true)
        stage.device.scatterGradient(stage.tensor(dy), units: stage.indices(reads), taps: taps, into: dtable)
        return [stage.read(dtable)]
      } formula: {
        var dtable = Matrix(zeros: taps * units, columns)
        for row in 0..<rows {
          for tap in 0..<taps where reads[row * taps + tap] >= 0 {
            let entry = tap * units + Int(reads[row * taps + tap])
            for column in 0..<columns { dtable[entry, column] += dy[row, column] }
          }
        }
        return [dtable.values]
      },
      OperationCase("gathered and scattered rows, \(name)", gap: gap) { stage in
        let y = stage.result(rows, columns)
        stage.device.gatherRows(stage.tensor(source), rows: stage.indices(places), into: y)
        let x = stage.tensor(source)
        stage.device.scatterRows(stage.tensor(dy), rows: stage.indices(places), addTo: x)
        return [stage.read(y), stage.read(x)]
      } formula: {
        let y = dy.filled { row, column in places[row] < 0 ? 0 : source[Int(places[row]), column] }
        var x = source
        for row in 0..<rows where places[row] >= 0 {
          for column in 0..<columns { x[Int(places[row]), column] += dy[row, column] }
        }
        return [y.values, x.values]
      },
    ]
  }
}
