import CharCNNCompute
import CharCNNNetworks

/// A network with its values and gradients: what a trainer holds, for tests that run a few passes.
final class NetworkStep {
  let device: CPUDevice
  let network: any TextNetwork
  let store: ParameterStore
  let gradients: DeviceMemory
  let sparseGradients: [SparseGradient]
  let workspace = Workspace()

  init(_ network: any TextNetwork, store: ParameterStore, device: CPUDevice) {
    self.network = network
    self.store = store
    self.device = device
    gradients = DeviceMemory(count: network.parameters.trainedCount)
    sparseGradients = network.parameters.tables.map { SparseGradient(of: $0) }
  }

  var trainingPass: Pass {
    .training(
      device: device, workspace: workspace, store: store, gradients: gradients, sparseGradients: sparseGradients,
      randomness: nil)
  }

  func prediction(_ texts: [ArraySlice<Int32>]) -> [Float] {
    let pass = Pass.prediction(device: device, workspace: workspace, store: store)
    workspace.reset()
    return device.read(
      network.mixedScores(of: CharacterBatch(texts, length: network.length, workspace: workspace), pass))
  }

  /// Scores of all parts in training mode.
  func scores(_ texts: [ArraySlice<Int32>], randomness: Randomness? = nil) -> [Float] {
    let pass = Pass.training(
      device: device, workspace: workspace, store: store, gradients: gradients, sparseGradients: sparseGradients,
      randomness: randomness)
    return device.read(forward(network, texts, pass).scores.all)
  }

  /// One pass forward, and backward from the given gradient of the scores; replaces the gradients.
  func backward(_ texts: [ArraySlice<Int32>], from dscores: [Float]) {
    run(network, texts) { _ in dscores }
  }

  /// One pass forward and backward from the mean cross entropy; replaces the gradients.
  func crossEntropy(_ texts: [ArraySlice<Int32>], labels: [Int32], smoothing: Float) -> (loss: Double, logits: [Float])
  {
    var loss = 0.0
    let scores = run(network, texts) { logits in
      let targets = workspace.indices(count: logits.rows)
      for row in 0..<logits.rows { targets.host[row] = labels[row % labels.count] }
      let losses = workspace.tensor(rows: logits.rows, columns: 1)
      let dlogits = workspace.tensor(rows: logits.rows, columns: logits.columns)
      device.crossEntropy(
        logits, labels: targets, smoothing: smoothing, scale: 1 / Float(labels.count), losses: losses, into: dlogits)
      loss = device.read(losses).reduce(0) { $0 + Double($1) } / Double(labels.count)
      return device.read(dlogits)
    }
    return (loss, scores)
  }

  /// The gradient of a parameter in file layout.
  func gradient(_ parameter: Parameter) -> [Float] {
    guard parameter.role == .table else {
      return ParameterStore.fileOrder(device.read(ParameterStore.window(parameter, of: gradients)), parameter)
    }
    var dense = [Float](repeating: 0, count: parameter.count)
    let sparse = sparseGradients.first { $0.table == parameter }
    guard let rows = sparse?.rows, let gradients = sparse?.gradients else {
      return dense
    }
    let values = device.read(gradients)
    for (number, row) in rows.host.enumerated() {
      for column in 0..<gradients.columns {
        dense[Int(row) * gradients.columns + column] += values[number * gradients.columns + column]
      }
    }
    return dense
  }

  private func forward<Network: TextNetwork>(
    _ network: Network, _ texts: [ArraySlice<Int32>], _ pass: Pass
  ) -> (scores: PartScores, saved: Network.Saved) {
    workspace.reset()
    return network.forward(CharacterBatch(texts, length: network.length, workspace: workspace), pass)
  }

  /// Forward, then backward from what `dscores` makes of the scores; gives back the scores.
  @discardableResult
  private func run<Network: TextNetwork>(
    _ network: Network, _ texts: [ArraySlice<Int32>], dscores: (Tensor) -> [Float]
  ) -> [Float] {
    let pass = trainingPass
    let (parts, saved) = forward(network, texts, pass)
    let logits = parts.all
    let scores = device.read(logits)
    let dlogits = workspace.tensor(rows: logits.rows, columns: logits.columns)
    device.write(dscores(logits), to: dlogits)
    device.fill(gradients.all, with: 0)
    network.backward(PartScores(dlogits, parts: parts.count), saved, pass)
    return scores
  }
}

extension CharacterBatch {
  /// Packs texts that are given as slices of alphabet indices.
  init(_ texts: [ArraySlice<Int32>], length: Int?, workspace: Workspace) {
    self.init(count: texts.count, fixedLength: length, workspace: workspace) {
      texts[$0].count
    } copy: { text, rows in
      for (row, character) in zip(rows.indices, texts[text]) { rows[row] = character }
    }
  }
}
