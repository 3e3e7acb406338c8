internal import CharCNN

extension ModelBundle {
  /// Opens a bundle for a command that takes models of one task.
  ///
  /// - Throws: ``Failure`` that names the task and what is for it, or what opening throws.
  static func open(_ path: String, for task: ModelTask, command: String) throws -> ModelBundle {
    let model = try open(path)
    let own = try model.task()
    if own != task { throw Failure(path, of: own, isNotFor: command) }
    return model
  }
}

extension ModelTask {
  /// What people call such a model.
  var noun: String {
    switch self {
    case .classification: "classifier"
    case .language: "language model"
    case .tagging: "tagger"
    case .matching: "matcher"
    }
  }

  /// The commands that are for it.
  var commands: String {
    switch self {
    case .classification: "predict, evaluate, detect, walkthrough, quantize, export, embed or inspect"
    case .language: "generate, evaluate, embed, inspect or train --from"
    case .tagging, .matching: "predict, evaluate, embed or inspect"
    }
  }
}
