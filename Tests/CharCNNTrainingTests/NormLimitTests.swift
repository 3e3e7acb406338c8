import CharCNNCompute
import CharCNNNetworks
import CharCNNTraining
import TestSupport
import Testing

@Suite struct NormLimitTests {
  private func norm(_ values: some Sequence<Float>) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  @Test(arguments: InstructionSet.available)
  func `the weights of each output are scaled back to the limit`(instructions: InstructionSet) {
    let device = CPUDevice(threads: 5, instructions: instructions)
    for layout in [Parameter.Layout.linear, .plain] {
      var builder = ParameterBuilder()
      let weight = builder.add(
        "weight", shape: [4, 37], layout: layout, initialization: .zeros, decays: true, constraint: .rowNorm(3))
      let store = ParameterStore(layout: builder.layout)
      // Norms of about 6, 0.6, 3 and 0.
      var values: [Float] = []
      for scale: Float in [1, 0.1, 0.5, 0] { values += normalValues(37, seed: 5).map { $0 * scale } }
      store.write(values, to: weight, device: device)
      store.restoreConstraints(device: device)

      let limited = store.read(weight, device: device)
      for row in 0..<4 {
        let before = values[row * 37..<(row + 1) * 37]
        let after = limited[row * 37..<(row + 1) * 37]
        let size = norm(before)
        if size <= 3 {
          #expect(after == before)
        } else {
          #expect(abs(norm(after) - 3) < 1e-5)
          let agreement = Agreement(Array(after), before.map { Float(Double($0) * 3 / size) })
          #expect(agreement.largestError < 1e-6)
        }
      }
    }
  }

  @Test func `parameters without a limit stay as they are`() {
    let device = CPUDevice(threads: 1)
    var builder = ParameterBuilder()
    let weight = builder.add("weight", shape: [2, 3], layout: .linear, initialization: .zeros, decays: true)
    let store = ParameterStore(layout: builder.layout)
    let values: [Float] = [10, 20, 30, 40, 50, 60]
    store.write(values, to: weight, device: device)
    store.restoreConstraints(device: device)
    #expect(store.read(weight, device: device) == values)
  }
}
