import CharCNNCompute
import TestSupport

extension OperationCase {
  private static let sizes = [
    (lengths: [0], columns: 2, gap: 0), (lengths: [3, 0, 1, 6], columns: 5, gap: 1),
    (lengths: [11, 2, 7, 4, 0, 1, 30, 5, 9, 3, 8], columns: 33, gap: 2),
    (lengths: Array(0..<30), columns: 70, gap: 0),
  ]
  private static let geometries = [
    WindowGeometry(width: 1), WindowGeometry(width: 2, stride: 2), WindowGeometry(width: 3),
    WindowGeometry(width: 3, stride: 2),
  ]

  /// Value, and gradient to each row, of pooling the given rows.
  private static func pooled(_ x: Matrix, _ rows: [Int], _ column: Int, _ pooling: Pooling)
    -> (value: Double, shares: [(row: Int, share: Double)])
  {
    if rows.isEmpty { return (0, []) }
    switch pooling {
    case .mean:
      let share = 1 / Double(rows.count)
      return (rows.reduce(0) { $0 + x[$1, column] } * share, rows.map { ($0, share) })
    case .max:
      var winner = rows[0]
      for row in rows where x[row, column] > x[winner, column] { winner = row }
      return (x[winner, column], [(winner, 1)])
    }
  }

  /// Values and input gradient of pooling groups of rows.
  private static func pooling(_ x: Matrix, groups: [[Int]], dy: Matrix, _ pooling: Pooling) -> [[Double]] {
    var y = Matrix(zeros: groups.count, x.columns)
    var dx = Matrix(zeros: x.rows, x.columns)
    for (number, rows) in groups.enumerated() {
      for column in 0..<x.columns {
        let (value, shares) = pooled(x, rows, column, pooling)
        y[number, column] = value
        for (row, share) in shares { dx[row, column] += share * dy[number, column] }
      }
    }
    return [y.values, dx.values]
  }

  static let poolings = sizes.flatMap { lengths, columns, gap in
    Pooling.allCases.flatMap { pooling -> [OperationCase] in
      let rows = lengths.reduce(0, +)
      // Few different values, so that ties are frequent: the first of equals wins.
      let x = Matrix(random: rows, columns, seed: 1).rounded
      let dtexts = Matrix(random: lengths.count, columns, seed: 2)
      let texts = OperationCase(
        "\(pooling) pooling of \(lengths.count) texts, \(rows) rows of \(columns)", gap: gap
      ) { stage in
        let sequences = PackedSequences(lengths: lengths, count: lengths.count, workspace: stage.workspace)
        let (y, dx) = (stage.result(lengths.count, columns), stage.result(rows, columns))
        let winners = stage.workspace.indices(count: lengths.count * columns)
        stage.device.poolSegments(stage.tensor(x), sequences, by: pooling, winners: winners, into: y)
        stage.device.poolSegmentsGradient(stage.tensor(dtexts), sequences, by: pooling, winners: winners, into: dx)
        return [stage.read(y), stage.read(dx)]
      } formula: {
        var start = 0
        let groups = lengths.map { length -> [Int] in
          defer { start += length }
          return Array(start..<start + length)
        }
        return Self.pooling(x, groups: groups, dy: dtexts, pooling)
      }
      return [texts]
        + geometries.map { geometry in
          let outputs = lengths.reduce(0) { $0 + geometry.outputLength($1) }
          let dy = Matrix(random: outputs, columns, seed: 3)
          return OperationCase(
            "\(pooling) pooling, width \(geometry.width), stride \(geometry.stride), \(rows) rows of \(columns)",
            gap: gap
          ) { stage in
            let workspace = stage.workspace
            let input = PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace)
            let output = geometry.output(of: input, workspace: workspace)
            let windows = geometry.windows(input: input, output: output, workspace: workspace)
            let (y, dx) = (stage.result(outputs, columns), stage.result(rows, columns))
            let winners = workspace.indices(count: outputs * columns)
            stage.device.pool(
              stage.tensor(x), windows: windows, taps: geometry.width, by: pooling, winners: winners, into: y)
            stage.device.poolGradient(
              stage.tensor(dy), windows: windows,
              transposed: geometry.transposedWindows(input: input, output: output, workspace: workspace),
              taps: geometry.width, by: pooling, winners: winners, into: dx)
            return [stage.read(y), stage.read(dx)]
          } formula: {
            var groups: [[Int]] = []
            var start = 0
            for length in lengths {
              for window in 0..<geometry.outputLength(length) {
                let first = window * geometry.stride - (geometry.width - 1) / 2
                groups.append(
                  (first..<first + geometry.width).filter { (0..<length).contains($0) }.map { start + $0 })
              }
              start += length
            }
            return Self.pooling(x, groups: groups, dy: dy, pooling)
          }
        }
    }
  }
}

extension Matrix {
  /// Elements rounded to halves.
  fileprivate var rounded: Matrix {
    filled { (self[$0, $1] * 2).rounded() / 2 }
  }
}
