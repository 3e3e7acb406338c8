import CharCNNToolkit
import TestSupport

/// Bundles of small models of every task but classification, trained once.
enum TaskBundle: String, CaseIterable, Sendable {
  case causal
  case masked
  case contrastive
  case regression
  case characters
  case words
  case scores

  /// Where it lies.
  func path() throws -> String {
    try Self.trained.withLock { paths in
      if let path = paths[self] { return path }
      let path = try Self.folder.get().path("\(rawValue).charcnn")
      try train().write(to: path, overwrite: false)
      paths[self] = path
      return path
    }
  }

  /// The model, whatever its task.
  func model(threads: Int = 1) throws -> any FeatureExtractor {
    try ModelBundle(contentsOf: path()).featureExtractor(threads: threads)
  }

  /// Levels that it has vectors of.
  var levels: [FeatureOptions.Level] { self == .words ? [.text, .word] : FeatureOptions.Level.allCases }

  private static let folder = Result { try TemporaryFolder() }
  private static let trained = Guarded<[TaskBundle: String]>([:])

  private func train() throws -> any TrainedModel {
    switch self {
    case .causal: try language(.causal)
    case .masked: try language(.masked)
    case .contrastive: try matcher(.contrastive)
    case .regression: try matcher(.regression)
    case .characters:
      try SequenceTagger.train(
        on: Examples(ToySentences.characters(40), name: "toys"), options: ToySentences.options(.character)
      ).model
    case .scores:
      try TextRegressor.train(on: ToyScores.texts(60), options: ToyScores.options(["maximumLength=40"])).model
    case .words:
      try SequenceTagger.train(
        on: Examples(ToySentences.words(40), name: "toys"), options: ToySentences.options(.word, ["output=softmax"])
      ).model
    }
  }

  private func language(_ objective: LanguageObjective) throws -> CharacterLanguageModel {
    var options = LanguageOptions(objective)
    options.threads = 1
    for assignment in [
      "filters=16", "embedding=8", "blocks=2", "dilations=1,2", "window=32", "batchCharacters=256", "epochs=1",
    ] {
      try options.set(assignment)
    }
    let text = try Self.folder.get().write(
      ToyTexts.texts(80).map { $0.text + "\n" }.joined(), to: "\(objective.rawValue).txt")
    return try CharacterLanguageModel.train(on: Examples(contentsOf: text), options: options).model
  }

  private func matcher(_ objective: MatchingObjective) throws -> TextMatcher {
    try TextMatcher.train(
      on: ToyPairs.pairs(objective, 60), options: ToyPairs.options(objective, ["maximumLength=40"])
    ).model
  }
}
