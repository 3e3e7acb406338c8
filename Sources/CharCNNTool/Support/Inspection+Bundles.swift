#if Tool
internal import CharCNN
import CharCNNNetworks

/// Bundles of all tasks.
extension Inspection {
  init(_ classifier: TextClassifier, path: String) throws {
    self.init(
      classifier.architecture, network: classifier.network, parameters: classifier.parameterCount,
      bundle: try Bundle(
        path, labels: classifier.labels, text: classifier.textSettings, ngramLength: classifier.ngramLength,
        quantization: classifier.quantization, cascade: classifier.cascade,
        thresholds: classifier.thresholds, rejection: classifier.rejection, training: TrainingFacts(classifier.record)))
  }

  init(_ language: CharacterLanguageModel, path: String) throws {
    let configuration = language.network.configuration
    self.init(
      "language model (\(language.objective.rawValue))", configuration,
      parameters: language.network.parameters.learnedCount, layers: language.network.layers,
      receptiveField: configuration.receptiveField, hasClasses: false,
      bundle: try Bundle(path, labels: [], text: language.textSettings, training: TrainingFacts(language.record)),
      notes: [
        language.objective == .causal
          ? "each character is predicted from the \(Numbers.grouped(Int(configuration.receptiveField))) before it"
          : "each hidden character is predicted from those on both sides",
        "cut into windows of \(Numbers.grouped(language.language.window)) characters in training",
      ]
        + (language.ngrams.map {
          ["beside the network stand \(Numbers.grouped($0.count)) n-grams of up to \($0.order) characters"]
        } ?? []))
  }

  init(_ tagger: SequenceTagger, path: String) throws {
    self.init(
      tagger.architecture.name, tagger.architecture.configuration,
      parameters: tagger.network.parameters.learnedCount, layers: tagger.network.layers,
      receptiveField: tagger.architecture.receptiveField, unit: tagger.unit.rawValue,
      bundle: try Bundle(
        path, labels: tagger.labels, text: tagger.textSettings, training: TrainingFacts(tagger.record)),
      notes: Self.notes(tagger.unit))
  }

  init(_ matcher: TextMatcher, path: String) throws {
    self.init(
      "matcher (\(matcher.objective.rawValue))", matcher.configuration,
      parameters: matcher.network.parameters.learnedCount, layers: matcher.network.layers,
      receptiveField: matcher.configuration.gated.receptiveField,
      bundle: try Bundle(
        path, labels: matcher.labels, text: matcher.textSettings,
        scores: matcher.objective == .regression
          ? [matcher.configuration.range.lowerBound, matcher.configuration.range.upperBound] : nil,
        training: TrainingFacts(matcher.record)),
      notes: Self.matcherNotes)
  }

  init(_ regressor: TextRegressor, path: String) throws {
    self.init(
      regressor.architecture, network: regressor.network, parameters: regressor.parameterCount,
      bundle: try Bundle(
        path, labels: (regressor.grades ?? []).map(Numbers.plain), text: regressor.textSettings,
        ngramLength: regressor.ngramLength,
        scores: regressor.grades == nil ? [regressor.range.lowerBound, regressor.range.upperBound] : nil,
        training: TrainingFacts(regressor.record)),
      notes: [regressor.grades == nil ? "gives texts scores" : "gives texts grades, each of them above those before it"]
    )
  }

  init(_ embedder: TextEmbedder, path: String) throws {
    self.init(
      "base of vectors", embedder.configuration, parameters: embedder.parameterCount, layers: embedder.layers,
      receptiveField: nil, hasClasses: false,
      bundle: try Bundle(path, labels: [], text: embedder.textSettings, training: TrainingFacts(embedder.record)),
      weights: "n-grams in 8 bits, layers in 32-bit floats",
      notes: ["gives texts vectors of \(Numbers.count(embedder.dimension, "number"))"])
  }

  /// What the rows of a tagger's layers are.
  static func notes(_ unit: TaggingUnit) -> [String] {
    unit == .word ? ["W words have L characters; what has W rows is counted for each word"] : []
  }

  /// What a matcher's layers are counted for.
  static let matcherNotes = [
    "both texts of a pair pass the layers up to the vector; the later ones are counted for each pair"
  ]
}
#endif
