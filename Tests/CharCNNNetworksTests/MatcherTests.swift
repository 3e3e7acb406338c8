import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import TestSupport
import Testing

/// A matcher with its values and gradients, for tests that run a few passes.
private final class MatcherStep {
  let device: CPUDevice
  let network: MatcherNetwork
  let store: ParameterStore
  let gradients: DeviceMemory
  let workspace = Workspace()

  init(_ network: MatcherNetwork, store: ParameterStore, device: CPUDevice) {
    self.network = network
    self.store = store
    self.device = device
    gradients = DeviceMemory(count: network.parameters.trainedCount)
  }

  func batch(_ texts: [[Int32]]) -> CharacterBatch {
    workspace.reset()
    return CharacterBatch(texts.map { $0[...] }, length: nil, workspace: workspace)
  }

  private var predictionPass: Pass { .prediction(device: device, workspace: workspace, store: store) }

  func outputs(_ pairs: [([Int32], [Int32])]) -> [Float] {
    device.read(network.forward(batch(pairs.map(\.0) + pairs.map(\.1)), predictionPass).outputs)
  }

  func vectors(_ texts: [[Int32]]) -> [Float] { device.read(network.vectors(of: batch(texts), predictionPass)) }

  /// Mean loss of a pair; replaces the gradients.
  func loss(
    _ pairs: [([Int32], [Int32])], labels: [Int32], targets: [Float], randomness: Randomness? = nil
  ) -> Double {
    let batch = batch(pairs.map(\.0) + pairs.map(\.1))
    let numbers = workspace.indices(count: labels.count)
    for (row, label) in labels.enumerated() { numbers.host[row] = label }
    let scores = workspace.tensor(rows: targets.count, columns: 1)
    device.write(targets, to: scores)
    device.fill(gradients.all, with: 0)
    let pass = Pass.training(
      device: device, workspace: workspace, store: store, gradients: gradients, randomness: randomness)
    return network.addGradients(batch, labels: numbers, targets: scores, smoothing: 0, pass)
  }

  func gradient(_ parameter: Parameter) -> [Float] {
    ParameterStore.fileOrder(device.read(ParameterStore.window(parameter, of: gradients)), parameter)
  }
}

@Suite struct MatcherTests {
  /// Pairs with everything that needs care: empty texts, equal ones, unequal lengths, a character that is unknown.
  private static let pairs: [([Int32], [Int32])] = [
    ([2, 1, 3], [2, 1, 4, 4]), ([], [3, 1]), ([1, 4, 2], [1, 4, 2]), ([0], [3, 3, 3, 1, 2, 0, 1]), ([], []),
    ([4, 4, 1, 2, 2], [1]),
  ]

  private static func small(_ changes: String) throws -> MatcherNetwork {
    var configuration = MatcherConfiguration()
    configuration.alphabetSize = 5
    configuration.classes = 3
    let settings =
      "embedding=4 filters=6 blocks=2 ngrams=1,2 ngramBits=8 ngramWidth=3 overlaps=1,2 hidden=5 normalization=none "
      + "characterDropout=0 ngramDropout=0 blockDropout=0 dropout=0 "
    for change in (settings + changes).split(separator: " ") where change != "vectors" {
      let parts = change.split(separator: "=").map(String.init)
      try configuration.set(parts[0], to: parts[1])
    }
    switch configuration.objective {
    case .classification: break
    case .contrastive: configuration.classes = 2
    case .regression: configuration.classes = 1
    }
    return try MatcherNetwork(configuration, vectors: changes.contains("vectors") ? smallVectors() : nil)
  }

  static let settings = [
    "symmetric=false", "symmetric=true", "symmetric=true overlaps=none", "symmetric=false ngrams=none hidden=none",
    "objective=regression", "objective=regression symmetric=false globalPooling=maxAverage",
    "objective=contrastive margin=1.5", "objective=contrastive margin=2 ngrams=none normalization=layer",
    "objective=regression pooling=none widths=2,3 filters=8", "vectors symmetric=false", "vectors ngrams=none",
    "vectors objective=regression", "vectors objective=contrastive margin=1.5",
  ]

  @Test(arguments: settings, InstructionSet.available)
  func `gradients of matchers are derivatives of the loss`(changes: String, instructions: InstructionSet) throws {
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try Self.small(changes)
    let layout = network.parameters
    let store = ParameterStore(layout: layout)
    let step = MatcherStep(network, store: store, device: device)
    for parameter in layout.trained {
      let values = normalValues(parameter.count, seed: UInt64(parameter.ordinal)).map { 0.2 + 0.5 * $0 }
      device.write(values, to: store.tensor(parameter))
    }
    // Equal texts are left out: |u - v| has no derivative there.
    let pairs = Self.pairs.filter { $0.0 != $0.1 }
    let labels = wholeValues(
      pairs.count, from: 0, to: network.configuration.objective == .classification ? 3 : 2, seed: 5)
    let targets: [Float] = (0..<pairs.count).map { Float($0) / Float(pairs.count) }
    // The slopes of a sigmoid are small enough to be lost in rounding where they are asked to be exact.
    let count = network.configuration.objective == .regression ? 1 : Double(pairs.count)
    _ = step.loss(pairs, labels: labels, targets: targets)
    for parameter in layout.trained {
      let window = store.tensor(parameter)
      let gradient = device.read(ParameterStore.window(parameter, of: step.gradients))
      let touched = gradient.indices.filter { parameter.name != "ngrams.weight" || gradient[$0] != 0 }
      let values = device.read(window)
      let problem = GradientCheck().problem(
        values: touched.map { values[$0] }, gradient: touched.map { Float(count) * gradient[$0] }
      ) { changed in
        var all = values
        for (place, value) in zip(touched, changed) { all[place] = value }
        device.write(all, to: window)
        return count * step.loss(pairs, labels: labels, targets: targets)
      }
      device.write(values, to: window)
      #expect(problem == nil, "\(changes), \(parameter.name): \(problem ?? "")")
      _ = step.loss(pairs, labels: labels, targets: targets)
    }
    #expect(device.read(step.gradients.all).contains { $0 != 0 })
  }

  @Test(arguments: MatchingObjective.allCases, InstructionSet.available)
  func `any number of threads gives the same bits`(objective: MatchingObjective, instructions: InstructionSet) throws {
    let network = try Self.small(
      "objective=\(objective.rawValue) embedding=16 filters=64 widths=3,5 ngramWidth=16 dropout=0.3 ngramDropout=0.3")
    let pairs = (0..<30).map { number in
      (
        wholeValues(number % 9, from: 0, to: 5, seed: UInt64(number)),
        wholeValues(1 + number % 7, from: 0, to: 5, seed: UInt64(100 + number))
      )
    }
    let runs = [1, 2, 5].map { threads -> [UInt32] in
      let device = CPUDevice(threads: threads, instructions: instructions)
      let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
      let step = MatcherStep(network, store: store, device: device)
      let loss = step.loss(
        pairs, labels: wholeValues(30, from: 0, to: 2, seed: 9), targets: (0..<30).map { Float($0) / 30 },
        randomness: Randomness(seed: 2))
      return [Float(loss).bitPattern] + device.read(step.gradients.all).map(\.bitPattern)
    }
    #expect(runs[0].contains { $0 != 0 })
    #expect(runs[0] == runs[1] && runs[0] == runs[2])
  }

  @Test(arguments: settings)
  func `a pair has the same answer alone as among others, and symmetric ones in either order`(changes: String) throws {
    let device = CPUDevice(threads: 2)
    let network = try Self.small(changes)
    let step = MatcherStep(
      network, store: ParameterStore(layout: network.parameters, seed: 3, device: device), device: device)
    let together = step.outputs(Self.pairs)
    #expect(together.allSatisfy { $0.isFinite })
    #expect(Agreement(Self.pairs.flatMap { step.outputs([$0]) }, together).largestError < 1e-6)
    let swapped = step.outputs(Self.pairs.map { ($0.1, $0.0) })
    if network.configuration.symmetric == true
      || network.configuration.objective != .classification
        && network.configuration.symmetric == nil
    {
      #expect(swapped == together)
    } else {
      #expect(swapped != together)
    }
    let texts = Self.pairs.map(\.0)
    #expect(step.vectors(texts).count == texts.count * network.dimension)
    #expect(Agreement(texts.flatMap { step.vectors([$0]) }, step.vectors(texts)).largestError < 1e-6)
  }

  @Test(arguments: MatchingObjective.allCases)
  func `vectors of zeros have answers, losses and gradients that are numbers`(objective: MatchingObjective) throws {
    let device = CPUDevice(threads: 1)
    let network = try Self.small("objective=\(objective.rawValue)")
    let step = MatcherStep(network, store: ParameterStore(layout: network.parameters), device: device)
    let zeros: [Float] = step.vectors([[1, 2], []])
    #expect(zeros.allSatisfy { $0 == 0 })
    #expect(step.outputs(Self.pairs).allSatisfy { $0 == 0 })
    let loss = step.loss(Self.pairs, labels: [0, 1, 1, 0, 1, 0], targets: [0, 1, 0.5, 1, 0, 0.2])
    #expect(loss.isFinite && device.isFinite(step.gradients.all))
  }

  // MARK: PyTorch

  static let fixtures = ["matcher-symmetric", "matcher-ordered", "matcher-contrastive", "matcher-regression"]

  private struct Description: Decodable {
    let network: MatcherConfiguration
  }

  @Test(arguments: fixtures, InstructionSet.available)
  func `vectors, outputs, loss and all gradients are PyTorch's`(name: String, instructions: InstructionSet) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Fixtures"))
    let file = try SafetensorsFile(path: url.path)
    let description = try JSONDecoder().decode(
      Description.self, from: Data(try #require(file.metadata["fixture"]).utf8))
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try MatcherNetwork(description.network)
    let store = ParameterStore(layout: network.parameters)
    for parameter in network.parameters.trained {
      try file.expect("weights.\(parameter.name)", shape: parameter.shape)
      store.write(try file.floats("weights.\(parameter.name)"), to: parameter, device: device)
    }
    let stored = file.names.filter { $0.hasPrefix("weights.") }.map { String($0.dropFirst(8)) }
    #expect(Set(stored) == Set(network.parameters.trained.map(\.name)))
    let characters = try file.int32s("characters")
    let offsets = try file.int32s("offsets").map(Int.init)
    let texts = zip(offsets, offsets.dropFirst()).map { Array(characters[$0..<$1]) }
    let pairs = Array(zip(texts[..<(texts.count / 2)], texts[(texts.count / 2)...]))
    let step = MatcherStep(network, store: store, device: device)
    expectClose(step.vectors(texts), try file.floats("vectors"), 5e-6, "vectors")
    expectClose(step.outputs(pairs), try file.floats("outputs"), 5e-6, "outputs")
    let loss = step.loss(pairs, labels: try file.int32s("labels"), targets: try file.floats("targets"))
    expectClose([Float(loss)], try file.floats("loss"), 5e-6, "loss")
    for parameter in network.parameters.trained {
      expectClose(step.gradient(parameter), try file.floats("gradients.\(parameter.name)"), 1e-5, parameter.name)
    }
  }

  private func expectClose(_ ours: [Float], _ theirs: [Float], _ tolerance: Double, _ what: String) {
    let agreement = Agreement(ours, theirs)
    #expect(agreement.normError <= tolerance, "\(what): \(agreement)")
  }

  // MARK: Configuration

  @Test func `the default matcher has as many parameters as its formula`() throws {
    var configuration = MatcherConfiguration()
    configuration.alphabetSize = 100
    configuration.classes = 2
    configuration.blocks = 2
    let network = try MatcherNetwork(configuration)
    let (d, k, w, h) = (configuration.embedding, configuration.filters, configuration.ngramWidth, 128)
    let blocks = 3 * d * k + 3 * k + d * k / 2 + 3 * (k / 2) * k + 3 * k
    let tables = 100 * d + (1 << configuration.ngramBits) * w
    let norms = 2 * (k / 2) + 2 * w
    let features = 3 * (k / 2) + 1 + 3 * w + 1 + 2 * configuration.overlaps.count
    #expect(network.parameters.trainedCount == blocks + tables + norms + features * h + h + h * 2 + 2)
    #expect(network.layers.reduce(0) { $0 + $1.parameters } == network.parameters.trainedCount)
    #expect(network.dimension == k / 2 + w)
  }

  @Test func `settings of matchers survive JSON and refuse what makes no network`() throws {
    var configuration = MatcherConfiguration()
    for (name, value) in [
      ("objective", "regression"), ("symmetric", "false"), ("lowest", "1"), ("highest", "5"), ("ngrams", "none"),
    ] {
      try configuration.set(name, to: value)
    }
    configuration.alphabetSize = 5
    configuration.classes = 1
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(MatcherConfiguration.self, from: data) == configuration)
    _ = try MatcherNetwork(configuration)
    for (name, value) in [
      ("highest", "1"), ("lowest", "1e30"), ("margin", "0"), ("margin", "3"), ("ngramBits", "40"), ("ngrams", "2,2"),
      ("overlaps", "0"), ("ngramDropout", "1"), ("filters", "3"), ("ngramWidth", "0"), ("hidden", "0"),
    ] {
      var wrong = configuration
      try wrong.set(name, to: value)
      let error = #expect(throws: ConfigurationError.self) { _ = try MatcherNetwork(wrong) }
      #expect(error?.setting == name)
    }
    configuration.objective = .contrastive
    configuration.classes = 3
    #expect(throws: ConfigurationError.self) { _ = try MatcherNetwork(configuration) }
  }

  @Test func `what the data decide is decided once`() {
    var configuration = MatcherConfiguration()
    configuration.classes = 2
    #expect(configuration.resolved(scores: nil).symmetric == true)
    configuration.classes = 3
    #expect(configuration.resolved(scores: nil).symmetric == false)
    configuration.symmetric = true
    #expect(configuration.resolved(scores: nil).symmetric == true)
    configuration.objective = .regression
    configuration.highest = 6
    let resolved = configuration.resolved(scores: 1...5)
    #expect(resolved.lowest == 1 && resolved.highest == 6 && resolved.range == 1...6)
  }
}
