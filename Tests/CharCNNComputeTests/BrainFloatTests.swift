import CharCNNCompute
import TestSupport
import Testing

/// Products in bfloat16, for every set that this processor has.
@Suite struct BrainFloatTests {
  private static let sets = BrainFloatInstructionSet.allCases.filter(\.isAvailable)

  private static func device(_ set: BrainFloatInstructionSet, threads: Int = 1) -> CPUDevice {
    CPUDevice(threads: threads, precision: .bf16, brainFloats: set)
  }

  private static func results(
    _ operation: OperationCase, _ device: CPUDevice, rounds: Bool
  ) -> (values: [[Float]], isIntact: Bool) {
    let stage = Stage(device, gap: operation.gap, rounds: rounds)
    return (operation.run(stage), stage.isIntactAround)
  }

  @Test(arguments: OperationCase.convolutions, sets)
  func `products of rounded numbers are those of single precision`(
    operation: OperationCase, set: BrainFloatInstructionSet
  ) {
    let ours = Self.results(operation, Self.device(set), rounds: true)
    let single = Self.results(operation, CPUDevice(threads: 1, instructions: .scalar), rounds: true)
    // The gradient of a product is that of a result, which is not rounded.
    let isOfResult = operation.name.hasPrefix("product")
    for (number, (values, expected)) in zip(ours.values, single.values).enumerated() {
      let agreement = Agreement(values.map(Double.init), expected.map(Double.init))
      #expect(agreement.largestError <= (isOfResult && number == 1 ? 1e-2 : 1e-5), "result \(number): \(agreement)")
    }
    #expect(ours.isIntact)
  }

  @Test(arguments: OperationCase.convolutions, sets)
  func `numbers are rounded before they are multiplied`(operation: OperationCase, set: BrainFloatInstructionSet) {
    let stage = Stage(Self.device(set), gap: operation.gap)
    let results = operation.run(stage)
    for (number, (values, expected)) in zip(results, operation.formula()).enumerated() {
      let agreement = Agreement(values.map(Double.init), expected)
      #expect(agreement.largestError <= 2e-2, "result \(number): \(agreement)")
      if values.count > 100 { #expect(agreement.largestError > 1e-5, "nothing was rounded") }
    }
    #expect(stage.isIntactAround)
  }

  @Test(arguments: OperationCase.convolutions, sets)
  func `any number of threads gives the same bits`(operation: OperationCase, set: BrainFloatInstructionSet) {
    let runs = [1, 2, 5].map { threads in
      Self.results(operation, Self.device(set, threads: threads), rounds: false).values.map { $0.map(\.bitPattern) }
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] == runs[2])
  }

  @Test(arguments: OperationCase.convolutions)
  func `the processor's own instruction adds as the others do`(operation: OperationCase) {
    guard BrainFloatInstructionSet.avx512BF16.isAvailable else { return }
    let runs = [BrainFloatInstructionSet.avx512, .avx512BF16].map { set in
      Self.results(operation, Self.device(set), rounds: false).values.map { $0.map(\.bitPattern) }
    }
    #expect(runs[0] == runs[1])
  }

  /// Many blocks, windows that end at both edges, and rows that read nothing.
  @Test(arguments: sets, [1, 9, 4_000])
  func `many rows give the bits of a few at a time`(set: BrainFloatInstructionSet, dilation: Int) {
    let (rows, inputs, outputs, taps) = (12_000, 50, 200, 3)
    let (device, few) = (Self.device(set, threads: 3), Self.device(set))
    let workspace = Workspace()
    let x = workspace.tensor(rows: rows, columns: inputs)
    let w = workspace.tensor(rows: taps * inputs, columns: outputs)
    device.write(Matrix(random: rows, inputs, seed: 1).values.map(Float.init), to: x)
    device.write(Matrix(random: taps * inputs, outputs, seed: 2).values.map(Float.init), to: w)
    // Windows end at both edges, and some whole blocks read nothing.
    let windows = workspace.indices(count: rows * taps)
    for row in 0..<rows {
      for tap in 0..<taps {
        let read = row + (tap - 1) * dilation
        let isThere = (0..<rows).contains(read) && !(2_000..<5_000).contains(row)
        windows.host[row * taps + tap] = isThere ? Int32(read) : -1
      }
    }
    let packed = device.pack(w, taps: taps, inputs: inputs, outputs: outputs, transposed: false, workspace: workspace)
    let (y, expected) = (
      workspace.tensor(rows: rows, columns: outputs), workspace.tensor(rows: rows, columns: outputs)
    )
    device.convolve(
      x, windows: windows, weights: packed, bias: nil, accumulate: false, into: y, workspace: workspace)
    for row in stride(from: 0, to: rows, by: 500) {
      let read = (row * taps..<(row + 500) * taps).map { windows.host[$0] }
      let (lowest, highest) = (read.filter { $0 >= 0 }.min() ?? 0, max(0, read.max() ?? 0))
      let some = workspace.indices(count: read.count)
      for (place, number) in read.enumerated() { some.host[place] = number < 0 ? -1 : number - lowest }
      few.convolve(
        x.rows(Int(lowest)..<Int(highest) + 1), windows: some, weights: packed, bias: nil, accumulate: false,
        into: expected.rows(row..<row + 500), workspace: workspace)
    }
    #expect(device.read(y).map(\.bitPattern) == device.read(expected).map(\.bitPattern))
  }

  @Test(arguments: sets)
  func `what is not finite shows`(set: BrainFloatInstructionSet) {
    let device = Self.device(set)
    let workspace = Workspace()
    let (x, w) = (workspace.tensor(rows: 3, columns: 5), workspace.tensor(rows: 5, columns: 20))
    let y = workspace.tensor(rows: 3, columns: 20)
    for bad in [Float.nan, .infinity, -.infinity, .signalingNaN, .greatestFiniteMagnitude] {
      var values = [Float](repeating: 0.5, count: 15)
      values[7] = bad
      device.write(values, to: x)
      device.write([Float](repeating: 0.25, count: 100), to: w)
      let packed = device.pack(w, taps: 1, inputs: 5, outputs: 20, transposed: false, workspace: workspace)
      device.product(x, weights: packed, bias: nil, into: y, workspace: workspace)
      let results = device.read(y)
      #expect(results[..<20].allSatisfy { $0 == 0.625 } && results[40...].allSatisfy { $0 == 0.625 })
      let expected = bad.isNaN ? Float.nan : bad == .greatestFiniteMagnitude ? .infinity : bad
      #expect(results[20..<40].allSatisfy { $0.isNaN == expected.isNaN && ($0.isNaN || $0 == expected) }, "\(bad)")
    }
  }

  @Test func `a device has the precision it was asked for`() {
    #expect(CPUDevice(threads: 1).precision == .single && Self.device(.scalar).precision == .bf16)
    #expect(Self.device(.scalar).brainFloatInstructionSet == .scalar)
    for instructions in InstructionSet.available {
      let set = CPUDevice(threads: 1, instructions: instructions, precision: .bf16).brainFloatInstructionSet
      #expect(set == .best(beside: instructions) && set.isAvailable)
      // Rounded once more at its points, minimal filtering would be another rounding.
      #expect(Self.device(set).filteringPoints(taps: 3) == 0)
    }
    for set in BrainFloatInstructionSet.allCases where !set.isAvailable {
      #expect(Self.device(set).brainFloatInstructionSet == .scalar)
    }
  }
}
