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

  static func train(for command: Train, on path: String) throws {
    var options = try command.network.options(from: command.base)
    options.embeddings = command.embeddings
    options.embeddingsFrozen = command.frozenEmbeddings
    options.thesaurus = command.thesaurus
    if command.balance {
      try command.network.refuse(["ngramBalance", "sampling"], beside: "--balance, which sets it")
      options.balance()
    }
    options.size = command.size?.bytes
    options.cascade = command.cascade
    options.labels = command.labels
    try command.apply(to: &options)
    if !options.architecture.hasNetwork, !options.ngrams.isTable { try command.training.checkpoints.refuse() }
    try command.checkOutput()
    let source = try command.data.source(path)
    let held = try command.validation.map { try command.data.source($0, trained: source.trainedColumns) }
    command.say(source.path, source.summary, held.map { ($0.path, $0.summary) })
    try command.train(
      TextClassifier.self, on: Examples(source), validation: held.map { Examples($0) }, options: options,
      groups: { try command.repetition.groups(of: path, command.data) })
  }
}
#endif
