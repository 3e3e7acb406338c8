import CharCNNCompute
import TestSupport

extension OperationCase {
  private static let sizes = [
    (segments: [0], units: 1, columns: 1, gap: 0), (segments: [3, 0, 1, 7], units: 5, columns: 4, gap: 1),
    (segments: Array(0..<40), units: 100, columns: 33, gap: 2),
  ]

  static let sparseTables = sizes.flatMap { segments, units, columns, gap -> [OperationCase] in
    let name = "\(segments.count) segments, \(units) units, \(columns) columns"
    let entries = segments.reduce(0, +)
    let offsets = segments.reduce(into: [Int32(0)]) { $0.append(($0.last ?? 0) + Int32($1)) }
    let places = wholeValues(entries, from: -1, to: units, seed: 1)
    let table = Matrix(random: units, columns, seed: 2)
    let scales = Matrix(random: segments.count, 1, seed: 3)
    let y = Matrix(random: segments.count, columns, seed: 4)
    let rows = (0..<units).filter { $0 % 3 != 1 }.reversed().map { Int32($0) }
    let gradients = Matrix(random: rows.count, columns, seed: 5)
    let shares = Matrix(random: rows.count, 1, seed: 6)
    return [
      OperationCase("gathered and scattered sums, \(name)", gap: gap) { stage in
        let (reads, segments) = (stage.indices(places), stage.indices(offsets))
        let factors = stage.tensor(scales, isContiguous: true)
        let sums = stage.tensor(y)
        stage.device.addGatheredSums(
          stage.tensor(table, isContiguous: true), rows: reads, offsets: segments, scales: factors, to: sums)
        let dtable = stage.tensor(table, isContiguous: true)
        stage.device.addScatteredSums(stage.tensor(y), rows: reads, offsets: segments, scales: factors, to: dtable)
        return [stage.read(sums), stage.read(dtable)]
      } formula: {
        var (sums, dtable) = (y, table)
        for segment in segments.indices {
          for place in places[Int(offsets[segment])..<Int(offsets[segment + 1])] where place >= 0 {
            for column in 0..<columns {
              sums[segment, column] += scales[segment, 0] * table[Int(place), column]
              dtable[Int(place), column] += scales[segment, 0] * y[segment, column]
            }
          }
        }
        return [sums.values, dtable.values]
      },
      OperationCase("updated rows, \(name)") { stage in
        let values = stage.tensor(table)
        stage.device.updateRows(
          values, rows: stage.indices(rows), gradients: stage.tensor(gradients), scales: stage.tensor(shares),
          rate: 0.25, keep: 0.5)
        return [stage.read(values)]
      } formula: {
        var values = table
        for (number, row) in rows.enumerated() {
          for column in 0..<columns {
            values[Int(row), column] =
              0.5 * table[Int(row), column] - 0.25 * shares[number, 0] * gradients[number, column]
          }
        }
        return [values.values]
      },
    ]
  }
}
