public import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText

/// `config.json` of a matcher.
struct MatcherFile: ModelFile {
  static let modelTask = ModelTask.matching
  /// The version of models without vectors, which earlier programs read too.
  static let firstVersion = 1
  /// The version of models with the vectors of a base.
  static let currentVersion = 2

  var version: Int
  var task: String
  var quantization: TextClassifier.Quantization?
  var network: MatcherConfiguration
  var text: TextSettings
  var training: TextMatcher.Record?
  /// The columns of the training data; nil where they had no names, and in models of earlier versions.
  var columns: DataColumns?
}

extension TextMatcher {
  /// Matching.
  public static var task: ModelTask { .matching }

  /// What its bundle holds.
  func contents() throws -> BundleContents {
    let file = MatcherFile(
      version: network.vectors == nil ? MatcherFile.firstVersion : MatcherFile.currentVersion, task: Self.task.rawValue,
      network: configuration, text: textSettings,
      training: record, columns: columns)
    return BundleContents(
      configuration: file, alphabet: alphabet, store: store, device: device, card: card,
      files: (try labelSet.map { [try BundleFile(ModelFileName.labels, json: $0)] } ?? [])
        + (try StoredVectors.files(network.vectors, device: device)),
      history: record?.history ?? [], provenance: record?.provenance)
  }

  private var card: ModelCard {
    let purpose =
      switch objective {
      case .classification: "Gives two texts one of \(labels.count) labels: \(ModelCard.listed(labels))."
      case .contrastive: "Says by the cosine of their vectors whether two texts match: \(ModelCard.listed(labels))."
      case .regression:
        "Gives two texts a score from \(configuration.range.lowerBound) to \(configuration.range.upperBound)."
      }
    var card = ModelCard(title: "Text matcher", purpose: purpose)
    card.add("objective", objective.rawValue)
    if let positive { card.add("positive label", "`\(positive)`") }
    card.add("the order of the texts", isSymmetric ? "does not matter" : "matters")
    card.add("parameters", network.parameters.learnedCount)
    card.add("characters", alphabet.count)
    card.add("longest text", "\(textSettings.maximumLength) characters; the rest is not read")
    card.add("vector of a text", "\(dimension) numbers")
    if let vectors = network.vectors { card.add("vectors", vectors.description) }
    if let threshold { card.add("texts match from a cosine of", Decimals.rounded(max(threshold, 0))) }
    if let record {
      let figures = [
        ("accuracy", record.accuracy), ("macro F1", record.macroF1), ("Pearson", record.pearson),
        ("Spearman", record.spearman),
      ].compactMap { name, value in value.map { "\(name) \(Decimals.rounded($0))" } }
      card.addTraining(
        on: "\(record.trainingExamples) pairs", record.settings.training, epochs: record.epochs,
        bestEpoch: record.bestEpoch,
        validation: "\(record.validationExamples) pairs: \(figures.joined(separator: ", "))")
      card.note =
        "The validation pairs chose the best epoch, so the figures are slightly kind; measure on pairs of your own."
    }
    card.commands = [
      "charcnn predict FOLDER \"a text\" \"another text\"", "charcnn evaluate FOLDER pairs.tsv",
    ]
    card.code = [
      "let matcher = try TextMatcher(contentsOf: \"FOLDER\")", "matcher.match(\"a text\", \"another text\")",
    ]
    return card
  }

  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws {
    let opened = try OpenedModel<MatcherFile>(bundle)
    let configuration = opened.configuration.network
    let labels =
      configuration.objective == .regression
      ? nil : try bundle.decode(LabelSet.self, named: ModelFileName.labels)
    guard configuration.alphabetSize == opened.alphabet.count, configuration.classes == labels?.count ?? 1 else {
      throw opened.invalid(
        "\(configuration.alphabetSize) characters and \(configuration.classes) labels do not agree with \(opened.alphabet.count) in \(ModelFileName.alphabet) and \(labels?.count ?? 1) in \(ModelFileName.labels)"
      )
    }
    guard configuration.positive == nil || configuration.positive == labels?.labels.last else {
      throw opened.invalid("positive is not the second label of \(ModelFileName.labels)")
    }
    guard configuration.symmetric != nil else { throw opened.invalid("symmetric is missing") }
    guard configuration.objective != .regression || (configuration.lowest != nil && configuration.highest != nil) else {
      throw opened.invalid("lowest and highest are missing")
    }
    guard opened.configuration.quantization == nil else {
      throw opened.invalid("a matcher has weights in floats only")
    }
    let device = CPUDevice(threads: threads, instructions: instructions, precision: precision)
    let vectors = try StoredVectors.decode(bundle, alphabet: opened.alphabet, device: device)
    guard vectors == nil || opened.configuration.version > MatcherFile.firstVersion else {
      throw opened.invalid("vectors need format version \(MatcherFile.currentVersion)")
    }
    let network = try opened.network { () throws(ConfigurationError) in
      try MatcherNetwork(configuration, vectors: vectors)
    }
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      network: network, store: store,
      encoder: TextEncoder(settings: opened.configuration.text, alphabet: opened.alphabet), labels: labels,
      device: device, record: try opened.completed(opened.configuration.training), columns: opened.configuration.columns
    )
    let answers = matches(for: [(opened.probe, ""), (opened.probe, opened.probe)])
    guard
      answers.allSatisfy({ $0.score.isFinite && $0.hypotheses.allSatisfy(\.probability.isFinite) }),
      vector(for: opened.probe).allSatisfy(\.isFinite)
    else { throw opened.overflow }
  }
}
