internal import ArgumentParser
internal import CharCNN

/// An interrupted training of any task that goes on.
struct ResumedTraining {
  /// The folder of its checkpoints.
  let folder: String
  /// Where the model goes, if not where it was to go.
  let output: String?
  let overwrite: Bool
  let threads: Int?
  let isJSON: Bool

  /// Trains to the end and writes the model.
  func run(console: Console) throws {
    var checkpoint = try TrainingCheckpoint(opening: folder)
    for warning in checkpoint.warnings { console.say("warning: \(warning)") }
    if let threads { checkpoint.threads = threads }
    let stored = CheckpointArguments.destination(of: checkpoint)
    guard let output = output ?? stored.output else { throw ValidationError("the checkpoint names no --output") }
    let overwrite = overwrite || (self.output == nil && stored.overwrite)
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    console.say(
      "\(folder): going on after step \(Numbers.grouped(checkpoint.position.steps)), in epoch \(checkpoint.position.epochs + 1)"
    )
    let progress = TrainingProgress(console: console)
    let destination = Destination(
      output: output, overwrite: overwrite, checkpoints: folder, hasOwnCheckpoint: true, isJSON: isJSON)
    switch checkpoint.task {
    case .classification:
      let (classifier, summary) = try progress.follow {
        try TextClassifier.resume(checkpoint, progress: $0, isCancelled: $1)
      }
      try destination.finish(classifier, summary, labels: classifier.labels.count, console: console)
    case .language:
      let (model, summary) = try progress.follow {
        try CharacterLanguageModel.resume(checkpoint, progress: $0, isCancelled: $1)
      }
      try destination.finish(model, summary, console: console)
    case .tagging:
      let (tagger, summary) = try progress.follow {
        try SequenceTagger.resume(checkpoint, progress: $0, isCancelled: $1)
      }
      try destination.finish(tagger, summary, labels: tagger.labels.count, console: console)
    case .matching:
      let (matcher, summary) = try progress.follow {
        try TextMatcher.resume(checkpoint, progress: $0, isCancelled: $1)
      }
      try destination.finish(
        matcher, summary, labels: matcher.labels.isEmpty ? nil : matcher.labels.count, console: console)
    }
  }
}
