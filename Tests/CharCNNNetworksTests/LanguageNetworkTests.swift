import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct LanguageNetworkTests {
  /// A network with what a training step needs.
  private final class Step {
    let device: CPUDevice
    let network: LanguageNetwork
    let store: ParameterStore
    let gradients: DeviceMemory
    let workspace = Workspace()
    let scratch = Workspace()

    init(_ network: LanguageNetwork, store: ParameterStore, device: CPUDevice) {
      self.device = device
      self.network = network
      self.store = store
      gradients = DeviceMemory(count: network.parameters.trainedCount)
    }

    func indices(_ values: [Int32]) -> IndexTensor {
      let result = workspace.indices(count: values.count)
      for (place, value) in values.enumerated() { result.host[place] = value }
      return result
    }

    func loss(_ texts: [ArraySlice<Int32>], rows: [Int32]?, targets: [Int32]) -> Double {
      workspace.reset()
      device.fill(gradients.all, with: 0)
      let pass = Pass.training(
        device: device, workspace: workspace, store: store, gradients: gradients, randomness: nil)
      return network.addGradients(
        CharacterBatch(texts, length: nil, workspace: workspace), rows: rows.map(indices), targets: indices(targets),
        pass, scratch: scratch)
    }

    func scores(_ texts: [ArraySlice<Int32>]) -> [Float] {
      workspace.reset()
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      return device.read(network.scores(of: CharacterBatch(texts, length: nil, workspace: workspace), pass))
    }
  }

  private struct Description: Decodable { let settings: GatedConfiguration }

  private func language(_ changes: String) -> GatedConfiguration {
    small("pooling=none normalization=layer \(changes)")
  }

  static let fixtures = ["language-causal", "language-widths", "language-masked"]

  @Test(arguments: fixtures, InstructionSet.available)
  func `scores, loss and all gradients are PyTorch's`(name: String, instructions: InstructionSet) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Fixtures"))
    let file = try SafetensorsFile(path: url.path)
    let settings = try JSONDecoder().decode(
      Description.self, from: Data(try #require(file.metadata["fixture"]).utf8)
    ).settings
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try LanguageNetwork(settings)
    let store = try ParameterStore(layout: network.parameters, device: device) { name, shape in
      try file.expect("weights.\(name)", shape: shape)
      return try file.floats("weights.\(name)")
    }
    let step = Step(network, store: store, device: device)
    let characters = try file.int32s("characters")
    let offsets = try file.int32s("offsets").map(Int.init)
    let texts = zip(offsets, offsets.dropFirst()).map { characters[$0..<$1] }

    func expectClose(_ ours: [Float], _ tensor: String) throws {
      let agreement = Agreement(ours, try file.floats(tensor))
      #expect(agreement.normError <= PyTorchParityTests.tolerance, "\(tensor): \(agreement)")
    }
    try expectClose(step.scores(texts), "scores")
    let loss = step.loss(texts, rows: try file.int32s("rows"), targets: try file.int32s("targets"))
    try expectClose([Float(loss)], "loss")
    for parameter in network.parameters.trained {
      try expectClose(
        ParameterStore.fileOrder(device.read(ParameterStore.window(parameter, of: step.gradients)), parameter),
        "gradients.\(parameter.name)")
    }
  }

  @Test(arguments: [
    "padding=causal dilations=1,2", "padding=causal widths=2,4 filters=8", "dilations=1,2 residual=false",
  ])
  func `gradients are derivatives of the loss, at all rows and at some`(changes: String) throws {
    let device = CPUDevice(threads: 2)
    let network = try LanguageNetwork(language(changes))
    let store = ParameterStore(layout: network.parameters)
    device.write(normalValues(network.parameters.trainedCount, seed: 4).map { 0.6 * $0 }, to: store.values.all)
    let step = Step(network, store: store, device: device)
    let texts = awkwardTexts.filter { !$0.isEmpty }
    let count = texts.reduce(0) { $0 + $1.count }
    for rows in [nil, [1, 2, 5, 9] as [Int32]?] {
      let targets = wholeValues(rows?.count ?? count, from: 0, to: 5, seed: 8)
      _ = step.loss(texts, rows: rows, targets: targets)
      let gradient = device.read(step.gradients.all)
      let problem = GradientCheck().problem(values: device.read(store.values.all), gradient: gradient) { values in
        device.write(values, to: store.values.all)
        return step.loss(texts, rows: rows, targets: targets)
      }
      #expect(problem == nil, "\(changes): \(problem ?? "")")
    }
  }

  @Test func `the scores of thousands of characters are taken some rows at a time, with the same loss`() throws {
    let device = CPUDevice(threads: 2)
    var configuration = language("padding=causal")
    configuration.alphabetSize = 30_000
    let network = try LanguageNetwork(configuration)
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    let step = Step(network, store: store, device: device)
    // More rows than fit at once.
    let texts = [wholeValues(150, from: 0, to: 30_000, seed: 3)[...]]
    let targets = wholeValues(150, from: 0, to: 30_000, seed: 5)
    let loss = step.loss(texts, rows: nil, targets: targets)
    let scores = step.scores(texts)
    var expected = 0.0
    for row in 0..<150 {
      let own = scores[row * 30_000..<(row + 1) * 30_000].map(Double.init)
      expected += log(own.reduce(0) { $0 + exp($1) }) - own[Int(targets[row])]
    }
    #expect(abs(loss - expected / 150) < 1e-4)
  }

  @Test func `causal scores depend on nothing that follows`() throws {
    let device = CPUDevice(threads: 1)
    let network = try LanguageNetwork(language("padding=causal blocks=3 dilations=1,2,4"))
    let step = Step(
      network, store: ParameterStore(layout: network.parameters, seed: 3, device: device), device: device)
    let text = wholeValues(40, from: 0, to: 5, seed: 2)
    let whole = step.scores([text[...]])
    let part = step.scores([text[..<17]])
    let agreement = Agreement(part, Array(whole[..<(17 * 5)]))
    #expect(agreement.largestError < 1e-6, "\(agreement)")
  }

  @Test(arguments: [
    "padding=causal", "padding=causal blocks=3 dilations=1,2,4", "padding=causal widths=2,4 filters=8 dilations=3",
    "padding=causal residual=false normalization=none", "padding=causal nonlinearity=complementary",
  ])
  func `one character at a time gives the scores of the whole text`(changes: String) throws {
    let device = CPUDevice(threads: 2)
    let network = try LanguageNetwork(language(changes))
    let store = ParameterStore(layout: network.parameters, seed: 6, device: device)
    let step = Step(network, store: store, device: device)
    let text: [Int32] = [-1] + wholeValues(60, from: 0, to: 5, seed: 4)
    let whole = step.scores([text[...]])
    let stepper = LanguageStepper(network, store: store, device: device)
    let oneByOne = text.flatMap { stepper.scores(after: $0) }
    let agreement = Agreement(oneByOne, whole)
    #expect(agreement.largestError < 1e-4, "\(changes): \(agreement)")
  }

  @Test(arguments: ["pooling=max", "stride=2", "length=9"])
  func `a network that gives no row for each character is refused`(change: String) {
    #expect(throws: ConfigurationError.self) { try LanguageNetwork(small("padding=causal pooling=none \(change)")) }
  }

  @Test func `the body has the names of the classifier's`() throws {
    let language = try LanguageNetwork(language("padding=causal blocks=3")).parameters.trained
    let classifier = try GatedNetwork(small("normalization=layer blocks=3")).parameters.trained
    func body(_ parameters: [Parameter]) -> [String] {
      parameters.filter { !$0.name.hasPrefix("output") }.map { "\($0.name) \($0.shape)" }
    }
    #expect(body(language) == body(classifier) && !body(language).isEmpty)
  }
}
