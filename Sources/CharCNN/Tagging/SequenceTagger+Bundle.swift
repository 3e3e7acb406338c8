public import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText

/// `config.json` of a tagger.
struct TaggerFile: ModelFile {
  static let modelTask = ModelTask.tagging
  /// The version of models without vectors, which earlier programs read too.
  static let firstVersion = 1
  /// The version of models with the vectors of a base.
  static let currentVersion = 2

  var version: Int
  var task: String
  var quantization: TextClassifier.Quantization?
  var architecture: TaggerArchitecture
  var text: TextSettings
  var training: SequenceTagger.Record?
  var conlluColumn: String?
}

extension SequenceTagger {
  /// Tagging.
  public static var task: ModelTask { .tagging }

  /// What its bundle holds.
  func contents() throws -> BundleContents {
    let file = TaggerFile(
      version: network.vectors == nil ? TaggerFile.firstVersion : TaggerFile.currentVersion, task: Self.task.rawValue,
      architecture: architecture, text: textSettings,
      training: record, conlluColumn: conlluColumn)
    return BundleContents(
      configuration: file, alphabet: alphabet, store: store, device: device, card: card,
      files: [try BundleFile(ModelFileName.labels, json: labelSet)]
        + (try StoredVectors.files(network.vectors, device: device)), history: record?.history ?? [],
      provenance: record?.provenance)
  }

  private var card: ModelCard {
    var card = ModelCard(
      title: "Sequence tagger",
      purpose:
        "Gives every \(unit == .character ? "character" : "word") of a sentence one of \(labels.count) tags: \(ModelCard.listed(labels, most: 40))."
    )
    card.add("network", architecture.name)
    card.add("parameters", network.parameters.learnedCount)
    card.add("characters", alphabet.count)
    if let vectors = network.vectors { card.add("vectors", vectors.description) }
    if scheme.marksSpans { card.add("tags mark spans in the scheme", scheme.rawValue) }
    if let record {
      card.addTraining(
        on: "\(record.trainingExamples) sentences", record.settings.training, epochs: record.epochs,
        bestEpoch: record.bestEpoch,
        validation:
          "\(record.validationExamples) sentences: span F1 \(Decimals.rounded(record.spanF1)), accuracy \(Decimals.rounded(record.accuracy))"
      )
      card.note =
        "The validation sentences chose the best epoch, so the figures are slightly kind; measure on sentences of your own."
    }
    card.commands = ["charcnn predict FOLDER \"a text\"", "charcnn evaluate FOLDER data.conllu"]
    card.code = ["let tagger = try SequenceTagger(contentsOf: \"FOLDER\")", "tagger.tags(in: \"a text\")"]
    return card
  }

  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws {
    let opened = try OpenedModel<TaggerFile>(bundle)
    let configuration = opened.configuration
    let labels = try bundle.decode(LabelSet.self, named: ModelFileName.labels)
    let sizes = configuration.architecture.configuration
    guard sizes.alphabetSize == opened.alphabet.count, sizes.classes == labels.count else {
      throw opened.invalid(
        "\(sizes.alphabetSize) characters and \(sizes.classes) tags do not agree with \(opened.alphabet.count) in \(ModelFileName.alphabet) and \(labels.count) in \(ModelFileName.labels)"
      )
    }
    guard configuration.quantization == nil else { throw opened.invalid("a tagger has weights in floats only") }
    let device = CPUDevice(threads: threads, instructions: instructions, precision: precision)
    let vectors = try StoredVectors.decode(bundle, alphabet: opened.alphabet, device: device)
    guard
      vectors == nil || (configuration.version > TaggerFile.firstVersion && configuration.architecture.unit == .word)
    else {
      throw opened.invalid("vectors need format version \(TaggerFile.currentVersion) and a tagger of words")
    }
    let network = try opened.network { () throws(ConfigurationError) in
      try configuration.architecture.makeNetwork(vectors: vectors)
    }
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      architecture: configuration.architecture, network: network, store: store,
      encoder: TextEncoder(settings: configuration.text, alphabet: opened.alphabet), labels: labels, device: device,
      record: try opened.completed(configuration.training), conlluColumn: configuration.conlluColumn)
    let answers = tags(of: [TaggedSentence(words: opened.alphabet.units.prefix(64).map { $0 })])
    guard
      answers.allSatisfy({
        $0.tokens.allSatisfy(\.probability.isFinite) && $0.sequences.allSatisfy(\.probability.isFinite)
      })
    else { throw opened.overflow }
  }
}
