import CharCNNCompute
import CharCNNNetworks

/// A network with its values and gradients: what a trainer holds, for tests that run a few passes.
final class NetworkStep {
  let device: CPUDevice
  let network: GatedNetwork
  let store: ParameterStore
  let gradients: DeviceMemory
  let workspace = Workspace()

  init(_ network: GatedNetwork, store: ParameterStore, device: CPUDevice) {
    self.network = network
    self.store = store
    self.device = device
    gradients = DeviceMemory(count: network.parameters.trainedCount)
  }

  var trainingPass: Pass {
    .training(device: device, workspace: workspace, store: store, gradients: gradients, randomness: nil)
  }

  func prediction(_ texts: [ArraySlice<Int32>]) -> [Float] {
    workspace.reset()
    let batch = CharacterBatch(texts, length: network.length, workspace: workspace)
    let pass = Pass.prediction(device: device, workspace: workspace, store: store)
    return device.read(network.forward(batch, pass).logits)
  }

  /// Scores in training mode.
  func scores(_ texts: [ArraySlice<Int32>]) -> [Float] {
    workspace.reset()
    let batch = CharacterBatch(texts, length: network.length, workspace: workspace)
    return device.read(network.forward(batch, trainingPass).logits)
  }

  /// One pass forward and backward from the mean cross entropy; replaces the gradients.
  func crossEntropy(_ texts: [ArraySlice<Int32>], labels: [Int32], smoothing: Float) -> (loss: Double, logits: [Float])
  {
    workspace.reset()
    let batch = CharacterBatch(texts, length: network.length, workspace: workspace)
    let pass = trainingPass
    let (logits, saved) = network.forward(batch, pass)
    let targets = workspace.indices(count: labels.count)
    for (index, label) in labels.enumerated() { targets.host[index] = label }
    let losses = workspace.tensor(rows: logits.rows, columns: 1)
    let dlogits = workspace.tensor(rows: logits.rows, columns: logits.columns)
    device.crossEntropy(
      logits, labels: targets, smoothing: smoothing, scale: 1 / Float(labels.count), losses: losses, into: dlogits)
    device.fill(gradients.all, with: 0)
    network.backward(dlogits, saved, pass)
    let loss = device.read(losses).reduce(0) { $0 + Double($1) } / Double(labels.count)
    return (loss, device.read(logits))
  }

  /// The gradient of a parameter in file layout.
  func gradient(_ parameter: Parameter) -> [Float] {
    let values = device.read(ParameterStore.window(parameter, of: gradients))
    return ParameterStore.fileOrder(values, parameter)
  }
}
