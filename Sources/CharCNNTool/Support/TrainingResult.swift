internal import CharCNN

/// What `charcnn train` writes to standard output.
struct TrainingResult: Encodable {
  let output: String
  let accuracy: Double
  let macroF1: Double
  /// Validation examples.
  let examples: Int
  let epochs: Int
  let bestEpoch: Int
  let seconds: Double
  let charactersPerSecond: Double
  let parameters: Int
  /// Number of labels.
  let labels: Int
  let stopReason: StopReason

  init(output: String, summary: TrainingSummary, labels: Int) {
    self.output = output
    accuracy = summary.accuracy
    macroF1 = summary.macroF1
    examples = summary.examples
    epochs = summary.epochs
    bestEpoch = summary.bestEpoch
    seconds = summary.seconds
    charactersPerSecond = summary.charactersPerSecond
    parameters = summary.parameters
    self.labels = labels
    self.stopReason = summary.stopReason
  }

  /// The same for people.
  var text: String {
    let reason =
      switch stopReason {
      case .finished: "all epochs done"
      case .converged: "no longer getting better"
      case .diverged: "the loss was no number any more; try a lower rate"
      case .timeLimit: "time limit reached"
      case .cancelled: "interrupted"
      }
    return Table.text(
      [
        ["model", "\(output) (\(Numbers.grouped(parameters)) parameters, \(Numbers.count(labels, "label")))"],
        ["accuracy", "\(Numbers.fixed(accuracy)) on \(Numbers.count(examples, "validation example"))"],
        ["macro F1", Numbers.fixed(macroF1)],
        ["epochs", "\(epochs), best \(bestEpoch) (\(reason))"],
        ["time", "\(Numbers.time(seconds)), \(Numbers.short(charactersPerSecond)) characters/s"],
      ], leftColumns: 2)
  }
}
