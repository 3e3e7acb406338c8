import CharCNNCompute
import TestSupport

extension OperationCase {
  private static let sizes = [
    (rows: 5, columns: 3, gap: 0), (rows: 9, columns: 8, gap: 1), (rows: 31, columns: 33, gap: 2),
    (rows: 700, columns: 70, gap: 0),
  ]
  private static let epsilon: Float = 1e-5

  static let normalizations = sizes.flatMap { rows, columns, gap -> [OperationCase] in
    let name = "\(rows) rows of \(columns)"
    // Columns and rows far from zero mean and unit variance.
    let raw = Matrix(random: rows, columns, seed: 1)
    let x = raw.filled { row, column in
      Double(Float(2 * raw[row, column] + Double(column % 5) - Double(row % 3)))
    }
    let gamma = Matrix(random: 1, columns, seed: 2)
    let beta = Matrix(random: 1, columns, seed: 3)
    let dy = Matrix(random: rows, columns, seed: 4)
    let dgamma = Matrix(random: 1, columns, seed: 5)
    let dbeta = Matrix(random: 1, columns, seed: 6)
    return [
      OperationCase("layer normalization, \(name)", gap: gap) { stage in
        let (y, dx) = (stage.result(rows, columns), stage.result(rows, columns))
        let statistics = stage.result(rows, 2, isContiguous: true)
        let (scale, shift) = (stage.tensor(gamma, isContiguous: true), stage.tensor(beta, isContiguous: true))
        let (dscale, dshift) = (stage.tensor(dgamma, isContiguous: true), stage.tensor(dbeta, isContiguous: true))
        stage.device.layerNormalize(
          stage.tensor(x), gamma: scale, beta: shift, epsilon: epsilon, statistics: statistics, into: y)
        stage.device.layerNormalizeGradient(
          stage.tensor(x), gamma: scale, statistics: statistics, dy: stage.tensor(dy), into: dx, addGamma: dscale,
          addBeta: dshift)
        return [y, statistics, dx, dscale, dshift].map(stage.read)
      } formula: {
        let moments = (0..<rows).map { row -> (mean: Double, reciprocal: Double) in
          let values = (0..<columns).map { x[row, $0] }
          let mean = values.reduce(0, +) / Double(columns)
          let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
          return (mean, 1 / (variance + Double(epsilon)).squareRoot())
        }
        let normal = x.filled { (x[$0, $1] - moments[$0].mean) * moments[$0].reciprocal }
        let dx = x.filled { row, column in
          let scaled = (0..<columns).map { dy[row, $0] * gamma[0, $0] }
          let mean = scaled.reduce(0, +) / Double(columns)
          let slope = (0..<columns).reduce(0) { $0 + scaled[$1] * normal[row, $1] } / Double(columns)
          return moments[row].reciprocal * (scaled[column] - mean - normal[row, column] * slope)
        }
        return [
          normal.filled { normal[$0, $1] * gamma[0, $1] + beta[0, $1] }.values,
          moments.flatMap { [$0.mean, $0.reciprocal] }, dx.values,
          zip(dgamma.values, x.columnSums { dy[$0, $1] * normal[$0, $1] }).map { $0 + $1 },
          zip(dbeta.values, x.columnSums { dy[$0, $1] }).map { $0 + $1 },
        ]
      },
      OperationCase("batch normalization, \(name)", gap: gap) { stage in
        let (y, dx) = (stage.result(rows, columns), stage.result(rows, columns))
        let (mean, variance) = (
          stage.result(1, columns, isContiguous: true), stage.result(1, columns, isContiguous: true)
        )
        let reciprocal = stage.result(1, columns, isContiguous: true)
        let (scale, shift) = (stage.tensor(gamma, isContiguous: true), stage.tensor(beta, isContiguous: true))
        let (dscale, dshift) = (stage.tensor(dgamma, isContiguous: true), stage.tensor(dbeta, isContiguous: true))
        stage.device.columnMoments(stage.tensor(x), mean: mean, variance: variance)
        stage.device.reciprocalRoot(variance, epsilon: epsilon, into: reciprocal)
        stage.device.batchNormalize(
          stage.tensor(x), mean: mean, reciprocalDeviation: reciprocal, gamma: scale, beta: shift, into: y)
        stage.device.batchNormalizeGradient(
          stage.tensor(x), mean: mean, reciprocalDeviation: reciprocal, gamma: scale, dy: stage.tensor(dy), into: dx,
          addGamma: dscale, addBeta: dshift, workspace: stage.workspace)
        return [mean, variance, reciprocal, y, dx, dscale, dshift].map(stage.read)
      } formula: {
        let (mean, variance) = x.columnMoments
        let reciprocal = variance.map { 1 / ($0 + Double(epsilon)).squareRoot() }
        let normal = x.filled { (x[$0, $1] - mean[$1]) * reciprocal[$1] }
        let sums = x.columnSums { dy[$0, $1] }
        let slopes = x.columnSums { dy[$0, $1] * normal[$0, $1] }
        return [
          mean, variance, reciprocal, normal.filled { normal[$0, $1] * gamma[0, $1] + beta[0, $1] }.values,
          x.filled { row, column in
            let shared = (sums[column] + normal[row, column] * slopes[column]) / Double(rows)
            return gamma[0, column] * reciprocal[column] * (dy[row, column] - shared)
          }.values,
          zip(dgamma.values, slopes).map { $0 + $1 }, zip(dbeta.values, sums).map { $0 + $1 },
        ]
      },
    ]
  }
}
