public import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// `config.json` of a model of scores.
struct RegressorFile: ModelFile {
  static let modelTask = ModelTask.regression
  /// The version of models without vectors.
  static let firstVersion = 1
  /// With a base whose vectors count beside the n-grams.
  static let currentVersion = 2

  var version: Int
  var task: String
  var quantization: TextClassifier.Quantization?
  var architecture: Architecture
  var ngrams: NgramConfiguration
  var text: TextSettings
  var scale: ScoreScale
  var training: TextRegressor.Record?
  /// The columns of the training data; nil where they had no names.
  var columns: DataColumns?
}

extension TextRegressor {
  /// Regression.
  public static var task: ModelTask { .regression }

  /// What its bundle holds.
  func contents() throws -> BundleContents {
    let file = RegressorFile(
      version: linear?.vectors == nil ? RegressorFile.firstVersion : RegressorFile.currentVersion,
      task: Self.task.rawValue, architecture: architecture, ngrams: ngrams,
      text: textSettings, scale: scale, training: record, columns: columns)
    return BundleContents(
      configuration: file, alphabet: alphabet, store: store, device: device, card: card,
      files: try
        (linear.map { [BundleFile(StoredLinearNgrams.fileName, bytes: try StoredLinearNgrams.encode($0))] }
        ?? []) + StoredVectors.files(linear?.vectors?.reader, device: device),
      history: record?.history ?? [], provenance: record?.provenance)
  }

  private var card: ModelCard {
    let (low, high) = (Decimals.short(scale.lowest), Decimals.short(scale.highest))
    var card = ModelCard(
      title: "Text scores",
      purpose: grades.map {
        "Gives a text one of \($0.count) grades from \(low) to \(high), and the grade that is to be expected."
      } ?? "Gives a text a score from \(low) to \(high).")
    card.add("network", architecture.hasNetwork ? architecture.name : "none, n-grams alone")
    card.add("parameters", parameterCount)
    if let linear { card.add("n-grams", "\(linear.vocabulary.count): \(linear.features.description)") }
    if let vectors = linear?.vectors { card.add("vectors", vectors.reader.description) }
    card.add(
      "scores of the training texts",
      "mean \(Decimals.readable(scale.mean)), deviation \(Decimals.readable(scale.deviation))")
    card.add("characters", alphabet.count)
    card.add("longest text", lengths.description)
    if let record {
      card.addTraining(
        on: "\(record.trainingExamples) texts", record.settings.training, epochs: record.epochs,
        bestEpoch: record.bestEpoch, validation: "\(record.validationExamples) texts: \(record.figures)")
      card.note =
        "The validation texts chose \(architecture.hasNetwork ? "the best epoch and what the parts of the network count" : "how closely it fits the training texts"), so the figures are slightly kind; measure on texts of your own."
    }
    if !architecture.hasNetwork, linear != nil {
      card.weights =
        "`\(StoredLinearNgrams.fileName)` holds the n-grams and their weights, `model.safetensors` a factor of the scores"
    }
    card.commands = ["charcnn predict FOLDER \"a text\"", "charcnn evaluate FOLDER data.csv"]
    card.code = [
      "let regressor = try TextRegressor(contentsOf: \"FOLDER\")", "regressor.score(for: \"a text\")",
    ]
    return card
  }

  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws {
    let opened = try OpenedModel<RegressorFile>(bundle)
    let (configuration, alphabet) = (opened.configuration, opened.alphabet)
    let scale = configuration.scale
    if let problem = scale.problem { throw opened.invalid("it has \(problem)") }
    let sizes = configuration.architecture.configuration
    guard sizes.alphabetSize == alphabet.count, sizes.classes == scale.outputs else {
      throw opened.invalid(
        "\(sizes.alphabetSize) characters and \(sizes.classes) outputs do not agree with \(alphabet.count) in \(ModelFileName.alphabet) and \(scale.outputs) of the scores"
      )
    }
    guard configuration.quantization == nil else { throw opened.invalid("such a model has weights in floats only") }
    guard configuration.text.chunkLength == nil else { throw opened.invalid("a text with a score has no chunks") }
    let bare = try opened.network { () throws(ConfigurationError) in
      try configuration.ngrams.validate()
      return configuration.ngrams.widening(try configuration.architecture.makeNetwork(), classes: scale.outputs)
    }
    guard configuration.architecture.hasNetwork || configuration.ngrams.isEnabled else {
      throw opened.invalid("n-grams alone have no n-grams")
    }
    let device = CPUDevice(threads: threads, instructions: instructions, precision: precision)
    let vectors = try StoredVectors.decode(bundle, alphabet: alphabet, device: device)
    if vectors != nil,
      configuration.version < RegressorFile.currentVersion || configuration.ngrams.solvedFeatures == nil
    {
      throw opened.invalid("vectors need format version \(RegressorFile.currentVersion) and solved n-grams")
    }
    let linear = try configuration.ngrams.solvedFeatures.map { features in
      try StoredLinearNgrams.decode(
        bundle.safetensors(named: StoredLinearNgrams.fileName), features: features, classes: scale.outputs,
        hasSeveral: true, characters: alphabet.count, vectors: vectors)
    }
    guard linear == nil || configuration.ngrams.hasLengths else {
      throw opened.invalid("the lengths of the n-grams are missing")
    }
    let one = linear?.beside(bare, reading: ReadingLengths(configuration.text, configuration.ngrams)) ?? bare
    let network = scale.grades == nil ? one.withScores : one.withSeveralLabels
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      architecture: configuration.architecture, ngrams: configuration.ngrams, linear: linear, network: network,
      scale: scale, store: store, encoder: TextEncoder(settings: configuration.text, alphabet: alphabet),
      device: device, record: try opened.completed(configuration.training), columns: configuration.columns)
    guard predictions(for: [opened.probe])[0].score.isFinite else { throw opened.overflow }
  }
}
