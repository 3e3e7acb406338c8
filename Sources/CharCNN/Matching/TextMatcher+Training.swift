public import CharCNNEvaluation
import CharCNNNetworks
import CharCNNStorage
public import CharCNNText
public import CharCNNTraining

extension TextMatcher: TrainableModel {
  /// What to train and how.
  public typealias Options = MatchingOptions
  /// What it learns from.
  public typealias Example = TextPair
  /// How well it does.
  public typealias Report = MatchingReport

  /// The default options, whatever the pairs.
  public static func defaultOptions(for examples: Examples<TextPair>) -> MatchingOptions { MatchingOptions() }

  /// How pairs of texts become a matcher.
  public static var steps: TrainingRun<TextMatcher>.Steps {
    .init(prepare: prepare, contents: { try $0.contents() })
  }

  private static func prepare(
    _ request: TrainingRequest<TextMatcher>, progress: (TrainingEvent<Report>) -> Void
  ) throws -> TrainingPreparation<TextMatcher> {
    let options = request.options
    let base = try StartingBase(
      options.base, checkpoint: request.checkpoint, instructions: options.instructions)
    try base.model?.check(options)
    try base.vectors?.check(options.text)
    let data = try PreparedPairs(
      request.examples, validation: request.validation, options: options
    ) { try base.alphabet($0, maximumSize: options.data.maximumAlphabet) }
    let vectors = try base.reader(data.encoder.alphabet, device: options.makeDevice())
    var summary = data.summary
    if let vectors { summary.notes.append("vectors: \(vectors.description)") }
    progress(.reading(examples: summary.trainingExamples + summary.validationExamples))
    var configuration = options.network
    configuration.alphabetSize = data.encoder.alphabet.count
    configuration.classes = data.labels?.count ?? 1
    configuration = configuration.resolved(scores: data.scores)
    configuration.positive = summary.positive ?? configuration.positive
    let network = try MatcherNetwork(configuration, vectors: vectors, favoursCosine: data.knowsPositive)
    let columns = request.examples.columns
    let facts = summary
    return TrainingPreparation(
      task: MatchingTask(
        network: network, training: data.training, pairs: data.pairs, validation: data.validation,
        labels: data.labels?.labels ?? []),
      summary: summary, alphabet: data.encoder.alphabet,
      files: try data.labels.map { [try BundleFile(TrainingCheckpoint.FileName.labels, json: $0)] } ?? [],
      carried: request.folder == nil ? [] : try StoredVectors.files(vectors, device: options.makeDevice()),
      inputs: data.inputs, activationsPerCharacter: configuration.gated.activationsPerCharacter,
      start: { store, device in try base.model?.lend(to: store, of: .matcher, device: device) ?? [] },
      model: { store, device, result in
        let report = result.report
        let record = Record(
          settings: options.run, trainingExamples: facts.trainingExamples,
          validationExamples: facts.validationExamples, epochs: result.epochs, bestEpoch: result.bestEpoch,
          accuracy: report.accuracy, macroF1: report.macroF1, pearson: report.pearson, spearman: report.spearman,
          history: result.history,
          provenance: try request.provenance(
            facts, inputs: data.inputs, longest: options.text.maximumLength, result))
        return TextMatcher(
          network: network, store: store, encoder: data.encoder, labels: data.labels, device: device, record: record,
          columns: columns)
      })
  }
}

extension TextMatcher {
  /// What a model file remembers of its training. No times and no thread numbers: the same training gives the same bytes.
  public struct Record: Codable, Sendable, Hashable, TrainingRecord {
    /// The settings.
    public var settings: RunSettings
    /// Pairs that it learned from.
    public var trainingExamples: Int
    /// Pairs that chose the best epoch.
    public var validationExamples: Int
    /// Epochs done.
    public var epochs: Int
    /// Epoch of the kept model.
    public var bestEpoch: Int
    /// Share of validation pairs with the right label; nil for scores.
    public var accuracy: Double?
    /// Macro-averaged F1 on the validation pairs; nil for scores.
    public var macroF1: Double?
    /// Pearson's correlation on the validation pairs; nil for labels.
    public var pearson: Double?
    /// Spearman's correlation on the validation pairs; nil for labels.
    public var spearman: Double?
    /// What the epochs came to, from a file of their own, which has about 200 at most; empty for models of earlier programs.
    public var history: [TrainingPosition.Epoch] = []
    /// Where the model comes from, from a file of its own; nil for models of earlier programs.
    public var provenance: ModelBundle.Provenance?

    private enum CodingKeys: String, CodingKey {
      case settings, trainingExamples, validationExamples, epochs, bestEpoch, accuracy, macroF1, pearson, spearman
    }
  }
}

extension BaseModel {
  /// Checks that options of a matcher agree with the base.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  fileprivate func check(_ options: MatchingOptions) throws(ConfigurationError) {
    _ = try gated(for: "a matcher")
    try check(options.text)
  }
}
