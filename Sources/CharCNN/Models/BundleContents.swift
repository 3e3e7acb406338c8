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
  /// Where it comes from; nil where nothing is known of that.
  var provenance: ModelBundle.Provenance?

  /// Writes the folder: all of it or nothing.
  func write(to path: String, overwrite: Bool) throws {
    try ModelBundle.write(to: path, files: allFiles, overwrite: overwrite)
  }

  /// Adds what the owner says of the model, and the command that made it; what was said before and is not said again stays.
  ///
  /// - Throws: ``ConfigurationError`` for a text that is too long.
  mutating func describe(_ description: ModelBundle.Description, command: [String]?) throws(ConfigurationError) {
    try description.validate()
    var known = provenance ?? ModelBundle.Provenance()
    if !description.isEmpty {
      known.description = ModelBundle.Description(
        name: description.name ?? known.description?.name, note: description.note ?? known.description?.note,
        licence: description.licence ?? known.description?.licence)
    }
    known.command = command ?? known.command
    provenance = known
  }

  /// Every file but the manifest.
  var allFiles: [BundleFile] {
    get throws {
      [
        try BundleFile(ModelFileName.configuration, json: configuration),
        try BundleFile(ModelFileName.alphabet, json: alphabet),
      ] + files + (history.isEmpty ? [] : [try BundleFile(ModelFileName.history, json: StoredHistory(history))])
        + (try provenance.map { [try BundleFile(ModelFileName.provenance, json: $0)] } ?? [])
        + (provenance?.run.map { [BundleFile(ModelBundle.Run.fileName, bytes: $0.bytes)] } ?? [])
        + [
          BundleFile(ModelFileName.weights, bytes: try StoredWeights.encode(store, device: device)),
          BundleFile(ModelFileName.card, text: card.describing(provenance).text),
        ]
    }
  }
}
