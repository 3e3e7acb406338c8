import CharCNNCompute
import TestSupport
import Testing

/// Every operation of the device, for every instruction set that this processor has, from one list of cases.
@Suite struct DeviceOperationTests {
  @Test(arguments: OperationCase.all, InstructionSet.available)
  func `an operation agrees with its formula`(operation: OperationCase, instructions: InstructionSet) {
    let stage = Stage(CPUDevice(threads: 1, instructions: instructions), gap: operation.gap)
    let results = operation.run(stage)
    let expected = operation.formula()
    #expect(results.count == expected.count)
    for (number, (ours, formula)) in zip(results, expected).enumerated() {
      let agreement = Agreement(ours.map(Double.init), formula)
      #expect(agreement.largestError <= operation.tolerance, "result \(number): \(agreement)")
    }
    #expect(stage.isIntactAround)
  }

  @Test(arguments: OperationCase.all, InstructionSet.available)
  func `any number of threads gives the same bits`(operation: OperationCase, instructions: InstructionSet) {
    let runs = [1, 2, 5].map { threads in
      operation.run(Stage(CPUDevice(threads: threads, instructions: instructions), gap: operation.gap))
        .map { $0.map(\.bitPattern) }
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] == runs[2])
  }

  @Test(arguments: InstructionSet.available)
  func `a device has the instructions and threads it was asked for`(instructions: InstructionSet) {
    let device = CPUDevice(threads: 3, instructions: instructions)
    #expect(device.instructionSet == instructions)
    #expect(device.threadCount == 3)
    #expect(CPUDevice(threads: 0, instructions: instructions).threadCount == 1)
  }

  @Test func `instructions that the processor lacks fall back to the scalar ones`() {
    for instructions in InstructionSet.allCases where !instructions.isAvailable {
      #expect(CPUDevice(threads: 1, instructions: instructions).instructionSet == .scalar)
    }
    #expect(InstructionSet.best.isAvailable && InstructionSet.scalar.isAvailable)
  }

  @Test(arguments: InstructionSet.available)
  func `finite numbers are told from others wherever those stand`(instructions: InstructionSet) {
    let device = CPUDevice(threads: 2, instructions: instructions)
    let memory = DeviceMemory(count: 37)
    var values = normalValues(37, seed: 1)
    device.write(values, to: memory.all)
    #expect(device.isFinite(memory.all))
    for (place, bad) in [(0, Float.nan), (7, .infinity), (16, -.infinity), (36, .nan)] {
      let good = values[place]
      values[place] = bad
      device.write(values, to: memory.all)
      #expect(!device.isFinite(memory.all), "\(bad) at \(place)")
      values[place] = good
    }
  }
}
