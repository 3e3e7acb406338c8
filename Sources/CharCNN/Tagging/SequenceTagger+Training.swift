public import CharCNNEvaluation
import CharCNNNetworks
import CharCNNStorage
public import CharCNNText
public import CharCNNTraining

extension SequenceTagger: TrainableModel {
  /// What to train and how.
  public typealias Options = TaggingOptions
  /// What it learns from.
  public typealias Example = TaggedSentence
  /// How well it does.
  public typealias Report = TaggingReport

  /// The defaults for the data: a tag a character where all tokens are characters, otherwise a tag a word.
  public static func defaultOptions(for examples: Examples<TaggedSentence>) -> TaggingOptions {
    TaggingOptions(for: examples)
  }

  /// How sentences with tags become a tagger.
  public static var steps: TrainingRun<SequenceTagger>.Steps {
    .init(prepare: prepare, contents: { try $0.contents() })
  }

  private static func prepare(
    _ request: TrainingRequest<SequenceTagger>, progress: (TrainingEvent<Report>) -> Void
  ) throws -> TrainingPreparation<SequenceTagger> {
    let options = request.options
    let base = try StartingBase(
      options.base, checkpoint: request.checkpoint, instructions: options.instructions)
    try base.model?.check(options)
    try base.vectors?.check(options)
    let data = try PreparedSentences(
      request.examples, validation: request.validation, options: options
    ) { try base.alphabet($0, maximumSize: options.data.maximumAlphabet) }
    var summary = data.summary
    progress(.reading(examples: summary.trainingExamples + summary.validationExamples))
    summary.warnings += options.warnings(labels: data.labels.labels)
    let architecture = options.architecture.withSizes(
      alphabetSize: data.encoder.alphabet.count, classes: data.labels.count)
    // A tagger of characters may start from a matcher that has vectors of texts, and has no use for them.
    let vectors =
      options.architecture.unit == .word
      ? try base.reader(data.encoder.alphabet, device: options.makeDevice()) : nil
    if let vectors { summary.notes.append("vectors: \(vectors.description)") }
    let network = try architecture.makeNetwork(vectors: vectors)
    let swaps =
      options.spanSwaps == 0
      ? nil
      : SpanSwaps(
        data.training, chosen: data.sentences, labels: data.labels.labels, rate: options.spanSwaps,
        seed: options.training.seed)
    let facts = summary
    let conlluColumn = request.examples.conlluColumn
    return TrainingPreparation(
      task: TaggingTask(
        network: network, training: data.training, sentences: data.sentences, validation: data.validation,
        labels: data.labels.labels, swaps: swaps),
      summary: summary, alphabet: data.encoder.alphabet,
      files: [try BundleFile(TrainingCheckpoint.FileName.labels, json: data.labels)],
      carried: request.folder == nil ? [] : try StoredVectors.files(vectors, device: options.makeDevice()),
      inputs: data.inputs,
      activationsPerCharacter: architecture.activationsPerCharacter,
      start: { store, device in try base.model?.lend(to: store, of: .tagger(data.labels), device: device) ?? [] },
      model: { store, device, result in
        let record = Record(
          settings: options.run, trainingExamples: facts.trainingExamples, validationExamples: facts.validationExamples,
          epochs: result.epochs, bestEpoch: result.bestEpoch, accuracy: result.report.accuracy,
          spanF1: result.report.spanF1, history: result.history,
          provenance: try request.provenance(
            facts, inputs: data.inputs, longest: options.text.maximumLength, result))
        return SequenceTagger(
          architecture: architecture, network: network, store: store, encoder: data.encoder, labels: data.labels,
          device: device, record: record, conlluColumn: conlluColumn)
      })
  }
}

extension TaggerArchitecture {
  /// The same with the sizes that the data give.
  fileprivate func withSizes(alphabetSize: Int, classes: Int) -> TaggerArchitecture {
    var result = self
    result.setSizes(alphabetSize: alphabetSize, classes: classes)
    return result
  }
}

extension SequenceTagger {
  /// What a model file remembers of its training. No times and no thread numbers: the same training gives the same bytes.
  public struct Record: Codable, Sendable, Hashable, TrainingRecord {
    /// The settings.
    public var settings: RunSettings
    /// Sentences that it learned from.
    public var trainingExamples: Int
    /// Sentences that chose the best epoch.
    public var validationExamples: Int
    /// Epochs done.
    public var epochs: Int
    /// Epoch of the kept model.
    public var bestEpoch: Int
    /// Share of right tags in the validation sentences.
    public var accuracy: Double
    /// F1 of the spans of the validation sentences.
    public var spanF1: Double
    /// What the epochs came to, from a file of their own, which has about 200 at most; empty for models of earlier programs.
    public var history: [TrainingPosition.Epoch] = []
    /// Where the model comes from, from a file of its own; nil for models of earlier programs.
    public var provenance: ModelBundle.Provenance?

    private enum CodingKeys: String, CodingKey {
      case settings, trainingExamples, validationExamples, epochs, bestEpoch, accuracy, spanF1
    }
  }
}

extension BaseModel {
  /// Checks that options of a tagger agree with the base.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  fileprivate func check(_ options: TaggingOptions) throws(ConfigurationError) {
    _ = try tagger(options.architecture)
    try check(options.text)
  }
}
