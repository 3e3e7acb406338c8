import CharCNNCompute
public import CharCNNEvaluation
import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
public import CharCNNText
public import CharCNNTraining

extension TextRegressor: TrainableModel {
  /// What it learns from: texts whose labels are numbers.
  public typealias Example = LabeledText
  /// How well it does.
  public typealias Report = ScoreReport

  /// The default options, whatever the texts.
  public static func defaultOptions(for examples: Examples<LabeledText>) -> Options { Options() }

  /// How texts with scores become a model.
  public static var steps: TrainingRun<TextRegressor>.Steps { .init(prepare: prepare, contents: { try $0.contents() }) }

  private static func prepare(
    _ request: TrainingRequest<TextRegressor>, progress: (TrainingEvent<Report>) -> Void
  ) throws -> TrainingPreparation<TextRegressor> {
    let texts = request.examples
    var options = request.options
    if request.checkpoint == nil { _ = try StartingEmbeddings(options.classifier) }
    let base = try StartingBase(
      options.base, checkpoint: request.checkpoint, instructions: options.instructions)
    try base.model?.check(options.classifier)
    try base.vectors?.check(options.classifier)
    // A training goes on as it was begun.
    let areExact = try request.checkpoint.map { try storedScale($0).areExact == true } ?? true
    let vocabulary = try ScoreVocabulary(
      texts, settings: options.text, longest: ReadingLengths.longest(options.text, options.ngrams),
      data: options.data, areExact: areExact, progress: { progress(.reading(examples: $0)) })
    let leftOut = options.classifier.leaveOutNetwork(texts: vocabulary.examples)
    var architecture = options.architecture
    let scale = try ScoreScale(vocabulary, options.scale, areExact: areExact, of: texts)
    var alphabet = try architecture.configuration.fixedAlphabet.map { try Alphabet(units: $0) } ?? vocabulary.alphabet
    if architecture.configuration.fixedAlphabet == nil {
      alphabet = try base.alphabet(alphabet, maximumSize: options.data.maximumAlphabet)
    }
    architecture.setSizes(alphabetSize: alphabet.count, classes: scale.outputs)
    let isAlone = options.classifier.isAlone
    var ngrams = options.ngrams.resolved(
      characters: vocabulary.characters, read: vocabulary.readCharacters, classes: scale.outputs, isAlone: isAlone)
    let deep = try architecture.makeNetwork()
    let none = LabelSet([String]())
    try ngrams.limit(
      to: nil, beside: deep, alphabet: alphabet, labels: none, columns: texts.columns,
      epochs: isAlone && !ngrams.isTable ? 0 : options.training.epochs ?? TrainingSettings.mostAutomaticEpochs,
      choosesBits: options.ngrams.ngramBits == nil)
    let bare = ngrams.widening(deep, classes: scale.outputs)
    try bare.parameters.validateMemory()
    let encoder = TextEncoder(settings: options.text.limited(to: bare.length), alphabet: alphabet)
    let lengths = ReadingLengths(encoder.settings, ngrams, hasNetwork: architecture.hasNetwork)
    let prepared = try PreparedData(
      texts, validation: request.validation, encoder: encoder, lengths: lengths, labels: none, hasSeveral: false,
      scores: (vocabulary.scores, scale), expecting: vocabulary.examples, settings: options.run, digests: true,
      fixedLength: bare.length, hasFixedAlphabet: architecture.configuration.fixedAlphabet != nil)
    let inputs = request.inputs(prepared.digests)
    try request.checkpoint?.check(inputs: inputs)
    var run = options.run
    run.training = options.classifier.training(ngrams)
    let limits = SearchLimits(request, isAlone: isAlone, checkTexts: texts.checkNow)
    let stored = try request.checkpoint.flatMap { try StoredSearch($0) }
    let vectors = base.reader(for: options.classifier)
    let solved = try ngrams.solve(
      prepared, encoder: encoder, vectors: vectors, stored: stored, request: request, limits: limits,
      told: { progress(.solving($0)) })
    let search = solved.map { limits.finished($0, seconds: stored?.seconds) }
    func answering(_ network: any TextNetwork) -> any TextNetwork {
      scale.grades == nil ? network.withScores : network.withSeveralLabels
    }
    let network = answering(solved?.validated.beside(bare, reading: lengths) ?? bare)
    var summary = prepared.summary
    summary.notes.append(scale.summary)
    if let leftOut { summary.notes.append(leftOut) }
    if let solved {
      summary.notes.append("n-grams: \(solved.description)")
    }
    if let note = base.noteOfVectors(vectors, isSolved: solved != nil) { summary.notes.append(note) }
    summary.warnings += LabelWarnings.gravest(
      [:], copies: vocabulary.copies, held: prepared.heldCopies, areRareTold: true)
    summary.warnings += solved.map(SearchLimits.warnings) ?? []
    let task = ScoreTask(
      network: network, ngrams: ngrams, data: prepared.data, foldedNgramWeight: solved?.outcome.foldedWeight)
    let validation = prepared.data.validation
    var longest = 0
    for text in 0..<validation.count { longest = max(longest, network.rows(ofText: validation.length(of: text))) }
    var carried: [BundleFile] = []
    if request.folder != nil, let solved {
      carried = try StoredSearch.files(
        solved, duration: search?.duration ?? .zero, baseBytes: nil, device: options.makeDevice())
    }
    let automaticEpochs =
      solved == nil
      ? TrainingSettings.automaticEpochs(characters:texts:)
      : TrainingSettings.automaticEpochsBesideNgrams(characters:texts:)
    let files = [try BundleFile(scaleFileName, json: scale)]
    func start(_ store: ParameterStore, _ device: any Device) throws -> [String] {
      try base.model?.lend(to: store, of: .regressor, device: device) ?? []
    }
    let (resolved, settings, told) = (ngrams, run, summary)
    func model(
      _ store: ParameterStore, _ device: any Device, _ result: inout TrainingSummary<ScoreReport>
    ) throws -> TextRegressor {
      if solved != nil, let note = task.noteOfMixture(store, device: device) { result.notes.append(note) }
      let provenance = try request.provenance(told, inputs: inputs, longest: lengths.longest, result)
      return TextRegressor(
        architecture: architecture, ngrams: resolved, linear: solved?.complete,
        network: answering(solved?.complete.beside(bare, reading: lengths) ?? bare), scale: scale, store: store,
        encoder: encoder, device: device, record: Record(settings: settings, told, result, provenance: provenance),
        columns: texts.columns)
    }
    return TrainingPreparation<TextRegressor>(
      task: task, training: run.training, goesInSteps: !isAlone || ngrams.isTable,
      automaticEpochs: automaticEpochs, summary: summary, alphabet: alphabet, files: files, carried: carried,
      inputs: inputs, search: search, activationsPerCharacter: architecture.activationsPerCharacter,
      longestValidation: longest, start: start, model: model)
  }

  /// What a checkpoint says of the scores.
  private static let scaleFileName = "scale.json"

  private static func storedScale(_ checkpoint: TrainingCheckpoint) throws(StorageError) -> ScoreScale {
    try checkpoint.bundle.decode(ScoreScale.self, named: scaleFileName)
  }
}

extension ScoreScale {
  /// How the scores of texts are learned.
  ///
  /// - Throws: ``ConfigurationError`` for grades that are too many, and for a range that has none of the scores.
  fileprivate init(
    _ vocabulary: ScoreVocabulary, _ settings: TextRegressor.Scale, areExact: Bool, of texts: Examples<LabeledText>
  ) throws(ConfigurationError) {
    let scores = vocabulary.scores.values
    guard let first = scores.first, let last = scores.last else { preconditionFailure("there are two scores at least") }
    if settings.ordinal, scores.count > Self.mostGrades {
      throw ConfigurationError(
        setting: "ordinal",
        problem: "is for 2 to \(Self.mostGrades) grades; \(texts.name) has \(scores.count) different scores",
        advice: "leave it out, or round the scores")
    }
    let (low, high) = (settings.lowest.map(Double.init) ?? first, settings.highest.map(Double.init) ?? last)
    guard low < high else {
      throw ConfigurationError(
        setting: settings.lowest == nil ? "highest" : "lowest",
        problem: "leaves no range: the scores of \(texts.name) are \(Decimals.short(first)) to \(Decimals.short(last))")
    }
    self.init(
      range: low...high, mean: vocabulary.mean, deviation: vocabulary.deviation,
      grades: settings.ordinal ? scores : nil, areExact: areExact)
  }

  /// It in a line, for people: `scores: 0.5 to 4.5, mean 2.9, deviation 1.1` or `grades: 1, 2, 3, 4, 5`.
  var summary: String {
    if let grades {
      let shown = grades.prefix(20).map(Decimals.short).joined(separator: ", ")
      return "grades: \(shown)" + (grades.count > 20 ? " and \(grades.count - 20) more" : "")
    }
    return
      "scores: \(Decimals.short(lowest)) to \(Decimals.short(highest)), mean \(Decimals.readable(mean)), deviation \(Decimals.readable(deviation))"
  }
}

extension TextRegressor {
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
    /// Pearson's correlation on the validation texts; nil where all scores on a side are alike.
    public var pearson: Double?
    /// Spearman's correlation on the validation texts; nil likewise.
    public var spearman: Double?
    /// The mean distance of predicted and actual scores of the validation texts.
    public var meanAbsoluteError: Double
    /// The root of the mean squared distance.
    public var rootMeanSquaredError: Double
    /// Share of validation texts whose most probable grade is right; nil for scores.
    public var accuracy: Double?
    /// Cohen's kappa of the grades with quadratic weights; nil for scores.
    public var quadraticKappa: Double?
    /// What the epochs came to, from a file of their own, which has about 200 at most; empty for n-grams alone.
    public var history: [TrainingPosition.Epoch] = []
    /// Where the model comes from, from a file of its own.
    public var provenance: ModelBundle.Provenance?

    private enum CodingKeys: String, CodingKey {
      case settings, trainingExamples, validationExamples, epochs, bestEpoch, pearson, spearman, meanAbsoluteError,
        rootMeanSquaredError, accuracy, quadraticKappa
    }

    init(
      settings: RunSettings, _ data: DataSummary, _ result: TrainingSummary<ScoreReport>,
      provenance: ModelBundle.Provenance
    ) {
      let report = result.report
      self.settings = settings
      trainingExamples = data.trainingExamples
      validationExamples = data.validationExamples
      epochs = result.epochs
      bestEpoch = result.bestEpoch
      pearson = report.pearson
      spearman = report.spearman
      meanAbsoluteError = report.meanAbsoluteError
      rootMeanSquaredError = report.rootMeanSquaredError
      accuracy = report.accuracy
      quadraticKappa = report.quadraticKappa
      history = result.history
      self.provenance = provenance
    }

    /// The figures in a line, for people.
    package var figures: String {
      let known = [
        ("accuracy", accuracy), ("quadratic kappa", quadraticKappa), ("Pearson", pearson), ("Spearman", spearman),
        ("mean absolute error", meanAbsoluteError),
      ]
      return known.compactMap { name, value in value.map { "\(name) \(Decimals.rounded($0))" } }.joined(separator: ", ")
    }
  }
}
