internal import CharCNN

/// A model that the tool trains, measures and uses.
protocol ToolModel: TrainableModel {
  /// The command that trains it.
  static var command: String { get }
  /// Number of labels; nil for models without.
  var labelCount: Int? { get }
}

extension ToolModel {
  static var command: String { "train" }
}

extension TextClassifier: ToolModel {
  var labelCount: Int? { labels.count }
}

extension SequenceTagger: ToolModel {
  var labelCount: Int? { labels.count }
}

extension TextMatcher: ToolModel {
  var labelCount: Int? { labels.isEmpty ? nil : labels.count }
}

extension CharacterLanguageModel: ToolModel {
  static var command: String { "pretrain" }
  var labelCount: Int? { nil }
}

extension ModelTask {
  /// The model of the task.
  var model: any ToolModel.Type {
    switch self {
    case .classification: TextClassifier.self
    case .tagging: SequenceTagger.self
    case .matching: TextMatcher.self
    case .language: CharacterLanguageModel.self
    }
  }
}
