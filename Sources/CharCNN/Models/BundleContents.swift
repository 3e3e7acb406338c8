import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// What a model writes into its bundle.
struct BundleContents {
  /// `config.json`.
  let configuration: any ModelFile
  let alphabet: Alphabet
  let store: ParameterStore
  let device: any Device
  let card: ModelCard
  /// The task's own files, such as the labels.
  var files: [BundleFile] = []
  /// What the epochs of its training came to.
  var history: [TrainingPosition.Epoch] = []

  /// Writes the folder: all of it or nothing.
  func write(to path: String, overwrite: Bool) throws {
    try ModelBundle.write(to: path, files: allFiles, overwrite: overwrite)
  }

  /// Every file but the manifest.
  var allFiles: [BundleFile] {
    get throws {
      [
        try BundleFile(ModelFileName.configuration, json: configuration),
        try BundleFile(ModelFileName.alphabet, json: alphabet),
      ] + files + (history.isEmpty ? [] : [try BundleFile(ModelFileName.history, json: StoredHistory(history))])
        + [
          BundleFile(ModelFileName.weights, bytes: try StoredWeights.encode(store, device: device)),
          BundleFile(ModelFileName.card, text: card.text),
        ]
    }
  }
}
