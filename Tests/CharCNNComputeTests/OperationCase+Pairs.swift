import CharCNNCompute
import Foundation
import TestSupport

extension OperationCase {
  private static func cosine(_ u: Matrix, _ v: Matrix, _ row: Int) -> Double {
    let lengths = length(u, row) * length(v, row)
    return lengths > 0 ? (0..<u.columns).reduce(0) { $0 + u[row, $1] * v[row, $1] } / lengths : 0
  }

  private static func length(_ u: Matrix, _ row: Int) -> Double {
    (0..<u.columns).reduce(0) { $0 + u[row, $1] * u[row, $1] }.squareRoot()
  }

  /// The derivative of the cosine by u[row, column].
  private static func cosineSlope(_ u: Matrix, _ v: Matrix, _ row: Int, _ column: Int) -> Double {
    let (a, b) = (length(u, row), length(v, row))
    guard a > 0, b > 0 else { return 0 }
    return v[row, column] / (a * b) - cosine(u, v, row) * u[row, column] / (a * a)
  }

  private static func features(_ u: Matrix, _ v: Matrix, symmetric: Bool) -> Matrix {
    let width = u.columns
    let parts = symmetric ? 3 : 4
    return Matrix(zeros: u.rows, parts * width + 1).filled { row, column in
      if column == parts * width { return cosine(u, v, row) }
      let (x, y) = (u[row, column % width], v[row, column % width])
      switch column / width + (symmetric ? 1 : 0) {
      case 0: return x
      case 1: return symmetric ? x + y : y
      case 2: return abs(x - y)
      default: return x * y
      }
    }
  }

  private static func slopes(_ u: Matrix, _ v: Matrix, _ dy: Matrix, symmetric: Bool, isFirst: Bool) -> Matrix {
    let width = u.columns
    let start = symmetric ? width : 2 * width
    return u.filled { row, column in
      let difference = u[row, column] - v[row, column]
      let own = dy[row, symmetric || isFirst ? column : width + column]
      let sign: Double = difference == 0 ? 0 : difference > 0 ? 1 : -1
      let other = isFirst ? v[row, column] : u[row, column]
      let angle = isFirst ? cosineSlope(u, v, row, column) : cosineSlope(v, u, row, column)
      return own + (isFirst ? sign : -sign) * dy[row, start + column] + other * dy[row, start + width + column]
        + angle * dy[row, start + 2 * width]
    }
  }

  static let pairs =
    [
      (rows: 0, columns: 3, gap: 0), (rows: 1, columns: 1, gap: 0), (rows: 6, columns: 5, gap: 1),
      (rows: 40, columns: 33, gap: 2),
    ].flatMap { rows, columns, gap -> [OperationCase] in
      let random = Matrix(random: rows, columns, seed: 1)
      // A row of zeros in each, and a row in which both are equal.
      let u = random.filled { $0 == 2 ? 0 : random[$0, $1] }
      let other = Matrix(random: rows, columns, seed: 2)
      let v = other.filled { $0 == 3 || $0 == 2 && rows > 10 ? 0 : $0 == 4 ? u[$0, $1] : other[$0, $1] }
      let name = "\(rows) rows of \(columns)"
      let dcosine = Matrix(random: rows, 1, seed: 3)
      let angles: [OperationCase] = [
        OperationCase("cosines, \(name)", gap: gap) { stage in
          let y = stage.result(rows, 1)
          stage.device.cosines(stage.tensor(u), stage.tensor(v), into: y)
          return [stage.read(y)]
        } formula: {
          [(0..<rows).map { cosine(u, v, $0) }]
        },
        OperationCase("gradient of cosines, \(name)", gap: gap) { stage in
          let (du, dv) = (stage.result(rows, columns), stage.result(rows, columns))
          stage.device.cosinesGradient(stage.tensor(u), stage.tensor(v), dy: stage.tensor(dcosine), into: du, dv)
          return [stage.read(du), stage.read(dv)]
        } formula: {
          [
            u.filled { dcosine[$0, 0] * cosineSlope(u, v, $0, $1) }.values,
            v.filled { dcosine[$0, 0] * cosineSlope(v, u, $0, $1) }.values,
          ]
        },
      ]
      return angles
        + [false, true].flatMap { symmetric -> [OperationCase] in
          let dy = Matrix(random: rows, PairFeatures.columns(of: columns, symmetric: symmetric), seed: 4)
          let kind = symmetric ? "symmetric features of pairs" : "features of pairs"
          return [
            OperationCase("\(kind), \(name)", gap: gap) { stage in
              let y = stage.result(rows, dy.columns)
              stage.device.pairFeatures(stage.tensor(u), stage.tensor(v), symmetric: symmetric, into: y)
              return [stage.read(y)]
            } formula: {
              [features(u, v, symmetric: symmetric).values]
            },
            OperationCase("gradient of \(kind), \(name)", gap: gap) { stage in
              let (du, dv) = (stage.result(rows, columns), stage.result(rows, columns))
              stage.device.pairFeaturesGradient(
                stage.tensor(u), stage.tensor(v), symmetric: symmetric, dy: stage.tensor(dy), into: du, dv)
              return [stage.read(du), stage.read(dv)]
            } formula: {
              [true, false].map { slopes(u, v, dy, symmetric: symmetric, isFirst: $0).values }
            },
          ]
        }
    } + pairLosses

  private static let pairLosses = [(rows: 0, gap: 0), (rows: 9, gap: 0), (rows: 50, gap: 1)].flatMap {
    rows, gap -> [OperationCase] in
    let random = Matrix(random: rows, 1, seed: 5)
    let cosines = random.filled { row, _ in Double(Float(tanh(random[row, 0]))) }
    let labels = wholeValues(rows, from: -1, to: 2, seed: 6)
    let targets = random.filled { row, _ in Double(Float(1 / (1 + exp(3 * random[row, 0])))) }
    return [
      OperationCase("contrastive loss, \(rows) pairs", gap: gap) { stage in
        let losses = stage.result(rows, 1, isContiguous: true)
        let dx = stage.result(rows, 1)
        stage.device.contrastiveLoss(
          stage.tensor(cosines), labels: stage.indices(labels), margin: 0.75, scale: 0.5, losses: losses, into: dx)
        return [stage.read(losses), stage.read(dx)]
      } formula: {
        func distance(_ row: Int) -> Double { 1 - cosines[row, 0] }
        return [
          (0..<rows).map { row in
            labels[row] < 0
              ? 0 : labels[row] == 1 ? pow(distance(row), 2) / 2 : pow(max(0, 0.75 - distance(row)), 2) / 2
          },
          (0..<rows).map { row in
            labels[row] < 0 ? 0 : 0.5 * (labels[row] == 1 ? -distance(row) : max(0, 0.75 - distance(row)))
          },
        ]
      },
      OperationCase("squared error of a sigmoid, \(rows) pairs", gap: gap) { stage in
        let losses = stage.result(rows, 1, isContiguous: true)
        let dx = stage.result(rows, 1)
        stage.device.sigmoidSquaredError(
          stage.tensor(random), targets: stage.tensor(targets, isContiguous: true), scale: 0.25, losses: losses,
          into: dx)
        return [stage.read(losses), stage.read(dx)]
      } formula: {
        let values = (0..<rows).map { 1 / (1 + exp(-random[$0, 0])) }
        let errors = values.indices.map { values[$0] - targets[$0, 0] }
        return [
          errors.map { $0 * $0 }, errors.indices.map { 0.5 * errors[$0] * values[$0] * (1 - values[$0]) },
        ]
      },
    ]
  }
}
