import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import Testing

/// A network of any architecture with its values and gradients.
final class ArchitectureRun {
  let device: CPUDevice
  let network: any TextNetwork
  let store: ParameterStore
  let gradients: DeviceMemory
  private let workspace = Workspace()

  init(_ network: any TextNetwork, store: ParameterStore, device: CPUDevice) {
    self.network = network
    self.store = store
    self.device = device
    gradients = DeviceMemory(count: network.parameters.trainedCount)
  }

  /// Random initial values.
  convenience init(_ architecture: Architecture, seed: UInt64 = 1, threads: Int = 2) throws {
    let device = CPUDevice(threads: threads)
    let network = try architecture.makeNetwork()
    self.init(
      network, store: ParameterStore(layout: network.parameters, seed: seed, device: device), device: device)
  }

  var parameters: ParameterLayout { network.parameters }

  /// Scores in prediction.
  func prediction(_ texts: [ArraySlice<Int32>]) -> [Float] {
    workspace.reset()
    return scores(texts, .prediction(device: device, workspace: workspace, store: store))
  }

  /// Scores in training; with `step` characters and features are dropped.
  func scores(_ texts: [ArraySlice<Int32>], step: UInt64? = nil) -> [Float] {
    workspace.reset()
    return scores(texts, trainingPass(step: step))
  }

  private func trainingPass(step: UInt64? = nil) -> Pass {
    .training(
      device: device, workspace: workspace, store: store, gradients: gradients,
      randomness: step.map { Randomness(seed: 3, step: $0) })
  }

  private func scores(_ texts: [ArraySlice<Int32>], _ pass: Pass) -> [Float] {
    func run(_ network: some TextNetwork) -> [Float] {
      device.read(network.forward(CharacterBatch(texts, length: network.length, workspace: workspace), pass).logits)
    }
    return run(network)
  }

  /// One pass forward and backward; replaces the gradients. `dlogits` writes the gradient of the scores.
  private func pass(_ texts: [ArraySlice<Int32>], step: UInt64?, dlogits: (Tensor, Tensor) -> Void) -> [Float] {
    func run(_ network: some TextNetwork) -> [Float] {
      workspace.reset()
      let batch = CharacterBatch(texts, length: network.length, workspace: workspace)
      let pass = trainingPass(step: step)
      let (logits, saved) = network.forward(batch, pass)
      let dscores = workspace.tensor(rows: logits.rows, columns: logits.columns)
      dlogits(logits, dscores)
      device.fill(gradients.all, with: 0)
      network.backward(dscores, saved, pass)
      return device.read(logits)
    }
    return run(network)
  }

  /// Gradients of the sum of all scores times `weights`.
  func backward(_ texts: [ArraySlice<Int32>], weights: [Float], step: UInt64? = nil) {
    _ = pass(texts, step: step) { _, dscores in device.write(weights, to: dscores) }
  }

  /// Scores, mean cross entropy and its gradients.
  func crossEntropy(_ texts: [ArraySlice<Int32>], labels: [Int32], smoothing: Float) -> (loss: Double, logits: [Float])
  {
    var losses: [Float] = []
    let logits = pass(texts, step: nil) { logits, dscores in
      let targets = workspace.indices(count: labels.count)
      for (index, label) in labels.enumerated() { targets.host[index] = label }
      let each = workspace.tensor(rows: logits.rows, columns: 1)
      device.crossEntropy(
        logits, labels: targets, smoothing: smoothing, scale: 1 / Float(labels.count), losses: each, into: dscores)
      losses = device.read(each)
    }
    return (losses.reduce(0) { $0 + Double($1) } / Double(labels.count), logits)
  }

  /// The gradient of a parameter in file layout.
  func gradient(_ parameter: Parameter) -> [Float] {
    ParameterStore.fileOrder(device.read(ParameterStore.window(parameter, of: gradients)), parameter)
  }
}

/// A file that make_fixtures.py wrote for a network of any architecture.
struct ArchitectureFixture {
  let file: SafetensorsFile
  let architecture: Architecture
  let smoothing: Float

  init(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Fixtures"))
    file = try SafetensorsFile(path: url.path)
    architecture = try JSONDecoder().decode(
      Architecture.self, from: Data(try #require(file.metadata["architecture"]).utf8))
    smoothing = try number("smoothing")
  }

  func number(_ name: String) throws -> Float { try #require(file.metadata[name].flatMap(Float.init)) }

  /// The network with the fixture's weights.
  func run(device: CPUDevice) throws -> ArchitectureRun {
    let network = try architecture.makeNetwork()
    let store = try ParameterStore(layout: network.parameters, device: device) { name, shape in
      try file.expect("weights.\(name)", shape: shape)
      return try file.floats("weights.\(name)")
    }
    return ArchitectureRun(network, store: store, device: device)
  }

  /// The texts and labels stored with a prefix.
  func batch(_ prefix: String = "") throws -> (texts: [ArraySlice<Int32>], labels: [Int32]) {
    let characters = try file.int32s("\(prefix)characters")
    let offsets = try file.int32s("\(prefix)offsets").map(Int.init)
    return (zip(offsets, offsets.dropFirst()).map { characters[$0..<$1] }, try file.int32s("\(prefix)labels"))
  }
}
