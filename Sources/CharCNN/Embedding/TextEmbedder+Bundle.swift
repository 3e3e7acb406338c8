public import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText
public import CharCNNTraining

/// `config.json` of a model that gives vectors.
struct EmbedderFile: ModelFile {
  static let modelTask = ModelTask.embedding
  static let currentVersion = 1

  var version = Self.currentVersion
  var task = Self.modelTask.rawValue
  var quantization: TextClassifier.Quantization?
  var network: EmbedderConfiguration
  var text: TextSettings
  /// What outputs are multiplied with; nil for vectors of length 1.
  var scale: Float?
  var training: TextEmbedder.Record?
}

extension TextEmbedder {
  /// Vectors of texts.
  public static var task: ModelTask { .embedding }

  /// What a model file remembers of its training. No times and no thread numbers: the same training gives the same bytes.
  public struct Record: Codable, Sendable, Hashable, TrainingRecord {
    /// The settings.
    public var settings: RunSettings
    /// Texts that it learned from.
    public var trainingExamples: Int
    /// Texts that chose the best epoch.
    public var validationExamples: Int
    /// Epochs done.
    public var epochs: Int
    /// Epoch of the kept model.
    public var bestEpoch: Int
    /// The mean cosine with the teacher's vectors of the validation texts.
    public var cosine: Double
    /// Share of the teacher's ten nearest validation texts that are the model's too.
    public var neighborAgreement: Double?
    /// Spearman's correlation of the cosines of all pairs of validation texts, the teacher's with the model's.
    public var similarityCorrelation: Double?
    /// What the epochs came to, from a file of their own.
    public var history: [TrainingPosition.Epoch] = []
    /// Where the model comes from, from a file of its own.
    public var provenance: ModelBundle.Provenance?

    private enum CodingKeys: String, CodingKey {
      case settings, trainingExamples, validationExamples, epochs, bestEpoch, cosine, neighborAgreement,
        similarityCorrelation
    }
  }

  /// What its bundle holds.
  func contents() throws -> BundleContents {
    BundleContents(
      configuration: EmbedderFile(
        network: configuration, text: textSettings, scale: givesUnits ? nil : scale, training: record),
      alphabet: alphabet, store: store, device: device, card: card,
      files: [BundleFile(StoredLinearNgrams.fileName, bytes: try StoredLinearNgrams.encode(ngrams))],
      history: record?.history ?? [], provenance: record?.provenance)
  }

  private var card: ModelCard {
    var card = ModelCard(
      title: "Text vectors",
      purpose:
        "Gives a text a vector of \(dimension) numbers as its teacher does: texts that mean the same point the same way."
    )
    card.add("numbers of a vector", dimension)
    card.add("n-grams", "\(ngrams.vocabulary.count): \(ngrams.features.description)")
    card.add("numbers of a row", configuration.rank)
    card.add("hidden units", configuration.hidden.map { "\($0)" } ?? "none")
    card.add("parameters", parameterCount)
    card.add("characters", alphabet.count)
    card.add("longest text", "\(textSettings.maximumLength) characters; the rest is not read")
    if let record {
      let figures = [
        ("cosine", record.cosine), ("agreement of neighbours", record.neighborAgreement),
        ("correlation of similarities", record.similarityCorrelation),
      ].compactMap { name, value in value.map { "\(name) \(Decimals.rounded($0))" } }.joined(separator: ", ")
      card.addTraining(
        on: "\(record.trainingExamples) texts and a teacher's vectors of them", record.settings.training,
        epochs: record.epochs, bestEpoch: record.bestEpoch,
        validation: "\(record.validationExamples) texts: \(figures)")
    }
    card.weights =
      "`\(StoredLinearNgrams.fileName)` holds the n-grams and their rows, `model.safetensors` the layers on top of their sum"
    card.commands = [
      "charcnn embed FOLDER --texts texts.txt --output vectors.npy",
      "charcnn neighbors texts.txt \"a text\" --bundle FOLDER",
    ]
    card.code = [
      "let base = try TextEmbedder(contentsOf: \"FOLDER\")", "base.similarity(of: \"a text\", to: \"another one\")",
    ]
    return card
  }

  /// Makes the model of a bundle; see ``TrainedModel``.
  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws {
    let opened = try OpenedModel<EmbedderFile>(bundle)
    let configuration = opened.configuration
    guard configuration.quantization == nil else { throw opened.invalid("such a model has layers in floats only") }
    guard configuration.text.chunkLength == nil else { throw opened.invalid("a text with a vector has no chunks") }
    let scale = configuration.scale ?? 1
    guard scale > 0, scale.isFinite else { throw opened.invalid("the scale \(scale) is not above 0") }
    do throws(ConfigurationError) { try configuration.network.validateWithDimension() } catch {
      throw opened.invalid(error.description)
    }
    guard configuration.network.alphabetSize == opened.alphabet.count else {
      throw opened.invalid(
        "\(configuration.network.alphabetSize) characters do not agree with \(opened.alphabet.count) in \(ModelFileName.alphabet)"
      )
    }
    guard configuration.network.ngrams != .automatic, configuration.network.wordNgrams != .automatic else {
      throw opened.invalid("the lengths of the n-grams are missing")
    }
    let ngrams = try StoredLinearNgrams.decode(
      bundle.safetensors(named: StoredLinearNgrams.fileName), features: configuration.network.features,
      classes: configuration.network.rank, hasSeveral: true, characters: opened.alphabet.count)
    let device = CPUDevice(threads: threads, instructions: instructions, precision: precision)
    let network = EmbedderNetwork(configuration.network, known: ngrams)
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      configuration: configuration.network, ngrams: ngrams, givesUnits: configuration.scale == nil, scale: scale,
      store: store, encoder: TextEncoder(settings: configuration.text, alphabet: opened.alphabet), device: device,
      record: try opened.completed(configuration.training))
    guard vector(for: opened.probe).allSatisfy(\.isFinite) else { throw opened.overflow }
  }
}
