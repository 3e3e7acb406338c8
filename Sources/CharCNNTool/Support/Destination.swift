internal import CharCNN

/// Where a trained model goes, and what becomes of its checkpoints.
struct Destination {
  let output: String
  let overwrite: Bool
  /// The folder of the checkpoints; nil where none were asked for.
  let checkpoints: String?
  let isJSON: Bool

  /// Writes the model and the result. The command that goes on with the training is the one that began it.
  ///
  /// The checkpoints of a run that ended well are deleted; those of one that was interrupted or diverged stay.
  func finish(_ model: any TrainedModel, _ summary: TrainingSummary, labels: Int? = nil, console: Console) throws {
    let command = type(of: model).task == .language ? "pretrain" : "train"
    let kept = checkpoints.flatMap { CheckpointFolder.holdsCheckpoints($0) ? $0 : nil }
    if summary.stopReason == .cancelled {
      console.say("interrupted in epoch \(summary.epochs): saving the best model, of epoch \(summary.bestEpoch)")
      if let kept { console.say("go on with it: charcnn \(command) --resume \(kept) --overwrite") }
    }
    do {
      try model.write(to: output, overwrite: overwrite)
    } catch let error as StorageError {
      guard let kept else { throw error }
      throw StorageError(
        error.kind, path: error.path, problem: error.problem,
        advice: "\(error.advice), then 'charcnn \(command) --resume \(kept)' writes it: the training is not lost")
    }
    switch summary.stopReason {
    case .finished, .converged, .timeLimit: if let kept { CheckpointFolder.remove(kept) }
    case .cancelled, .diverged: break
    }
    let result = TrainingResult(output: output, summary: summary, labels: labels)
    if isJSON { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
    // The model is written; the exit code still says that the run went wrong.
    if let step = summary.divergedAtStep { throw TrainingError.diverged(step: step, bestEpoch: summary.bestEpoch) }
  }
}
