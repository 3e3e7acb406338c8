import CharCNNCompute
import CharCNNNetworks
import CharCNNTraining
import TestSupport
import Testing

/// Ten steps on sum(a (p - t)² / 2), against PyTorch's; the numbers come from Fixtures/optimizer_steps.py.
@Suite struct OptimizerTests {
  private struct Case {
    let kind: OptimizerKind
    let rate: Float
    let decay: Float
    var momentum: Float = 0.9
    let expected: [Double]
  }

  private static let cases = [
    Case(
      kind: .adamw, rate: 0.1, decay: 0.05,
      expected: [
        1.18532465, -0.230019526, 0.937687143, -0.0505024754, 0.478367809, -1.88282844, -0.456874906, 0.454128978,
      ]),
    Case(
      kind: .sgd, rate: 0.1, decay: 0.05,
      expected: [
        0.5905969, 2.23495218, 0.695874886, 0.0468119319, 0.498839007, 1.4273451, -0.435395986, 1.42505496,
      ]),
    Case(
      kind: .sgd, rate: 0.1, decay: 0, momentum: 0,
      expected: [
        0.547808962, 0.21547351, -0.915257425, -0.0748421174, 0.526843546, -1.8816481, -0.151562798, 0.176772073,
      ]),
    Case(
      kind: .adadelta, rate: 1, decay: 0.05,
      expected: [
        0.541488773, -1.2041519, 1.95407143, -0.0842947411, 0.706420305, -2.95398993, 0.205197132, -0.454386217,
      ]),
  ]

  private static let weight: [Float] = [0.5, -1.25, 2, -0.125, 0.75, -3]
  private static let bias: [Float] = [0.25, -0.5]
  private static let target: [Float] = [1, 1, -1, 0, 0.5, 2, -0.25, 0.75]
  private static let curvature: [Float] = [0.1, 1, 3, 0.5, 2, 0.25, 1.5, 0.75]

  private static var layout: ParameterLayout {
    var builder = ParameterBuilder()
    _ = builder.add("weight", shape: [2, 3], initialization: .zeros, decays: true)
    _ = builder.add("bias", shape: [2], initialization: .zeros, decays: false)
    return builder.layout
  }

  private static func settings(_ kind: OptimizerKind, decay: Float, momentum: Float = 0.9) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.optimizer = kind
    settings.weightDecay = decay
    settings.momentum = momentum
    return settings
  }

  /// Values after ten steps, the gradients divided by `gradientScale` first.
  private static func run(
    _ optimizer: any Optimizer, rate: Float, gradientScale: Float = 1, device: any Device
  ) -> [Float] {
    let store = ParameterStore(layout: layout)
    device.write(weight + bias, to: store.values.all)
    let gradients = DeviceMemory(count: layout.trainedCount)
    for _ in 0..<10 {
      let values = device.read(store.values.all)
      let gradient = values.indices.map { curvature[$0] * (values[$0] - target[$0]) / gradientScale }
      device.write(gradient, to: gradients.all)
      optimizer.update(store, gradients: gradients, rate: rate, gradientScale: gradientScale, device: device)
    }
    return device.read(store.values.all)
  }

  @Test(arguments: InstructionSet.available)
  func `ten steps give PyTorch's values`(instructions: InstructionSet) {
    let device = CPUDevice(threads: 2, instructions: instructions)
    for example in Self.cases {
      let settings = Self.settings(example.kind, decay: example.decay, momentum: example.momentum)
      let optimizer = example.kind.makeOptimizer(layout: Self.layout, settings: settings)
      let values = Self.run(optimizer, rate: example.rate, device: device)
      let agreement = Agreement(values.map(Double.init), example.expected)
      #expect(agreement.largestError < 1e-6, "\(example.kind): \(agreement)")
      #expect(optimizer.updates == 10)
    }
  }

  @Test(arguments: OptimizerKind.allCases)
  func `the gradient scale multiplies the gradient`(kind: OptimizerKind) {
    let device = CPUDevice(threads: 1)
    let settings = Self.settings(kind, decay: 0.05)
    func values(scale: Float) -> [Float] {
      let optimizer = kind.makeOptimizer(layout: Self.layout, settings: settings)
      return Self.run(optimizer, rate: 0.1, gradientScale: scale, device: device)
    }
    #expect(values(scale: 0.25) == values(scale: 1))
  }

  @Test(arguments: OptimizerKind.allCases)
  func `frozen parameters keep every bit and the others move as ever`(kind: OptimizerKind) {
    let device = CPUDevice(threads: 1)
    let settings = Self.settings(kind, decay: 0.05)
    let free = Self.run(kind.makeOptimizer(layout: Self.layout, settings: settings), rate: 0.1, device: device)
    let optimizer = kind.makeOptimizer(layout: Self.layout, settings: settings)
    optimizer.ranges = UpdateRanges(layout: Self.layout) { $0.name != "weight" }
    let frozen = Self.run(optimizer, rate: 0.1, device: device)
    #expect(Array(frozen[..<6]) == Self.weight)
    #expect(frozen[6...] == free[6...])
  }

  @Test(arguments: OptimizerKind.allCases)
  func `the state has the size of the parameters and distinct names`(kind: OptimizerKind) {
    let optimizer = kind.makeOptimizer(layout: Self.layout, settings: TrainingSettings())
    _ = Self.run(optimizer, rate: 0.1, device: CPUDevice(threads: 1))
    #expect(Set(optimizer.state.map(\.name)).count == optimizer.state.count)
    for (name, memory) in optimizer.state {
      #expect(memory.count == 8)
      #expect(CPUDevice(threads: 1).sumOfSquares(memory.all) > 0, "\(name) is never written")
    }
  }
}
