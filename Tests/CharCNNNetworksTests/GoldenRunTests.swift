import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import TestSupport
import Testing

/// Ten training steps, against the losses that PyTorch's AdamW gave from the same weights on the same batches.
@Suite struct GoldenRunTests {
  @Test(arguments: InstructionSet.available)
  func `ten steps of AdamW give PyTorch's losses`(instructions: InstructionSet) throws {
    let fixture = try Fixture("golden")
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try fixture.network()
    let step = NetworkStep(
      network, store: try fixture.store(layout: network.parameters, device: device), device: device)
    let moment1 = DeviceMemory(count: network.parameters.trainedCount)
    let moment2 = DeviceMemory(count: network.parameters.trainedCount)
    let batches = try (0..<3).map { try fixture.batch("batches.\($0).") }
    let optimizer = try fixture.optimizer()

    var losses: [Double] = []
    for number in 1...10 {
      let (texts, labels) = batches[(number - 1) % batches.count]
      losses.append(step.crossEntropy(texts, labels: labels, smoothing: fixture.smoothing).loss)
      let norm = device.sumOfSquares(step.gradients.all).squareRoot()
      for parameter in network.parameters.trained {
        let numbers = AdamWStep(
          beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: optimizer.rate,
          weightDecay: parameter.decays ? optimizer.weightDecay : 0,
          gradientScale: Float(min(1, Double(optimizer.clip) / norm)), number: number)
        device.adamW(
          numbers, parameters: step.store.tensor(parameter),
          gradients: ParameterStore.window(parameter, of: step.gradients),
          moment1: ParameterStore.window(parameter, of: moment1),
          moment2: ParameterStore.window(parameter, of: moment2))
      }
    }
    let expected = try fixture.file.doubles("losses")
    for (number, (ours, theirs)) in zip(losses, expected).enumerated() {
      #expect(abs(ours - theirs) <= 1e-4 * theirs, "step \(number + 1): \(ours), PyTorch \(theirs)")
    }
    #expect(losses.count == expected.count)
  }
}
