import CharCNNCompute
import CharCNNNetworks
import TestSupport
import Testing

@Suite struct NetworkGradientTests {
  static let settings = [
    "", "widths=2,3,4 filters=12", "widths=1,5", "stride=2", "stride=2 pooling=none blocks=3",
    "dilations=2", "dilations=1,2,4 blocks=3 pooling=none", "nonlinearity=complementary embedding=4",
    "nonlinearity=relu", "nonlinearity=gelu", "nonlinearity=gelu residual=false", "normalization=layer",
    "normalization=batch", "normalization=batch widths=2,3 filters=8 nonlinearity=relu", "residual=false",
    "embedding=2", "pooling=none", "pooling=average", "poolingWidth=3", "poolingWidth=3 poolingStride=1",
    "globalPooling=average", "globalPooling=maxAverage", "hidden=5", "hidden=5,4 globalPooling=maxAverage",
    "length=6", "length=12 normalization=batch", "blocks=1", "blocks=4",
  ]

  @Test(arguments: settings, InstructionSet.available)
  func `gradients of whole networks are derivatives of the scores`(settings: String, instructions: InstructionSet)
    throws
  {
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try GatedNetwork(small(settings))
    let layout = network.parameters
    let store = ParameterStore(layout: layout)
    device.write(normalValues(layout.trainedCount, seed: 4).map { 0.6 * $0 }, to: store.values.all)
    let step = NetworkStep(network, store: store, device: device)
    let weights = normalValues(awkwardTexts.count * 2, seed: 5)

    step.backward(awkwardTexts, from: weights)
    let gradient = device.read(step.gradients.all)
    let problem = GradientCheck().problem(values: device.read(store.values.all), gradient: gradient) { values in
      device.write(values, to: store.values.all)
      return zip(step.scores(awkwardTexts), weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    #expect(problem == nil, "\(settings): \(problem ?? "")")
    #expect(gradient.contains { $0 != 0 })
  }

  @Test(arguments: InstructionSet.available)
  func `any number of threads gives the same bits`(instructions: InstructionSet) throws {
    let network = try GatedNetwork(small("embedding=16 filters=64 widths=3,5 normalization=layer blocks=3"))
    let texts = (0..<40).map { wholeValues(1 + 7 * $0, from: 0, to: 5, seed: UInt64($0))[...] }
    let labels = wholeValues(texts.count, from: 0, to: 2, seed: 99)
    let runs = [1, 2, 5].map { threads -> [Float] in
      let device = CPUDevice(threads: threads, instructions: instructions)
      let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
      let step = NetworkStep(network, store: store, device: device)
      let (_, logits) = step.crossEntropy(texts, labels: labels, smoothing: 0.1)
      return logits + device.read(step.gradients.all)
    }
    #expect(runs[0].allSatisfy { $0.isFinite })
    #expect(runs[0] == runs[1])
    #expect(runs[0] == runs[2])
  }

  @Test(arguments: settings)
  func `a text has the same scores alone as among others`(settings: String) throws {
    let device = CPUDevice(threads: 2)
    let network = try GatedNetwork(small(settings))
    let step = NetworkStep(
      network, store: ParameterStore(layout: network.parameters, seed: 3, device: device), device: device)
    let together = step.prediction(awkwardTexts)
    let alone = awkwardTexts.flatMap { step.prediction([$0]) }
    let agreement = Agreement(alone, together)
    #expect(agreement.largestError < 1e-6, "\(agreement)")
  }

  @Test func `packed weights predict what unpacked ones do`() throws {
    let device = CPUDevice(threads: 1)
    let network = try GatedNetwork(small("hidden=5 blocks=3"))
    let step = NetworkStep(
      network, store: ParameterStore(layout: network.parameters, seed: 3, device: device), device: device)
    let before = step.prediction(awkwardTexts)
    step.store.freeze(device: device)
    #expect(step.prediction(awkwardTexts) == before)
  }

  @Test func `dropout acts in training only and depends on the step`() throws {
    let device = CPUDevice(threads: 1)
    let network = try GatedNetwork(small("dropout=0.5 blockDropout=0.5 characterDropout=0.5"))
    let step = NetworkStep(
      network, store: ParameterStore(layout: network.parameters, seed: 3, device: device), device: device)
    func scores(step number: UInt64) -> [Float] {
      step.scores(awkwardTexts, randomness: Randomness(seed: 1, step: number))
    }
    #expect(step.prediction(awkwardTexts) == step.scores(awkwardTexts))
    #expect(scores(step: 1) == scores(step: 1))
    #expect(scores(step: 1) != scores(step: 2))
    #expect(scores(step: 1) != step.scores(awkwardTexts))
  }
}
