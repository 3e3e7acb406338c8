#if Tool
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// `charcnn train` with a tagger.
extension SequenceTagger: DataTrainedModel {
  static func settings(model: String?) -> String {
    TaggingUnit.allCases.map { TaggingOptions($0) }
      .map { "\($0.architecture.name): \(ModelArguments.list($0.settings))" }.joined(separator: "\n\n")
  }

  static func train(for command: some LearningCommand, on path: String) throws {
    try command.refuseFilesOfClassifiers(task)
    try command.checkOutput()
    let source = try command.learning.data.taggedSource(path)
    var options = try command.learning.network.taggingOptions(for: source, from: command.learning.base)
    try command.apply(to: &options)
    let held = try command.learning.validation.map { try command.learning.data.taggedSource($0) }
    command.say(source.path, source.summary, held.map { ($0.path, $0.summary) })
    // What words mean helps who tags words.
    if options.base == nil, options.architecture.unit == .word {
      command.say(adviceFor: Examples<TaggedSentence>(source), text: \.text)
    }
    try command.train(
      SequenceTagger.self, on: Examples(source), validation: held.map { Examples($0) }, options: options,
      groups: { [:] })
  }
}
#endif
