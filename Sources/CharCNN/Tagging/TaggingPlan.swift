/// What the training of a tagger was asked to do.
struct TaggingPlan: RunPlan {
  static let task = ModelTask.tagging

  /// A file of sentences.
  struct Source: Codable {
    var path: String
    var options: TaggedTextOptions

    /// Nil for sentences that came from no file.
    init?(_ sentences: TaggedSentences) {
      guard case .source(let source) = sentences else { return nil }
      path = StoredSource.absolute(source.path)
      options = source.options
    }
  }

  var architecture: TaggerArchitecture
  var text: TextSettings
  var scheme: TagScheme?
  var spanSwaps: Float
  var base: String?
  var source: Source?
  var validation: Source?
  var hasValidation: Bool

  init(_ options: TaggingOptions, sentences: TaggedSentences, validation: TaggedSentences?) {
    architecture = options.architecture
    text = options.text
    scheme = options.scheme
    spanSwaps = options.spanSwaps
    base = options.base.map(StoredSource.absolute)
    source = Source(sentences)
    self.validation = validation.flatMap(Source.init)
    hasValidation = validation != nil
  }

  /// The options of the run, but for what every task has.
  var options: TaggingOptions {
    var options = TaggingOptions(architecture.unit)
    options.architecture = architecture
    options.text = text
    options.scheme = scheme
    options.spanSwaps = spanSwaps
    options.base = base
    return options
  }

  /// The sentences that the training reads.
  ///
  /// - Throws: `DataError` where a file is gone; ``ConfigurationError`` where there was none and no sentences are given.
  func sentences(given sentences: TaggedSentences?, validation: TaggedSentences?, at checkpoint: TrainingCheckpoint)
    throws
    -> (TaggedSentences, TaggedSentences?)
  {
    func chosen(_ given: TaggedSentences?, _ stored: Source?, _ path: String?, _ name: String) throws -> TaggedSentences
    {
      if let given { return given }
      guard let stored else {
        throw ConfigurationError(setting: name, problem: "came from no file and must be given again to go on with it")
      }
      return .source(try TaggedTextSource(path: path ?? stored.path, options: stored.options))
    }
    let training = try chosen(sentences, source, checkpoint.trainingPaths.first, "sentences")
    guard hasValidation else { return (training, nil) }
    return (training, try chosen(validation, self.validation, checkpoint.validationPaths.first, "validation"))
  }
}
