import CharCNNCompute
import CharCNNNetworks
import TestSupport
import Testing

/// Convolutions that are large enough for minimal filtering.
@Suite struct FilteredConvolutionTests {
  private static let inputs = 40
  private static let outputs = 48

  /// A convolution, its weights, and the texts that it is run on.
  private struct Setting {
    let convolution: Convolution
    let store: ParameterStore
    let device: CPUDevice

    init(_ geometry: WindowGeometry, _ instructions: InstructionSet, isFrozen: Bool = false) {
      var builder = ParameterBuilder()
      convolution = Convolution(inputs: inputs, outputs: outputs, geometry: geometry, builder: &builder)
      device = CPUDevice(threads: 2, instructions: instructions)
      store = ParameterStore(layout: builder.layout)
      device.write(normalValues(builder.layout.trainedCount, seed: 1), to: store.values.all)
      if isFrozen { store.freeze(device: device) }
    }

    /// Outputs of some texts, whose characters depend on their length alone.
    func predict(_ lengths: [Int]) -> [[Float]] {
      let workspace = Workspace()
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      let sequences = PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace)
      let x = workspace.tensor(rows: sequences.rows, columns: inputs)
      device.write(lengths.flatMap { normalValues($0 * inputs, seed: UInt64($0)) }, to: x)
      let (y, _) = convolution.forward(.frames(Frames(values: x, sequences: sequences)), pass)
      return (0..<lengths.count).map { device.read(y.values.rows(y.sequences.rows(of: $0))) }
    }

    /// Output, gradient to the input and gradients to the parameters, in training.
    func train(_ lengths: [Int]) -> [[Float]] {
      let workspace = Workspace()
      let gradients = DeviceMemory(count: store.layout.trainedCount)
      let pass = Pass.training(
        device: device, workspace: workspace, store: store, gradients: gradients, randomness: nil)
      let sequences = PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace)
      let x = workspace.tensor(rows: sequences.rows, columns: inputs)
      device.write(normalValues(x.count, seed: 2), to: x)
      let (y, saved) = convolution.forward(.frames(Frames(values: x, sequences: sequences)), pass)
      let dy = workspace.tensor(rows: y.values.rows, columns: outputs)
      device.write(normalValues(dy.count, seed: 3), to: dy)
      let dx = workspace.tensor(rows: x.rows, columns: inputs)
      convolution.backward(dy, saved, into: dx, accumulate: false, pass)
      return [device.read(y.values), device.read(dx), device.read(gradients.all)]
    }
  }

  private static let geometries = [
    WindowGeometry(width: 3), WindowGeometry(width: 5, dilation: 2), WindowGeometry(width: 7, padding: .valid),
    WindowGeometry(width: 3, padding: .causal),
  ]

  @Test(arguments: geometries, InstructionSet.available)
  func `a large batch trains as by the plain convolution`(geometry: WindowGeometry, instructions: InstructionSet) {
    let lengths = [120, 9, 200, 1]
    let ours = Setting(geometry, instructions).train(lengths)
    let plain = Setting(geometry, .scalar).train(lengths)
    for (ours, plain) in zip(ours, plain) {
      let agreement = Agreement(ours.map(Double.init), plain.map(Double.init))
      #expect(agreement.largestError <= 1e-4, "\(agreement)")
    }
  }

  @Test(arguments: geometries, InstructionSet.available)
  func `a text's bits do not depend on its company`(geometry: WindowGeometry, instructions: InstructionSet) {
    let setting = Setting(geometry, instructions, isFrozen: true)
    let lengths = [3, 200, 17, 16, 15, 1, 90, 33]
    let together = setting.predict(lengths).map { $0.map(\.bitPattern) }
    for (number, length) in lengths.enumerated() {
      #expect(setting.predict([length])[0].map(\.bitPattern) == together[number], "\(length) rows")
    }
  }

  @Test(arguments: geometries, InstructionSet.available)
  func `a frozen store predicts what a trained one does`(geometry: WindowGeometry, instructions: InstructionSet) {
    let lengths = [100, 5]
    let frozen = Setting(geometry, instructions, isFrozen: true)
    let first = frozen.predict(lengths)
    #expect(first == Setting(geometry, instructions).predict(lengths))
    #expect(first == frozen.predict(lengths))
  }

  @Test(arguments: InstructionSet.available)
  func `causal windows know nothing of what follows`(instructions: InstructionSet) {
    let setting = Setting(WindowGeometry(width: 3, padding: .causal), instructions, isFrozen: true)
    let workspace = Workspace()
    let pass = Pass.prediction(device: setting.device, workspace: workspace, store: setting.store)
    let sequences = PackedSequences(lengths: [64], count: 1, workspace: workspace)
    let values = normalValues(64 * Self.inputs, seed: 4)
    let outputs = [values, Array(values.prefix(37 * Self.inputs)) + values.suffix(27 * Self.inputs).map { -$0 }].map {
      let x = workspace.tensor(rows: 64, columns: Self.inputs)
      setting.device.write($0, to: x)
      let (y, _) = setting.convolution.forward(.frames(Frames(values: x, sequences: sequences)), pass)
      return setting.device.read(y.values.rows(0..<37)).map(\.bitPattern)
    }
    #expect(outputs[0] == outputs[1])
  }
}
