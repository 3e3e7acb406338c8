#if Tool
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// `charcnn train` with a model of scores.
extension TextRegressor: DataTrainedModel {
  static func settings(model: String?) -> String {
    var options = Options()
    // A name that is unknown has its own error without --help.
    if let model { try? options.use(model: model) }
    return ModelArguments.list(options.settings)
  }

  static func train(for command: Train, on path: String) throws {
    try command.refuseFilesOfClassifiers(task)
    var options = try command.network.regressionOptions(from: command.base)
    try command.apply(to: &options)
    if !options.architecture.hasNetwork, !options.ngrams.isTable { try command.training.checkpoints.refuse() }
    try command.checkOutput()
    let source = try command.data.scoreSource(path)
    let held = try command.validation.map { try command.data.scoreSource($0, trained: source.trainedColumns) }
    command.say(source.path, source.summary, held.map { ($0.path, $0.summary) })
    try command.train(
      TextRegressor.self, on: Examples(source), validation: held.map { Examples($0) }, options: options,
      groups: { try command.repetition.groups(of: path, command.data) })
  }
}
#endif
