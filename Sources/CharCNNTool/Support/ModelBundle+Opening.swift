#if Tool
internal import CharCNN
import CharCNNStorage

extension ModelBundle {
  /// Opens a bundle for a command that takes models of one task.
  ///
  /// - Throws: ``Failure`` that names the task and what is for it, or what opening throws.
  static func open(_ path: String, for task: ModelTask, command: String) throws -> ModelBundle {
    let model = try ModelBundle(contentsOf: path)
    let own = try model.task()
    if own != task { throw Failure(path, of: own, isNotFor: command) }
    return model
  }
}
#endif
