import CharCNNCompute
import CharCNNNetworks

/// Which rows a pooling took its values from.
package struct PoolingWinners: Sendable {
  /// For each value of the output, row by row, the row of the input that it comes from; -1 for a mean, and for what is filled up.
  package let rows: [Int32]

  /// The winners of a layer; nil where nothing wins.
  ///
  /// - Parameters:
  ///   - entry: The output of the pooling.
  ///   - input: What it reads.
  init?(_ entry: Trace.Entry, of input: Trace.Entry) {
    let columns = input.columns
    func largest(_ column: Int, _ window: Range<Int>) -> Int32 {
      var winner = -1
      for row in window
      where winner < 0 || input.values[row * columns + column] > input.values[winner * columns + column] {
        winner = row
      }
      return Int32(winner)
    }
    switch entry.operation {
    case .localPooling(let geometry, .max):
      rows = (0..<entry.rows).flatMap { row in
        let window = geometry.rows(ofOutput: row).clamped(to: 0..<input.rows)
        return (0..<columns).map { largest($0, window) }
      }
    case .globalPooling(let kind) where kind != .average:
      let winners = (0..<columns).map { largest($0, 0..<input.rows) }
      rows = winners + [Int32](repeating: -1, count: entry.columns - columns)
    case .kMaxPooling:
      var rows = [Int32](repeating: -1, count: entry.rows * columns)
      for column in 0..<columns {
        let order = (0..<input.rows).sorted {
          let (first, second) = (input.values[$0 * columns + column], input.values[$1 * columns + column])
          return first == second ? $0 < $1 : first > second
        }
        for (place, row) in order.prefix(entry.rows).sorted().enumerated() {
          rows[place * columns + column] = Int32(row)
        }
      }
      self.rows = rows
    default: return nil
    }
  }
}
