/// What the training of a classifier was asked to do.
struct ClassificationPlan: RunPlan {
  static let task = ModelTask.classification

  var architecture: Architecture
  var ngrams: NgramConfiguration
  var text: TextSettings
  var embeddings: String?
  var embeddingsFrozen: Bool
  var thesaurus: String?
  var base: String?
  var source: StoredSource?
  var validation: StoredSource?
  var hasValidation: Bool

  /// The plan of a run with these options and texts.
  init(_ options: TrainingOptions, texts: LabeledTexts, validation: LabeledTexts?) {
    architecture = options.architecture
    ngrams = options.ngrams
    text = options.text
    embeddings = options.embeddings.map(StoredSource.absolute)
    embeddingsFrozen = options.embeddingsFrozen
    thesaurus = options.thesaurus.map(StoredSource.absolute)
    base = options.base.map(StoredSource.absolute)
    source = StoredSource(texts)
    self.validation = validation.flatMap(StoredSource.init)
    hasValidation = validation != nil
  }

  /// The options of the run, but for what every task has.
  var options: TrainingOptions {
    var options = TrainingOptions()
    options.architecture = architecture
    options.ngrams = ngrams
    options.text = text
    options.embeddings = embeddings
    options.embeddingsFrozen = embeddingsFrozen
    options.thesaurus = thesaurus
    options.base = base
    return options
  }

  /// The texts that the training reads.
  ///
  /// - Throws: `DataError` where a file is gone; ``ConfigurationError`` where there was none and no texts are given.
  func texts(given texts: LabeledTexts?, validation: LabeledTexts?, at checkpoint: TrainingCheckpoint) throws -> (
    LabeledTexts, LabeledTexts?
  ) {
    func chosen(_ given: LabeledTexts?, _ stored: StoredSource?, _ path: String?, _ name: String) throws -> LabeledTexts
    {
      if let given { return given }
      guard let stored else {
        throw ConfigurationError(setting: name, problem: "came from no file and must be given again to go on with it")
      }
      return .source(try LabeledTextSource(path: path ?? stored.path, options: stored.options))
    }
    let training = try chosen(texts, source, checkpoint.trainingPaths.first, "texts")
    guard hasValidation else { return (training, nil) }
    return (training, try chosen(validation, self.validation, checkpoint.validationPaths.first, "validation"))
  }
}
