#if Tool
internal import ArgumentParser
internal import CharCNN

/// What the tool knows of the models of a task: how they are called, and what the commands do with one.
protocol ToolModel: TrainableModel where Options: SettableOptions {
  /// What people call such a model.
  static var noun: String { get }
  /// The commands that are for it.
  static var commands: String { get }
  /// The command that trains it.
  static var trainingCommand: String { get }
  /// Why `evaluate --predictions` is refused; nil where it is not.
  static var refusalOfPredictions: String? { get }

  /// Number of labels; nil for models without.
  var labelCount: Int? { get }
  /// Whether it has products of floats, whose precision can be chosen.
  var multipliesFloats: Bool { get }

  /// What `inspect` tells of it.
  ///
  /// - Parameter path: Its bundle.
  func inspection(path: String) throws -> Inspection

  /// Does `evaluate`.
  func evaluate(for command: Evaluate, console: Console) throws

  /// Does `predict`.
  func predict(for command: Predict) throws

  /// Does `explain`.
  func explain(for command: Explain) throws
}

/// A model that `charcnn train` makes of labelled data.
protocol DataTrainedModel: ToolModel {
  /// The settings for --set with their defaults, for help.
  ///
  /// - Parameter model: The network that was named; nil for the default.
  static func settings(model: String?) -> String

  /// Does `train`.
  static func train(for command: some LearningCommand, on path: String) throws
}

extension ToolModel {
  static var trainingCommand: String { "train" }
  static var refusalOfPredictions: String? { nil }
}

extension ModelTask {
  /// The model of the task.
  var model: any ToolModel.Type {
    switch self {
    case .classification: TextClassifier.self
    case .tagging: SequenceTagger.self
    case .matching: TextMatcher.self
    case .language: CharacterLanguageModel.self
    case .regression: TextRegressor.self
    case .embedding: TextEmbedder.self
    }
  }
}

extension TextClassifier: ToolModel {
  static var noun: String { "classifier" }
  static var commands: String { "predict, evaluate, explain, detect, walkthrough, quantize, export, embed or inspect" }
  var labelCount: Int? { labels.count }

  func inspection(path: String) throws -> Inspection { try Inspection(self, path: path) }
  func evaluate(for command: Evaluate, console: Console) throws { try command.evaluate(self, console: console) }
  func predict(for command: Predict) throws { try command.predict(self) }
  func explain(for command: Explain) throws { try command.explain(self) }
}

extension SequenceTagger: ToolModel {
  static var noun: String { "tagger" }
  static var commands: String { "predict, evaluate, explain, embed or inspect" }
  static var refusalOfPredictions: String? {
    "--predictions is for classifiers, matchers and models of scores; 'charcnn predict --input' writes sentences with their tags"
  }
  var labelCount: Int? { labels.count }

  func inspection(path: String) throws -> Inspection { try Inspection(self, path: path) }
  func evaluate(for command: Evaluate, console: Console) throws { try command.evaluate(self, console: console) }
  func predict(for command: Predict) throws { try command.predict(self) }
  func explain(for command: Explain) throws { try command.explain(self) }
}

extension TextMatcher: ToolModel {
  static var noun: String { "matcher" }
  static var commands: String { "predict, evaluate, explain, embed or inspect" }
  var labelCount: Int? { labels.isEmpty ? nil : labels.count }

  func inspection(path: String) throws -> Inspection { try Inspection(self, path: path) }
  func evaluate(for command: Evaluate, console: Console) throws { try command.evaluate(self, console: console) }
  func predict(for command: Predict) throws { try command.predict(self) }
  func explain(for command: Explain) throws { try command.explain(self) }
}

extension TextRegressor: ToolModel {
  static var noun: String { "model of scores" }
  static var commands: String { "predict, evaluate, explain, embed or inspect" }
  var labelCount: Int? { grades?.count }

  func inspection(path: String) throws -> Inspection { try Inspection(self, path: path) }
  func evaluate(for command: Evaluate, console: Console) throws { try command.evaluate(self, console: console) }
  func predict(for command: Predict) throws { try command.predict(self) }
  func explain(for command: Explain) throws { try command.explain(self) }
}

extension TextEmbedder: ToolModel {
  static var noun: String { "base of vectors" }
  static var commands: String { "embed, neighbors, predict --labels, evaluate, inspect or train --from" }
  static var trainingCommand: String { "distill" }
  static var refusalOfPredictions: String? {
    "--predictions is for classifiers, matchers and models of scores; 'charcnn embed' writes vectors"
  }
  var labelCount: Int? { nil }

  func inspection(path: String) throws -> Inspection { try Inspection(self, path: path) }
  func evaluate(for command: Evaluate, console: Console) throws {
    guard command.zeroShot.names != nil else { return try command.evaluate(self, console: console) }
    try command.evaluate(command.zeroShot.classifier(self, command.bundle), console: console)
  }
  func predict(for command: Predict) throws { try command.predict(command.zeroShot.classifier(self, command.bundle)) }
  func explain(for command: Explain) throws { try command.explain(command.zeroShot.classifier(self, command.bundle)) }
}

extension CharacterLanguageModel: ToolModel {
  static var noun: String { "language model" }
  static var commands: String { "generate, evaluate, embed, inspect or train --from" }
  static var trainingCommand: String { "pretrain" }
  static var refusalOfPredictions: String? {
    "--predictions is for classifiers, matchers and models of scores; a language model has no answers to write"
  }
  var labelCount: Int? { nil }

  func inspection(path: String) throws -> Inspection { try Inspection(self, path: path) }
  func evaluate(for command: Evaluate, console: Console) throws { try command.evaluate(self, console: console) }
  func predict(for command: Predict) throws {
    throw Failure(command.bundle, of: Self.task, isNotFor: "predict")
  }
  func explain(for command: Explain) throws {
    throw Failure(command.bundle, of: Self.task, isNotFor: "explain")
  }
}
#endif
