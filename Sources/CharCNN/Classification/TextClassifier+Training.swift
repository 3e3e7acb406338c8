public import CharCNNEvaluation
import CharCNNNetworks
import CharCNNStorage
public import CharCNNText
import CharCNNTraining

extension TextClassifier: TrainableModel {
  /// What to train and how.
  public typealias Options = ClassificationOptions
  /// What it learns from.
  public typealias Example = LabeledText
  /// How well it does.
  public typealias Report = ClassificationReport

  /// The default options, whatever the texts.
  public static func defaultOptions(for examples: Examples<LabeledText>) -> ClassificationOptions {
    ClassificationOptions()
  }

  /// How labelled texts become a classifier.
  public static var steps: TrainingRun<TextClassifier>.Steps {
    .init(
      prepare: prepare, contents: { try $0.contents(detection: $0.detection) },
      find: { options, moved in options.thesaurus = options.thesaurus.map { moved.place(of: $0) ?? $0 } })
  }

  private static func prepare(
    _ request: TrainingRequest<TextClassifier>, progress: (TrainingEvent<Report>) -> Void
  ) throws -> TrainingPreparation<TextClassifier> {
    let (texts, validation) = (request.examples, request.validation)
    var options = request.options
    let isBeginning = request.checkpoint == nil
    // A checkpoint holds what became of them.
    let embeddings = try isBeginning ? StartingEmbeddings(options) : nil
    let base = try StartingBase(
      options.base, checkpoint: request.checkpoint, instructions: options.instructions)
    try base.model?.check(options)
    try base.vectors?.check(options)
    let replacement = try options.thesaurus.map { SynonymReplacement(thesaurus: try Thesaurus(path: $0)) }
    let vocabulary = try Vocabulary(
      texts, settings: options.text,
      longest: ReadingLengths.longest(options.text, options.ngrams),
      several: options.labels.map { $0 == .several }, minimumCount: options.data.minimumCount,
      maximumAlphabet: options.data.maximumAlphabet,
      progress: { progress(.reading(examples: $0)) })
    let stored = try request.checkpoint.flatMap { try StoredSearch($0) }
    let vectors = base.reader(for: options)
    let baseBytes = try vectors?.bytes ?? stored?.baseBytes
    let leftOut = options.leaveOutNetwork(texts: vocabulary.examples)
    var architecture = options.architecture
    // A paper's network may bring its own alphabet; otherwise the data give it.
    var alphabet = try architecture.configuration.fixedAlphabet.map { try Alphabet(units: $0) } ?? vocabulary.alphabet
    if architecture.configuration.fixedAlphabet == nil {
      alphabet = try base.alphabet(alphabet, maximumSize: options.data.maximumAlphabet)
    }
    let labels = vocabulary.labels
    let hasSeveral = vocabulary.hasSeveralLabels
    if hasSeveral { try options.validateSeveralLabels() }
    architecture.setSizes(alphabetSize: alphabet.count, classes: labels.count)
    var ngrams = options.ngrams.resolved(
      characters: vocabulary.characters, read: vocabulary.readCharacters, classes: labels.count,
      isAlone: options.isAlone)
    let deep = try architecture.makeNetwork()
    try ngrams.limit(
      to: options.room(beside: baseBytes), beside: deep, alphabet: alphabet,
      labels: labels, columns: texts.columns,
      epochs: options.isAlone && !ngrams.isTable ? 0 : options.training.epochs ?? TrainingSettings.mostAutomaticEpochs,
      choosesBits: options.ngrams.ngramBits == nil)
    let bare = ngrams.widening(deep, classes: labels.count)
    // Before the texts are read for the second time.
    try bare.parameters.validateMemory()
    let encoder = TextEncoder(settings: options.text.limited(to: bare.length), alphabet: alphabet)
    let lengths = ReadingLengths(encoder.settings, ngrams, hasNetwork: architecture.hasNetwork)
    let prepared = try PreparedData(
      texts, validation: validation, encoder: encoder, lengths: lengths, labels: labels, hasSeveral: hasSeveral,
      expecting: vocabulary.examples,
      settings: options.run, replacement: replacement, digests: true, fixedLength: bare.length,
      hasFixedAlphabet: architecture.configuration.fixedAlphabet != nil,
      // Thresholds and epochs are chosen by texts that are measured with; n-grams that are solved have usual settings.
      needsValidation: hasSeveral || !options.isAlone || ngrams.isTable, learnsNames: options.labelNames)
    let data = prepared.data
    let inputs = request.inputs(prepared.digests) + request.inputs(of: replacement)
    // Before the search, which takes long.
    try request.checkpoint?.check(inputs: inputs)
    var run = options.run
    run.training = options.training(ngrams)
    let limits = SearchLimits(request, isAlone: options.isAlone, checkTexts: texts.checkNow)
    let solved = try ngrams.solve(
      prepared, encoder: encoder, vectors: vectors, stored: stored, request: request, limits: limits,
      told: { progress(.solving($0)) })
    let search = solved.map { limits.finished($0, seconds: stored?.seconds) }
    func answering(_ network: any TextNetwork) -> any TextNetwork { hasSeveral ? network.withSeveralLabels : network }
    let network = answering(solved?.validated.beside(bare, reading: lengths) ?? bare)
    var summary = prepared.summary
    if let leftOut { summary.notes.append(leftOut) }
    if let note = Self.noteOfNames(
      options, labels.labels, base.vectors, solves: ngrams.isSolved,
      texts: prepared.data.targets == nil ? vocabulary.examples : .max)
    {
      summary.notes.append(note)
    }
    if hasSeveral {
      summary.notes.append(
        "labels: a text may have several, or none; each is right or wrong by itself"
          + (options.labels == nil ? " (`labels=one` learns the first of each text)" : ""))
    }
    if let solved {
      summary.notes.append("n-grams: \(solved.description)")
    } else if options.ngrams.isSolved {
      summary.notes.append(
        "n-grams: a table that learns in steps, since those of \(vocabulary.readCharacters) characters would take much memory at once "
          + "(`ngramTraining=solved` takes it)"
          + (options.cascade ? "; `cascade` needs n-grams that are solved, so the network is asked of all texts" : ""))
    }
    if let note = base.noteOfVectors(vectors, isSolved: solved != nil) { summary.notes.append(note) }
    let skew =
      !hasSeveral && ngrams.ngramBalance != .full && run.training.sampling != .classUniform
      ? LabelWarnings.skew(
        vocabulary.labelCounts, countsMore: solved != nil && ngrams.ngramBalance != NgramConfiguration.Balance.none)
      : nil
    if let skew { summary.notes.append(skew) }
    summary.warnings += LabelWarnings.gravest(
      vocabulary.labelCounts, copies: vocabulary.copies, held: prepared.heldCopies, areRareTold: skew != nil)
    summary.warnings += solved.map(SearchLimits.warnings) ?? []
    let task = ClassificationTask(
      network: network, ngrams: ngrams, data: data, foldedNgramWeight: solved?.outcome.foldedWeight)
    let cancellation = request.cancellation
    let automaticEpochs =
      solved == nil
      ? TrainingSettings.automaticEpochs(characters:texts:)
      : TrainingSettings.automaticEpochsBesideNgrams(characters:texts:)
    return TrainingPreparation(
      task: task, training: run.training, goesInSteps: !options.isAlone || ngrams.isTable,
      automaticEpochs: automaticEpochs, summary: summary,
      alphabet: alphabet,
      files: [try BundleFile(TrainingCheckpoint.FileName.labels, json: labels)],
      carried: request.folder == nil
        ? []
        : try solved.map {
          try StoredSearch.files(
            $0, duration: search?.duration ?? .zero, baseBytes: baseBytes, device: options.makeDevice())
        } ?? [],
      inputs: inputs, search: search,
      frozen: options.embeddingsFrozen ? network.parameters.embeddingNames : [],
      activationsPerCharacter: architecture.activationsPerCharacter,
      longestValidation: (0..<data.validation.count).reduce(0) {
        max($0, min(network.rows(ofText: data.validation.length(of: $1)), options.text.chunkLength ?? .max))
      },
      start: { [ngrams] store, device in
        if isBeginning {
          try store.start(
            ngrams, from: data.training, classes: labels.count, space: options.data.cuts == nil ? nil : alphabet[" "],
            device: device)
        }
        var warnings = embeddings?.load(into: store, alphabet: alphabet, device: device) ?? []
        warnings += try base.model?.lend(to: store, of: .classifier(labels), device: device) ?? []
        return warnings
      },
      model: { [ngrams, run] store, device, result in
        let cascade =
          options.cascade && solved != nil
          ? try task.addCascade(store, device: device, to: &result, isAbandoned: cancellation.isAbandoned) : nil
        if solved != nil, let note = task.noteOfMixture(store, device: device) { result.notes.append(note) }
        let record = Record(
          settings: run, trainingExamples: summary.trainingExamples,
          validationExamples: summary.validationExamples, epochs: result.epochs, bestEpoch: result.bestEpoch,
          accuracy: result.report.accuracy, macroF1: result.report.macroF1, microF1: result.report.microF1,
          history: result.history,
          provenance: try request.provenance(summary, inputs: inputs, longest: lengths.longest, result))
        return TextClassifier(
          architecture: architecture, ngrams: ngrams, linear: solved?.complete,
          network: answering(solved?.complete.beside(bare, reading: lengths) ?? bare), store: store, encoder: encoder,
          labels: labels, device: device, record: record, columns: texts.columns, cascade: cascade,
          several: result.report.thresholds.map { SeveralLabels(thresholds: $0) })
      })
  }
}

extension TextClassifier {
  /// What to say of the names of labels; nil for nothing.
  private static func noteOfNames(
    _ options: ClassificationOptions, _ labels: [String], _ base: VectorBase?, solves: Bool, texts: Int
  ) -> String? {
    if options.labelNames {
      guard solves else { return "labels: their names are not learned from, since a table learns in steps" }
      return
        "labels: the name of each is one more text of it, such as \"\(labels.first.map(LabelNames.inWords) ?? "")\""
    }
    guard let base, solves, texts < LabelNames.fewTexts, LabelNames.areWords(labels, of: base) else { return nil }
    return "labels: \(base.path) knows their names; `labelNames` lets each be one more text of its label"
  }
}

extension TrainingRequest {
  /// The texts, to know them again.
  func inputs(_ digests: (training: String?, validation: String?)) -> [RunInput] {
    let texts = digests.training.map { RunInput(name: "training", path: examples.name, digest: $0) }
    let held = digests.validation.map { RunInput(name: "validation", path: validation?.name ?? "", digest: $0) }
    return [texts, held].compactMap { $0 }
  }
}

extension TrainingRequest<TextClassifier> {
  /// The thesaurus, to know it again.
  fileprivate func inputs(of replacement: SynonymReplacement?) -> [RunInput] {
    guard let replacement else { return [] }
    return [
      RunInput(
        name: "thesaurus", path: options.thesaurus ?? "the thesaurus", digest: replacement.thesaurus.digest,
        content: "synonyms")
    ]
  }
}

extension ClassificationOptions {
  func validate() throws(ConfigurationError) {
    try run.validate()
    try architecture.validateName()
    try architecture.validateBeforeData()
    try validateLoneNgrams()
    try validateNgrams()
    try validateCascade()
    try validateLabelNames()
    let usual = NgramConfiguration()
    if !ngrams.isEnabled,
      let name = ngrams.settingNames.first(where: { $0 != "ngrams" && ngrams.value(of: $0) != usual.value(of: $0) })
    {
      throw ConfigurationError(setting: name, problem: "needs n-grams, of which ngrams=none leaves none")
    }
    if text.chunkLength != nil, ngrams.ngramLength != usual.ngramLength {
      throw ConfigurationError(
        setting: "ngramLength", problem: "cannot go with chunkLength: the n-grams are those of the chunks")
    }
    if let chunkLength = text.chunkLength {
      guard (8...TextSettings.longestText).contains(chunkLength) else {
        throw ConfigurationError(
          setting: "chunkLength", problem: "must be 8 to \(TextSettings.longestText), or none, not \(chunkLength)")
      }
      if thesaurus != nil {
        throw ConfigurationError(setting: "chunkLength", problem: "cannot go with a thesaurus, which changes the texts")
      }
    }
    guard (1...TextSettings.longestText).contains(text.maximumLength) else {
      throw ConfigurationError(
        setting: "maximumLength", problem: "must be 1 to \(TextSettings.longestText), not \(text.maximumLength)")
    }
  }
}

extension Architecture {
  /// Checks everything that does not depend on the data, so that a wrong setting is found before a long reading.
  fileprivate func validateBeforeData() throws(ConfigurationError) {
    var trial = self
    trial.setSizes(alphabetSize: max(trial.configuration.alphabetSize, 2), classes: max(trial.configuration.classes, 2))
    try trial.configuration.validate()
  }
}

extension TextSettings {
  /// Characters of the longest text that a model may ask for.
  static let longestText = 1 << 22

  /// Never more characters than the network reads.
  func limited(to length: Int?) -> TextSettings {
    var settings = self
    if let length { settings.maximumLength = min(maximumLength, length) }
    return settings
  }
}
