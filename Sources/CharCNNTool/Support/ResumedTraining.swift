#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// An interrupted training of any task that goes on.
struct ResumedTraining {
  /// The folder of its checkpoints.
  let folder: String
  /// Where a teacher's vectors are now; nil where they are found.
  let vectors: (training: String?, validation: String?)
  /// Where the texts are now; empty where they are found.
  let data: [String]
  /// Where the validation texts are now; empty where they are found.
  let validation: [String]
  /// Where the model goes, if not where it was to go.
  let output: String?
  let overwrite: Bool
  let curves: CurveArguments
  let threads: Int?
  let isJSON: Bool

  /// Tells the checkpoint where its data are now, and finds out whether they are anywhere.
  private func say(to checkpoint: inout TrainingCheckpoint) throws {
    for (given, stored, name) in [
      (data, checkpoint.trainingPaths, "data"), (validation, checkpoint.validationPaths, "--validation"),
    ] where !given.isEmpty && given.count != stored.count {
      let files = stored.count == 1 ? "1 file or folder" : "\(stored.count) files or folders"
      throw ValidationError(
        stored.isEmpty
          ? "the training of \(folder) began without \(name) of its own"
          : "\(name) must be \(files), as the training began with")
    }
    if !data.isEmpty { checkpoint.trainingPaths = data }
    if !validation.isEmpty { checkpoint.validationPaths = validation }
    checkpoint.vectorPaths = vectors
    for path in checkpoint.trainingPaths + checkpoint.validationPaths
    where !FileManager.default.fileExists(atPath: path) {
      let command = checkpoint.task.model.trainingCommand
      throw DataError(
        .missingFile, path: path, problem: "is not there any more, and not beside \(folder)",
        advice: "say where the data are now: charcnn \(command) --resume \(folder) DATA"
          + (checkpoint.validationPaths.isEmpty ? "" : " --validation FILE"))
    }
  }

  /// Trains to the end and writes the model.
  func run(console: Console) throws {
    var checkpoint = try TrainingCheckpoint(contentsOf: folder)
    for warning in checkpoint.warnings { console.warn(warning) }
    if let threads { checkpoint.threads = threads }
    try say(to: &checkpoint)
    let stored = CheckpointArguments.destination(of: checkpoint)
    guard let output = output ?? stored.output else { throw ValidationError("the checkpoint names no --output") }
    let overwrite = overwrite || (self.output == nil && stored.overwrite)
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    console.say(
      "\(folder): going on after step \(Numbers.grouped(checkpoint.position.steps)), in epoch \(checkpoint.position.epochs + 1)"
    )
    try resume(checkpoint.task.model, checkpoint, output: output, overwrite: overwrite, console: console)
  }

  private func resume<Model: ToolModel>(
    _ model: Model.Type, _ checkpoint: TrainingCheckpoint, output: String, overwrite: Bool, console: Console
  ) throws {
    let curves = try curves.begin(output: output, overwrite: overwrite)
    let (model, summary) = try TrainingProgress(console: console, events: curves.events).follow {
      try Model.resume(checkpoint, progress: $0, isCancelled: $1)
    }
    try Destination(
      output: output, overwrite: overwrite, checkpoints: folder, hasOwnCheckpoint: true, curves: curves,
      isJSON: isJSON, origin: ModelOrigin(checkpoint.userInfo)
    ).finish(model, summary, console: console)
  }
}
#endif
