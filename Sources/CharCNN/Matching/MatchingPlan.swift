/// What the training of a matcher was asked to do.
struct MatchingPlan: RunPlan {
  static let task = ModelTask.matching

  /// A file of pairs.
  struct Source: Codable {
    var path: String
    var options: DataOptions

    /// Nil for pairs that came from no file.
    init?(_ pairs: TextPairs) {
      guard case .source(let source) = pairs else { return nil }
      path = StoredSource.absolute(source.path)
      options = source.options
    }
  }

  var network: MatcherConfiguration
  var text: TextSettings
  var base: String?
  var source: Source?
  var validation: Source?
  var hasValidation: Bool

  init(_ options: MatchingOptions, pairs: TextPairs, validation: TextPairs?) {
    network = options.network
    text = options.text
    base = options.base.map(StoredSource.absolute)
    source = Source(pairs)
    self.validation = validation.flatMap(Source.init)
    hasValidation = validation != nil
  }

  /// The options of the run, but for what every task has.
  var options: MatchingOptions {
    var options = MatchingOptions()
    options.network = network
    options.text = text
    options.base = base
    return options
  }

  /// The pairs that the training reads.
  ///
  /// - Throws: `DataError` where a file is gone; ``ConfigurationError`` where there was none and no pairs are given.
  func pairs(given pairs: TextPairs?, validation: TextPairs?, at checkpoint: TrainingCheckpoint) throws -> (
    TextPairs, TextPairs?
  ) {
    func chosen(_ given: TextPairs?, _ stored: Source?, _ path: String?, _ name: String) throws -> TextPairs {
      if let given { return given }
      guard let stored else {
        throw ConfigurationError(setting: name, problem: "came from no file and must be given again to go on with it")
      }
      return .source(try TextPairSource(path: path ?? stored.path, options: stored.options))
    }
    let training = try chosen(pairs, source, checkpoint.trainingPaths.first, "pairs")
    guard hasValidation else { return (training, nil) }
    return (training, try chosen(validation, self.validation, checkpoint.validationPaths.first, "validation"))
  }
}
