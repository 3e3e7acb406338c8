import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import TestSupport
import Testing

/// The network that turns a text into a vector, and its loss.
@Suite struct EmbedderNetworkTests {
  private static let texts: [ArraySlice<Int32>] = [
    [], [2], [1, 2, 3, 2, 4, 4, 2], [3, 1], [2, 3, 1, 2, 4, 1, 1, 4, 2],
  ]
  private static let features = NgramFeatures(characters: [1, 2], words: [1, 2], pairs: [], minimumTexts: 1)
  private static let roles: [WordRole] = [.letter, .letter, .letter, .letter, .space]

  /// The n-grams of the texts but for the last.
  private static func reader() -> BagReader {
    let scanner = NgramScanner(features, roles: roles)
    var counts: [UInt64: UInt32] = [:]
    for text in texts.dropLast() {
      var keys: Set<UInt64> = []
      var words: [UInt64] = []
      Array(text).withUnsafeBufferPointer { text in
        scanner.forEachCharacterNgram(text) { keys.insert($0) }
        scanner.readWords(text, into: &words)
        scanner.forEachWordNgram(words) { keys.insert($0) }
      }
      for key in keys { counts[key, default: 0] += 1 }
    }
    let keys = counts.keys.sorted()
    return BagReader(
      features, roles: roles,
      vocabulary: NgramVocabulary(keys: keys, frequencies: keys.map { counts[$0] ?? 0 }, texts: texts.count - 1))
  }

  private static func configuration(_ hidden: Int?) -> EmbedderConfiguration {
    var configuration = EmbedderConfiguration()
    (configuration.dimension, configuration.rank, configuration.hidden) = (3, 4, hidden)
    return configuration
  }

  @Test(arguments: [nil, 5])
  func `gradients of rows and layers are derivatives of the vectors`(hidden: Int?) {
    let device = CPUDevice(threads: 2)
    let network = EmbedderNetwork(Self.configuration(hidden), learning: Self.reader())
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    device.write(normalValues(store.layout.tableCount, seed: 2), to: store.tables.all)
    // The outer layer starts at zero, where nothing of the inner one could be seen.
    device.write(normalValues(store.layout.trainedCount, seed: 4), to: store.values.all)
    let step = NetworkStep(network, store: store, device: device)
    let weights = normalValues(Self.texts.count * 3, seed: 3)
    step.backward(Self.texts, from: weights)
    for parameter in network.parameters.trained + network.parameters.tables {
      let values = store.read(parameter, device: device)
      defer { store.write(values, to: parameter, device: device) }
      let problem = GradientCheck().problem(values: values, gradient: step.gradient(parameter)) { values in
        store.write(values, to: parameter, device: device)
        return zip(step.scores(Self.texts), weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      #expect(problem == nil, "\(parameter.name): \(problem ?? "")")
    }
  }

  @Test func `the gradient of the loss is its derivative`() {
    let device = CPUDevice(threads: 1)
    let workspace = Workspace()
    let values = normalValues(4 * 3, seed: 5)
    let target = device.tensor(normalValues(4 * 3, seed: 6), columns: 3, workspace)
    let y = device.tensor(values, columns: 3, workspace)
    let dy = workspace.tensor(rows: 4, columns: 3)
    _ = device.vectorLoss(y, target: target, into: dy, workspace: workspace)
    let problem = GradientCheck().problem(values: values, gradient: device.read(dy)) { values in
      let (moved, unused) = (device.tensor(values, columns: 3, workspace), workspace.tensor(rows: 4, columns: 3))
      return device.vectorLoss(moved, target: target, into: unused, workspace: workspace)
    }
    #expect(problem == nil, "\(problem ?? "")")
    // The teacher's own vectors cost nothing.
    #expect(abs(device.vectorLoss(target, target: target, into: dy, workspace: workspace)) < 1e-6)
  }

  @Test(arguments: InstructionSet.available)
  func `vectors, loss and all gradients are PyTorch's`(instructions: InstructionSet) throws {
    let url = try #require(
      Bundle.module.url(forResource: "embedder", withExtension: "safetensors", subdirectory: "Fixtures"))
    let file = try SafetensorsFile(path: url.path)
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = EmbedderNetwork(Self.configuration(5), learning: Self.reader())
    let layout = network.parameters
    let store = ParameterStore(layout: layout, seed: 1, device: device)
    for parameter in layout.trained {
      try file.expect("weights.\(parameter.name)", shape: parameter.shape)
      store.write(try file.floats("weights.\(parameter.name)"), to: parameter, device: device)
    }
    #expect(layout.trained.count == file.names.count { $0.hasPrefix("weights.") })
    let workspace = Workspace()
    let gradients = DeviceMemory(count: layout.trainedCount)
    device.fill(gradients.all, with: 0)
    let pass = Pass.training(
      device: device, workspace: workspace, store: store, gradients: gradients, randomness: nil)
    let sums = device.tensor(try file.floats("sums"), columns: 4, workspace)
    let target = device.tensor(try file.floats("targets"), columns: 3, workspace)
    let (y, saved) = network.vectors(of: sums, pass)
    let dy = workspace.tensor(rows: y.rows, columns: y.columns)
    func expect(_ ours: [Float], _ name: String) throws {
      let agreement = Agreement(ours, try file.floats(name))
      #expect(agreement.normError <= 2e-6, "\(name): \(agreement)")
    }
    try expect(device.read(y), "vectors")
    try expect([Float(device.vectorLoss(y, target: target, into: dy, workspace: workspace))], "loss")
    try expect(device.read(network.backward(dy, saved, pass)), "gradients.sums")
    for parameter in layout.trained {
      let own = device.read(ParameterStore.window(parameter, of: gradients))
      try expect(ParameterStore.fileOrder(own, parameter), "gradients.\(parameter.name)")
    }
  }

  @Test func `dropped n-grams change the vectors in training only`() {
    let device = CPUDevice(threads: 1)
    var configuration = Self.configuration(nil)
    configuration.ngramDropout = 0.5
    let network = EmbedderNetwork(configuration, learning: Self.reader())
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    let step = NetworkStep(network, store: store, device: device)
    let plain = step.scores(Self.texts)
    #expect(step.scores(Self.texts) == plain)
    #expect(step.scores(Self.texts, randomness: Randomness(seed: 1)) != plain)
  }

  @Test func `rows in 8 bits give nearly the vectors of rows in floats, however many threads there are`() throws {
    let reader = Self.reader()
    let configuration = Self.configuration(5)
    let learning = EmbedderNetwork(configuration, learning: reader)
    let answers = try [1, 3].map { threads in
      let device = CPUDevice(threads: threads)
      let store = ParameterStore(layout: learning.parameters, seed: 1, device: device)
      device.write(normalValues(store.layout.tableCount, seed: 2), to: store.tables.all)
      device.write(normalValues(store.layout.trainedCount, seed: 4), to: store.values.all)
      let rows = device.read(store.tensor(try #require(learning.table)))
      let ngrams = LinearNgrams(
        features: Self.features, roles: Self.roles, vocabulary: reader.vocabulary, classes: 4, bias: [0, 0, 0, 0],
        device: device, fill: { row, weights in for column in 0..<4 { weights[column] = rows[row * 4 + column] } })
      let known = EmbedderNetwork(configuration, known: ngrams)
      let own = ParameterStore(layout: known.parameters, seed: 1, device: device)
      device.copy(store.values.all, into: own.values.all)
      let floats = NetworkStep(learning, store: store, device: device).scores(Self.texts)
      let bytes = NetworkStep(known, store: own, device: device).prediction(Self.texts)
      for (byte, float) in zip(bytes, floats) { #expect(abs(byte - float) < 0.1, "\(byte) instead of \(float)") }
      return bytes
    }
    #expect(answers[0] == answers[1])
  }

  @Test(arguments: ["rank=0", "hidden=0", "size=9", "ngramDropout=1", "ngramRate=0", "minimumTexts=0", "ngrams=2,2"])
  func `settings that make no network are refused`(setting: String) throws {
    var configuration = EmbedderConfiguration()
    let parts = setting.split(separator: "=").map(String.init)
    try configuration.set(parts[0], to: parts[1])
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.setting == parts[0])
  }
}

extension CPUDevice {
  fileprivate func tensor(_ values: [Float], columns: Int, _ workspace: Workspace) -> Tensor {
    let tensor = workspace.tensor(rows: values.count / columns, columns: columns)
    write(values, to: tensor)
    return tensor
  }
}
