internal import CharCNN

/// `charcnn train --task classification`.
extension Train {
  /// Trains a classifier and writes it.
  func trainClassifier(on path: String, output: String, console: Console) throws {
    var options = try classifierOptions()
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    options.checkpoint = try checkpoints.options(output: output, overwrite: overwrite)
    let source = try data.source(path)
    console.say("\(path): \(source.summary)")
    let held = try validation.map { try data.source($0, trained: source.columns?.trained) }
    if let held { console.say("\(held.path): \(held.summary)") }
    let reporter = TrainingProgress(console: console, checkpoints: options.checkpoint?.folder)
    let (classifier, summary) = try reporter.follow { progress, isCancelled in
      try TextClassifier.train(
        on: source, validation: held, options: options, progress: progress, isCancelled: isCancelled)
    }
    let destination = Destination(
      output: output, overwrite: overwrite, checkpoints: options.checkpoint?.folder,
      hasOwnCheckpoint: reporter.hasCheckpoint, isJSON: json)
    try destination.finish(classifier, summary, labels: classifier.labels.count, console: console)
  }

  private func classifierOptions() throws -> TrainingOptions {
    var options = try network.options(from: base)
    if let freeze { options.training.frozenLayers = freeze }
    if let epochs { try options.set("epochs=\(epochs)") }
    if let seed { options.training.seed = seed }
    if let timeLimit { options.timeLimit = timeLimit.duration }
    options.embeddings = embeddings
    options.embeddingsFrozen = frozenEmbeddings
    options.thesaurus = thesaurus
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    try options.training.validate()
    return options
  }
}
