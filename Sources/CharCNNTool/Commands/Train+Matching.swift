#if Tool
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// `charcnn train` with a matcher.
extension TextMatcher: DataTrainedModel {
  static func settings(model: String?) -> String { ModelArguments.list(MatchingOptions().settings) }

  static func train(for command: some LearningCommand, on path: String) throws {
    try command.refuseFilesOfClassifiers(task)
    var options = try command.learning.network.matchingOptions(from: command.learning.base)
    try command.apply(to: &options)
    try command.checkOutput()
    let scores = options.network.objective == .regression
    let source = try command.learning.data.pairSource(path, scores: scores)
    let held = try command.learning.validation.map {
      try command.learning.data.pairSource($0, scores: scores, trained: source.columns.trained)
    }
    command.say(source.path, source.summary, held.map { ($0.path, $0.summary) })
    if options.base == nil { command.say(adviceFor: Examples<TextPair>(source)) { "\($0.first) \($0.second)" } }
    try command.train(
      TextMatcher.self, on: Examples(source), validation: held.map { Examples($0) }, options: options,
      groups: { try command.groups(of: path) })
  }
}
#endif
