internal import CharCNNText

/// Why a training run could not start or go on.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No usable example.
  case noExamples(path: String)
  /// All examples say the same, so that nothing can be learned; in words, what they say and what there must be.
  case nothingToLearn(path: String, problem: String)
  /// No validation example is left.
  case noValidation(path: String)
  /// The loss or the gradient is not a number any more; the advice names settings that such a model has.
  case notFinite(step: Int, epoch: Int, advice: String)
  /// As ``notFinite(step:epoch:advice:)``, but an earlier epoch left a model that is kept.
  case diverged(step: Int, bestEpoch: Int, advice: String)
  /// The parameters are 8-bit integers, which cannot be trained.
  case quantized
  /// Stopped before there was anything to keep.
  case stoppedBeforeFirstStep
  /// What a run reads is not what it was when the checkpoint was written.
  case changed(path: String, what: String)

  /// One line: what happened and what to do.
  public var description: String {
    switch self {
    case .noExamples(let path):
      "\(path): has no example; give a file with text, and labels of two classes beside it where labels are learned"
    case .nothingToLearn(let path, let problem): "\(path): \(problem)"
    case .noValidation(let path):
      "\(path): no example is left for validation; give more data (at least \(fewestExamplesToSplit) examples, two of one label among them) or a validation file (--validation)"
    case .notFinite(let step, let epoch, let advice):
      "the loss is not a number at step \(step) of epoch \(epoch); nothing was written, try \(advice)"
    case .diverged(let step, let bestEpoch, let advice):
      "the loss is not a number at step \(step); the best model so far, of epoch \(bestEpoch), is kept, try \(advice)"
    case .changed(let path, let what):
      "\(path): \(what) than when the training began; resume it with the data it began with, or begin anew"
    case .quantized: "a quantized model cannot be trained; train the one that it was made from"
    case .stoppedBeforeFirstStep: "stopped before the first step; there is no model to keep"
    }
  }
}
