internal import ArgumentParser
internal import CharCNN

/// `charcnn train --task tagging`.
extension Train {
  /// Trains a tagger and writes it.
  func trainTagger(on path: String, output: String, console: Console) throws {
    if embeddings != nil || thesaurus != nil {
      throw ValidationError("--embeddings and --thesaurus are for classifiers, not for the task tagging")
    }
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    let source = try data.taggedSource(path)
    var options = try taggingOptions(for: source)
    options.checkpoint = try checkpoints.options(output: output, overwrite: overwrite)
    console.say("\(path): \(source.summary)")
    let held = try validation.map { try data.taggedSource($0) }
    if let held { console.say("\(held.path): \(held.summary)") }
    let reporter = TrainingProgress(console: console, checkpoints: options.checkpoint?.folder)
    let (tagger, summary) = try reporter.follow { progress, isCancelled in
      try SequenceTagger.train(
        on: source, validation: held, options: options, progress: progress, isCancelled: isCancelled)
    }
    let destination = Destination(
      output: output, overwrite: overwrite, checkpoints: options.checkpoint?.folder,
      hasOwnCheckpoint: reporter.hasCheckpoint, isJSON: json)
    try destination.finish(tagger, summary, labels: tagger.labels.count, console: console)
  }

  private func taggingOptions(for source: TaggedTextSource) throws -> TaggingOptions {
    var options = try network.taggingOptions(for: source, from: base)
    if let freeze { options.training.frozenLayers = freeze }
    if let epochs { try options.set("epochs=\(epochs)") }
    if let seed { options.training.seed = seed }
    if let timeLimit { options.timeLimit = timeLimit.duration }
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    return options
  }
}
