internal import CharCNNText

/// Why a training run could not start or go on.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No usable example.
  case noExamples(path: String)
  /// All examples have the same label.
  case notEnoughClasses(path: String, label: String)
  /// All tokens have the same tag.
  case oneTag(path: String, tag: String)
  /// All pairs have the same score.
  case oneScore(path: String, score: String)
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
      "\(path): has no example; give a file with text; a classifier needs labels of two classes beside it"
    case .notEnoughClasses(let path, let label):
      "\(path): every example has the label \"\(label)\"; there must be at least two labels, or another column is the label (--label)"
    case .oneTag(let path, let tag):
      "\(path): every token has the tag \"\(tag)\"; there must be at least two tags, or another column holds them (--label)"
    case .oneScore(let path, let score):
      "\(path): every pair has the score \(score); there must be at least two scores, or another column holds them (--label)"
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
