#if Tool
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// `charcnn train` with a matcher.
extension TextMatcher: DataTrainedModel {
  static func settings(model: String?) -> String { ModelArguments.list(MatchingOptions().settings) }

  static func train(for command: Train, on path: String) throws {
    try command.refuseFilesOfClassifiers(task)
    var options = try command.network.matchingOptions(from: command.base)
    try command.apply(to: &options)
    try command.checkOutput()
    let scores = options.network.objective == .regression
    let source = try command.data.pairSource(path, scores: scores)
    let held = try command.validation.map {
      try command.data.pairSource($0, scores: scores, trained: source.columns.trained)
    }
    command.say(source.path, source.summary, held.map { ($0.path, $0.summary) })
    try command.train(
      TextMatcher.self, on: Examples(source), validation: held.map { Examples($0) }, options: options,
      groups: { try command.repetition.groups(of: path, command.data) })
  }
}
#endif
