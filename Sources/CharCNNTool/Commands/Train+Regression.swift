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

  static func train(for command: some LearningCommand, on path: String) throws {
    try command.refuseFilesOfClassifiers(task)
    var options = try command.learning.network.regressionOptions(from: command.learning.base)
    try command.apply(to: &options)
    if !options.architecture.hasNetwork, !options.ngrams.isTable { try command.refuseCheckpoints() }
    try command.checkOutput()
    let source = try command.learning.data.scoreSource(path)
    let held = try command.learning.validation.map {
      try command.learning.data.scoreSource($0, trained: source.trainedColumns)
    }
    command.say(source.path, source.summary, held.map { ($0.path, $0.summary) })
    if options.base == nil { command.say(adviceFor: Examples<LabeledText>(source), text: \.text) }
    try command.train(
      TextRegressor.self, on: Examples(source), validation: held.map { Examples($0) }, options: options,
      groups: { try command.groups(of: path) })
  }
}
#endif
