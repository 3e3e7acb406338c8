import CharCNNCompute
import TestSupport

extension OperationCase {
  private static let shapes = [
    (lengths: [0], columns: 2, k: 3, gap: 0), (lengths: [3, 0, 1, 6], columns: 5, k: 2, gap: 1),
    (lengths: [3, 0, 1, 6], columns: 4, k: 0, gap: 1),
    (lengths: [11, 2, 7, 4, 0, 1, 30, 5, 9, 3, 8], columns: 33, k: 8, gap: 2),
    (lengths: Array(0..<30), columns: 17, k: 1, gap: 0), (lengths: [300, 2, 411], columns: 16, k: 150, gap: 0),
  ]

  /// Few different values, zeros of both signs and infinities among them, or all different.
  private static func values(_ rows: Int, _ columns: Int, coarse: Bool) -> Matrix {
    let x = Matrix(random: rows, columns, seed: 1)
    guard coarse else { return x }
    return x.filled { row, column in
      if (row + 3 * column) % 11 == 0 { return row % 2 == 0 ? -.infinity : .infinity }
      return (x[row, column] * 2).rounded() / 2 * (row % 2 == 0 ? 1 : -1)
    }
  }

  static let kMaxPoolings = shapes.flatMap { lengths, columns, k, gap in
    [false, true].map { coarse -> OperationCase in
      let x = values(lengths.reduce(0, +), columns, coarse: coarse)
      let dy = Matrix(random: lengths.count * k, columns, seed: 2)
      return OperationCase(
        "\(k)-max pooling of \(lengths.count) texts, \(x.rows) rows of \(columns)\(coarse ? ", with ties" : "")",
        gap: gap
      ) { stage in
        let workspace = stage.workspace
        let sequences = PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace)
        let kept = PackedSequences(lengths: lengths.map { _ in k }, count: lengths.count, workspace: workspace)
        let (y, dx) = (stage.result(dy.rows, columns), stage.result(x.rows, columns))
        let winners = workspace.indices(count: dy.rows * columns)
        stage.device.keepLargest(
          stage.tensor(x), sequences, kept: kept, winners: winners, into: y, workspace: workspace)
        stage.device.keepLargestGradient(stage.tensor(dy), sequences, kept: kept, winners: winners, into: dx)
        // Large numbers for infinite ones, whose difference is not a number.
        let finite = stage.read(y).map { $0.isInfinite ? ($0 > 0 ? 1e6 : -1e6) : $0 }
        return [finite, stage.read(dx), winners.host.map(Float.init)]
      } formula: {
        var (y, dx) = (Matrix(zeros: dy.rows, columns), Matrix(zeros: x.rows, columns))
        var winners = Array(repeating: -1.0, count: dy.rows * columns)
        var start = 0
        for (text, length) in lengths.enumerated() {
          for column in 0..<columns {
            let order = (start..<start + length).sorted {
              x[$0, column] == x[$1, column] ? $0 < $1 : x[$0, column] > x[$1, column]
            }
            for (place, row) in order.prefix(k).sorted().enumerated() {
              let output = text * k + place
              let value = x[row, column]
              y[output, column] = value.isInfinite ? (value > 0 ? 1e6 : -1e6) : value
              winners[output * columns + column] = Double(row)
              dx[row, column] = dy[output, column]
            }
          }
          start += length
        }
        return [y.values, dx.values, winners]
      }
    }
  }
}
