#if Tool
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// `charcnn train` with a classifier.
extension TextClassifier: DataTrainedModel {
  static func settings(model: String?) -> String {
    var options = ClassificationOptions()
    // A name that is unknown has its own error without --help.
    if let model { try? options.use(model: model) }
    return ModelArguments.list(options.settings)
  }

  static func train(for command: some LearningCommand, on path: String) throws {
    var options = try command.learning.network.options(from: command.learning.base)
    options.embeddings = command.learning.embeddings
    options.embeddingsFrozen = command.learning.frozenEmbeddings
    options.thesaurus = command.learning.thesaurus
    if command.learning.balance {
      try command.learning.network.refuse(["ngramBalance", "sampling"], beside: "--balance, which sets it")
      options.balance()
    }
    options.size = command.bytes
    options.cascade = command.learning.cascade
    options.labelNames = command.learning.labelNames
    options.labels = command.learning.labels
    try command.apply(to: &options)
    if !options.architecture.hasNetwork, !options.ngrams.isTable { try command.refuseCheckpoints() }
    try command.checkOutput()
    let allowsNone = command.learning.labels == .several
    let source = try command.learning.data.source(path, allowsNone: allowsNone)
    let held = try command.learning.validation.map {
      try command.learning.data.source($0, trained: source.trainedColumns, allowsNone: allowsNone)
    }
    command.say(source.path, source.summary, held.map { ($0.path, $0.summary) })
    if options.base == nil { command.say(adviceFor: Examples<LabeledText>(source), text: \.text) }
    try command.train(
      TextClassifier.self, on: Examples(source), validation: held.map { Examples($0) }, options: options,
      groups: { try command.groups(of: path) })
  }
}
#endif
