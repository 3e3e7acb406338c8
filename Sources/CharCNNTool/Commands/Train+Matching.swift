internal import ArgumentParser
internal import CharCNN

/// `charcnn train --task matching`.
extension Train {
  /// Trains a matcher and writes it.
  func trainMatcher(on path: String, output: String, console: Console) throws {
    if embeddings != nil || thesaurus != nil {
      throw ValidationError("--embeddings and --thesaurus are for classifiers, not for the task matching")
    }
    var options = try matchingOptions()
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    options.checkpoint = try checkpoints.options(output: output, overwrite: overwrite)
    let source = try data.pairSource(path, scores: options.network.objective == .regression)
    console.say("\(path): \(source.summary)")
    let held = try validation.map {
      try data.pairSource(
        $0, scores: options.network.objective == .regression, trained: source.columns.trained)
    }
    if let held { console.say("\(held.path): \(held.summary)") }
    let reporter = TrainingProgress(console: console, checkpoints: options.checkpoint?.folder)
    let (matcher, summary) = try reporter.follow { progress, isCancelled in
      try TextMatcher.train(
        on: source, validation: held, options: options, progress: progress, isCancelled: isCancelled)
    }
    let destination = Destination(
      output: output, overwrite: overwrite, checkpoints: options.checkpoint?.folder,
      hasOwnCheckpoint: reporter.hasCheckpoint, isJSON: json)
    try destination.finish(
      matcher, summary, labels: matcher.labels.isEmpty ? nil : matcher.labels.count, console: console)
  }

  private func matchingOptions() throws -> MatchingOptions {
    var options = try network.matchingOptions(from: base)
    if let freeze { options.training.frozenLayers = freeze }
    if let epochs { try options.set("epochs=\(epochs)") }
    if let seed { options.training.seed = seed }
    if let timeLimit { options.timeLimit = timeLimit.duration }
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    try options.training.validate()
    return options
  }
}
