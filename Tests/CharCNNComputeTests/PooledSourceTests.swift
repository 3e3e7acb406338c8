import CharCNNCompute
import TestSupport
import Testing

/// Pooling of rows that are computed when a window reads them, against pooling of rows that lie there.
@Suite struct PooledSourceTests {
  private static let geometries = [
    WindowGeometry(width: 3, stride: 3), WindowGeometry(width: 2), WindowGeometry(width: 5, dilation: 400),
  ]

  @Test(arguments: InstructionSet.available, geometries.indices)
  func `what is computed on the way is what lay there`(instructions: InstructionSet, number: Int) {
    let geometry = Self.geometries[number]
    let (columns, taps, units) = (40, 7, 9)
    // Many blocks, and texts of all lengths.
    for lengths in [[], [0], [1], [2_000, 0, 1, 2, 3, 701, 1_300]] as [[Int]] {
      let rows = lengths.reduce(0, +)
      for threads in [1, 3] {
        let stage = Stage(CPUDevice(threads: threads, instructions: instructions), gap: 2)
        let (device, workspace) = (stage.device, stage.workspace)
        let table = stage.tensor(Matrix(random: taps * units, columns, seed: 1), isContiguous: true)
        let read = stage.indices(wholeValues(rows * taps, from: -1, to: units, seed: 2))
        let bias = stage.tensor(Matrix(random: 1, columns, seed: 3), isContiguous: true)
        let numbers = stage.indices(wholeValues(rows, from: -1, to: units, seed: 4))
        let sources: [RowSource] = [
          .convolved(table, units: read, taps: taps, bias: bias), .convolved(table, units: read, taps: taps, bias: nil),
          .gathered(table, rows: numbers), .rows(stage.tensor(Matrix(random: rows, columns, seed: 5))),
        ]
        let input = PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace)
        let output = geometry.output(of: input, workspace: workspace)
        let windows = geometry.windows(input: input, output: output, workspace: workspace)
        for source in sources {
          let lying = workspace.tensor(rows: rows, columns: columns)
          switch source {
          case .rows(let x): device.copy(x, into: lying)
          case .gathered(let table, let rows): device.gatherRows(table, rows: rows, into: lying)
          case .convolved(let table, let units, let taps, let bias):
            device.gatherConvolve(table, units: units, taps: taps, bias: bias, into: lying)
          }
          for pooling in Pooling.allCases {
            let (y, expected) = (stage.result(output.rows, columns), stage.result(output.rows, columns))
            let (winners, others) = (workspace.indices(count: y.count), workspace.indices(count: y.count))
            for index in 0..<y.count { (winners.host[index], others.host[index]) = (-7, -7) }
            device.pool(
              source, windows: windows, taps: geometry.width, by: pooling, winners: winners, into: y,
              workspace: workspace)
            device.pool(lying, windows: windows, taps: geometry.width, by: pooling, winners: others, into: expected)
            #expect(stage.read(y).map(\.bitPattern) == stage.read(expected).map(\.bitPattern))
            #expect(Array(winners.host) == Array(others.host))
          }
        }
        #expect(stage.isIntactAround)
      }
    }
  }
}
