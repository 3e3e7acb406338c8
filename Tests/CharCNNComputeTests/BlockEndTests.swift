import CharCNNCompute
import TestSupport
import Testing

/// The end of a block in one walk over the rows, against the same operations one after the other.
@Suite struct BlockEndTests {
  private static let taps = 2
  private static let units = 5
  private static let columns = 38

  /// Inputs on a stage, among columns of NaN where a kernel takes rows apart.
  private struct Inputs {
    let stage: Stage
    let rows: Int
    let sources: [RowSource]
    let normalizations: [RowNormalization?]

    init(_ stage: Stage, rows: Int) {
      let columns = BlockEndTests.columns
      self.stage = stage
      self.rows = rows
      let vector = { (seed: UInt64) in stage.tensor(Matrix(random: 1, columns, seed: seed), isContiguous: true) }
      let (gamma, beta) = (vector(1), vector(2))
      sources = Self.sources(stage, rows: rows, columns: columns, bias: vector(3), seed: 10)
      normalizations = [
        nil, .layer(gamma: gamma, beta: beta, epsilon: 1e-5),
        .batch(mean: vector(4), reciprocalDeviation: vector(5), gamma: gamma, beta: beta),
      ]
    }

    static func sources(_ stage: Stage, rows: Int, columns: Int, bias: Tensor?, seed: UInt64) -> [RowSource] {
      let (taps, units) = (BlockEndTests.taps, BlockEndTests.units)
      return [
        .rows(stage.tensor(Matrix(random: rows, columns, seed: seed))),
        .gathered(
          stage.tensor(Matrix(random: units, columns, seed: seed + 1)),
          rows: stage.indices(wholeValues(rows, from: -1, to: units, seed: seed + 2))),
        .convolved(
          stage.tensor(Matrix(random: taps * units, columns, seed: seed + 3), isContiguous: true),
          units: stage.indices(wholeValues(rows * taps, from: -1, to: units, seed: seed + 4)), taps: taps, bias: bias),
      ]
    }

    func residuals(columns: Int) -> [RowSource?] {
      [nil] + Self.sources(stage, rows: rows, columns: columns, bias: nil, seed: 20)
    }
  }

  private func separately(
    _ x: RowSource, _ normalization: RowNormalization?, _ function: RowFunction, _ residual: RowSource?,
    on stage: Stage
  ) -> [UInt32] {
    let device = stage.device
    func rows(_ source: RowSource) -> Tensor {
      let y = stage.workspace.tensor(rows: source.count, columns: source.columns)
      switch source {
      case .rows(let x): return x
      case .gathered(let table, let rows): device.gatherRows(table, rows: rows, into: y)
      case .convolved(let table, let units, let taps, let bias):
        device.gatherConvolve(table, units: units, taps: taps, bias: bias, into: y)
      }
      return y
    }
    var x = rows(x)
    if let normalization {
      let normalized = stage.workspace.tensor(rows: x.rows, columns: x.columns)
      switch normalization {
      case .layer(let gamma, let beta, let epsilon):
        device.layerNormalize(
          x, gamma: gamma, beta: beta, epsilon: epsilon,
          statistics: stage.workspace.tensor(rows: x.rows, columns: 2), into: normalized)
      case .batch(let mean, let reciprocalDeviation, let gamma, let beta):
        device.batchNormalize(
          x, mean: mean, reciprocalDeviation: reciprocalDeviation, gamma: gamma, beta: beta, into: normalized)
      }
      x = normalized
    }
    let y = stage.workspace.tensor(rows: x.rows, columns: function.outputs(columns: x.columns))
    switch function {
    case .gate(let complementary): device.gate(x, complementary: complementary, into: y)
    case .activation(let activation): device.activate(x, activation, into: y)
    }
    if let residual { device.add(rows(residual), to: y) }
    return device.read(y).map(\.bitPattern)
  }

  @Test(arguments: InstructionSet.available, [0, 1, 16, 37, 900])
  func `one walk gives the bits of the operations one after the other`(instructions: InstructionSet, rows: Int) {
    let functions: [RowFunction] =
      [.gate(complementary: false), .gate(complementary: true)] + Activation.allCases.map { .activation($0) }
    for threads in [1, 3] {
      let stage = Stage(CPUDevice(threads: threads, instructions: instructions), gap: 3)
      let inputs = Inputs(stage, rows: rows)
      for x in inputs.sources {
        for normalization in inputs.normalizations {
          for function in functions {
            let outputs = function.outputs(columns: x.columns)
            for residual in inputs.residuals(columns: outputs) {
              let y = stage.result(rows, outputs)
              stage.device.finishBlock(
                x, normalization: normalization, function: function, residual: residual, into: y,
                workspace: stage.workspace)
              let apart = separately(x, normalization, function, residual, on: stage)
              #expect(stage.read(y).map(\.bitPattern) == apart)
            }
          }
        }
      }
      #expect(stage.isIntactAround)
    }
  }

  @Test func `rows of a source can be taken for some columns`() {
    let stage = Stage(CPUDevice(threads: 1), gap: 1)
    let inputs = Inputs(stage, rows: 20)
    for source in inputs.sources.prefix(2) {
      let some = source.columns(4..<12)
      #expect(some.count == 20 && some.columns == 8)
      #expect(
        separately(some, nil, .activation(.relu), nil, on: stage)
          == separately(source, nil, .activation(.relu), nil, on: stage).enumerated()
          .filter { (4..<12).contains($0.offset % Self.columns) }.map(\.element))
    }
  }
}
