#if Tool
internal import CharCNN
import CharCNNStorage
import CharCNNTraining

/// Where a trained model goes, and what becomes of its checkpoints.
struct Destination {
  let output: String
  let overwrite: Bool
  /// The folder of the checkpoints; nil where none were asked for.
  let checkpoints: String?
  /// Whether the run has written a checkpoint there; what an earlier training left goes when the model is written.
  let hasOwnCheckpoint: Bool
  let curves: Curves
  let isJSON: Bool
  let origin: ModelOrigin

  /// Writes the model and the result. The command that goes on with the training is the one that began it.
  ///
  /// The checkpoints of a run that ended well are deleted, and those of an earlier one that it replaces; its own stay where
  /// it was interrupted or diverged.
  func finish<Model: ToolModel>(_ model: Model, _ summary: TrainingSummary<Model.Report>, console: Console) throws {
    let command = Model.trainingCommand
    let found = checkpoints.flatMap { CheckpointFolder.holdsCheckpoints($0) ? $0 : nil }
    let kept = hasOwnCheckpoint ? found : nil
    if summary.stopReason == .cancelled {
      console.say(
        summary.epochs == 0
          ? "interrupted: saving the model as far as it is solved"
          : "interrupted in epoch \(summary.epochs): saving the best model, of epoch \(summary.bestEpoch)")
      if let kept { console.say("go on with it: charcnn \(command) --resume \(kept) --overwrite") }
    }
    let history = TrainingHistory(epochs: summary.history)
    for line in history.curves() { console.say(line) }
    for note in summary.notes { console.say(FlagNames.spelled(note)) }
    do {
      try model.write(
        to: output, describedBy: origin.description, command: origin.command, overwrite: overwrite)
    } catch let error as StorageError {
      // Without a confirmation of the disk the model is there all the same.
      guard let kept, error.kind != .unconfirmed else { throw error }
      // What has taken the place meanwhile is not ours to replace.
      let advice =
        error.kind == .exists
        ? "'charcnn \(command) --resume \(kept) --output OTHER' writes it elsewhere"
        : "\(error.advice.map { "\($0), then " } ?? "")'charcnn \(command) --resume \(kept)' writes it"
      throw StorageError(
        error.kind, path: error.path, problem: error.problem, advice: "\(advice): the training is not lost")
    }
    try curves.finish(history)
    switch summary.stopReason {
    case .finished, .converged, .timeLimit: if let found { CheckpointFolder.remove(found) }
    case .cancelled, .diverged: if let found, kept == nil { CheckpointFolder.remove(found) }
    }
    let result = TrainingResult(output: output, summary: summary, labels: model.labelCount)
    if isJSON { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
    // The model is written; the exit code still says that the run went wrong.
    if let step = summary.divergedAtStep {
      throw TrainingError.diverged(
        step: step, bestEpoch: summary.bestEpoch, advice: summary.divergedAdvice ?? "a lower rate")
    }
  }
}
#endif
