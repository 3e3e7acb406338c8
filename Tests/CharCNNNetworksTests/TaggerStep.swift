import CharCNNCompute
import CharCNNNetworks

/// A tagger with its values and gradients, for tests that run a few passes.
final class TaggerStep {
  let device: CPUDevice
  let network: any TaggingNetwork
  let store: ParameterStore
  let gradients: DeviceMemory
  let workspace = Workspace()

  init(_ network: any TaggingNetwork, store: ParameterStore, device: CPUDevice) {
    self.network = network
    self.store = store
    self.device = device
    gradients = DeviceMemory(count: network.parameters.trainedCount)
  }

  /// Sentences of words of characters; a character tagger sees the words without a gap between them.
  func batch(_ sentences: [[[Int32]]]) -> TaggingBatch {
    workspace.reset()
    let texts = network.unit == .word ? sentences.flatMap { $0 } : sentences.map { $0.flatMap { $0 } }
    let characters = CharacterBatch(texts.map { $0[...] }, length: nil, workspace: workspace)
    guard network.unit == .word else { return TaggingBatch(characters: characters) }
    let lengths = sentences.map(\.count)
    return TaggingBatch(
      words: characters,
      sentences: PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace))
  }

  var predictionPass: Pass { .prediction(device: device, workspace: workspace, store: store) }

  func emissions(_ batch: TaggingBatch) -> Tensor {
    func run(_ network: some TaggingNetwork) -> Tensor { network.emissions(batch, predictionPass).emissions }
    return run(network)
  }

  /// Mean loss of a row; replaces the gradients.
  func loss(_ sentences: [[[Int32]]], labels: [Int32], smoothing: Float = 0, randomness: Randomness? = nil) -> Double {
    let batch = batch(sentences)
    let tags = workspace.indices(count: labels.count)
    for (row, label) in labels.enumerated() { tags.host[row] = label }
    device.fill(gradients.all, with: 0)
    let pass = Pass.training(
      device: device, workspace: workspace, store: store, gradients: gradients, randomness: randomness)
    return network.addGradients(batch, labels: tags, smoothing: smoothing, pass)
  }

  func gradient(_ parameter: Parameter) -> [Float] {
    ParameterStore.fileOrder(device.read(ParameterStore.window(parameter, of: gradients)), parameter)
  }
}

/// Sentences with everything that needs care: a single character, repeated words, unequal lengths.
let awkwardSentences: [[[Int32]]] = [
  [[2]], [[1, 3], [0, 4, 4, 2], [3]], [[3, 1, 0, 0, 1], [2], [2], [4, 4], [1, 3]], [[0], [0]],
]

/// Small settings of a tagger with some changed: `filters=8 widths=2,3`.
func smallTagger(_ unit: TaggingUnit, _ changes: String = "") throws -> any TaggingNetwork {
  var architecture = TaggerArchitecture(unit)
  architecture.setSizes(alphabetSize: 5, classes: 3)
  var settings =
    "embedding=3 filters=4 blocks=2 dilations=1,2 ngramBits=8 characterDropout=0 ngramDropout=0 inputDropout=0 "
    + "blockDropout=0 dropout=0 normalization=none "
  if unit == .word { settings += "characterWidths=1,2,3 characterFilters=2 ngramWidth=3 ngrams=2,3 " }
  for change in (settings + changes).split(separator: " ") where change != "vectors" {
    let parts = change.split(separator: "=").map(String.init)
    try architecture.set(parts[0], to: parts[1])
  }
  return try architecture.makeNetwork(vectors: changes.contains("vectors") ? smallVectors() : nil)
}
