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
    let weights = Matrix(random: entries, 1, seed: 3)
    let counts = wholeValues(entries, from: 1, to: 9, seed: 7)
    let known = places.map { max($0, 0) }
    let idf = Matrix(random: 1, units, seed: 8)
    let y = Matrix(random: segments.count, columns, seed: 4)
    let rows = (0..<units).filter { $0 % 3 != 1 }.reversed().map { Int32($0) }
    let gradients = Matrix(random: rows.count, columns, seed: 5)
    return [
      OperationCase("gathered and scattered sums, \(name)", gap: gap) { stage in
        let (reads, segments) = (stage.indices(places), stage.indices(offsets))
        let factors = stage.tensor(weights, isContiguous: true)
        let sums = stage.tensor(y)
        stage.device.addGatheredSums(
          stage.tensor(table, isContiguous: true), rows: reads, offsets: segments, weights: factors, to: sums)
        let dtable = stage.tensor(table, isContiguous: true)
        stage.device.addScatteredSums(stage.tensor(y), rows: reads, offsets: segments, weights: factors, to: dtable)
        return [stage.read(sums), stage.read(dtable)]
      } formula: {
        var (sums, dtable) = (y, table)
        for segment in segments.indices {
          for entry in Int(offsets[segment])..<Int(offsets[segment + 1]) where places[entry] >= 0 {
            for column in 0..<columns {
              sums[segment, column] += weights[entry, 0] * table[Int(places[entry]), column]
              dtable[Int(places[entry]), column] += weights[entry, 0] * y[segment, column]
            }
          }
        }
        return [sums.values, dtable.values]
      },
      OperationCase("weighed rows, \(name)") { stage in
        let weighed = stage.tensor(weights, isContiguous: true)
        stage.device.weighRows(
          stage.tensor(idf, isContiguous: true), rows: stage.indices(known), counts: stage.indices(counts),
          offsets: stage.indices(offsets), scale: 3, into: weighed)
        return [stage.read(weighed)]
      } formula: {
        var weighed = weights
        for segment in segments.indices {
          let entries = Int(offsets[segment])..<Int(offsets[segment + 1])
          for entry in entries { weighed[entry, 0] = Double(counts[entry]).squareRoot() * idf[0, Int(known[entry])] }
          let norm = entries.reduce(0) { $0 + weighed[$1, 0] * weighed[$1, 0] }.squareRoot()
          for entry in entries { weighed[entry, 0] *= 3 / norm }
        }
        return [weighed.values]
      },
      OperationCase("updated rows, \(name)") { stage in
        let values = stage.tensor(table)
        stage.device.updateRows(
          values, rows: stage.indices(rows), gradients: stage.tensor(gradients), rate: 0.25, keep: 0.5)
        return [stage.read(values)]
      } formula: {
        var values = table
        for (number, row) in rows.enumerated() {
          for column in 0..<columns {
            values[Int(row), column] = 0.5 * table[Int(row), column] - 0.25 * gradients[number, column]
          }
        }
        return [values.values]
      },
    ]
  }
}
