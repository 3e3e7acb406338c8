import TestSupport

/// A matrix on the host for the plain formulas: floats as the device has them, arithmetic in Double.
struct Matrix: Sendable {
  let rows: Int
  let columns: Int
  var values: [Double]

  init(zeros rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
    values = Array(repeating: 0, count: rows * columns)
  }

  /// Normal numbers that a Float holds exactly.
  init(random rows: Int, _ columns: Int, seed: UInt64) {
    self.rows = rows
    self.columns = columns
    values = normalValues(rows * columns, seed: seed).map(Double.init)
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The same shape, each element from its place.
  func filled(_ element: (_ row: Int, _ column: Int) -> Double) -> Matrix {
    var result = Matrix(zeros: rows, columns)
    for row in 0..<rows {
      for column in 0..<columns { result[row, column] = element(row, column) }
    }
    return result
  }

  /// Sum over the rows of `element` for each column.
  func columnSums(_ element: (_ row: Int, _ column: Int) -> Double) -> [Double] {
    (0..<columns).map { column in (0..<rows).reduce(0) { $0 + element($1, column) } }
  }

  /// Mean and biased variance of each column.
  var columnMoments: (mean: [Double], variance: [Double]) {
    let mean = columnSums { self[$0, $1] }.map { $0 / Double(rows) }
    let variance = columnSums { (self[$0, $1] - mean[$1]) * (self[$0, $1] - mean[$1]) }.map { $0 / Double(rows) }
    return (mean, variance)
  }

  var floats: [Float] { values.map { Float($0) } }
}
