public import CharCNNFiles
internal import CharCNNText

/// Why a training run could not start or go on.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum TrainingError: CharCNNError, Equatable {
  /// No usable example; what can be done depends on whether they come from a file.
  case noExamples(path: String, isInMemory: Bool = false)
  /// All examples say the same, so that nothing can be learned; in words, what they say and what there must be.
  case nothingToLearn(path: String, problem: String, advice: String)
  /// No validation example is left; what can be done depends on whether the examples come from a file.
  case noValidation(path: String, isInMemory: Bool = false)
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

  /// The file, or what errors call the examples; nil for what happened on the way.
  public var place: String? {
    switch self {
    case .noExamples(let path, _), .nothingToLearn(let path, _, _), .noValidation(let path, _), .changed(let path, _):
      path
    case .notFinite, .diverged, .quantized, .stoppedBeforeFirstStep: nil
    }
  }

  /// What happened.
  public var problem: String {
    switch self {
    case .noExamples: "has no example"
    case .nothingToLearn(_, let problem, _): problem
    case .noValidation: "no example is left for validation"
    case .notFinite(let step, let epoch, _): "the loss is not a number at step \(step) of epoch \(epoch)"
    case .diverged(let step, let bestEpoch, _):
      "the loss is not a number at step \(step); the best model so far, of epoch \(bestEpoch), is kept"
    case .changed(_, let what): "\(what) than when the training began"
    case .quantized: "a quantized model cannot be trained"
    case .stoppedBeforeFirstStep: "stopped before anything was learned"
    }
  }

  /// What to do.
  public var advice: String? {
    switch self {
    case .noExamples(_, let isInMemory):
      isInMemory
        ? "give some that are not empty, of two classes where labels are learned"
        : "give a file with text, and labels of two classes beside it where labels are learned"
    case .nothingToLearn(_, _, let advice): advice
    case .noValidation(_, let isInMemory):
      "give more data (at least \(fewestExamplesToSplit) examples, two of one label among them) or "
        + (isInMemory ? "others to measure with (`validation`)" : "a validation file (`validation`)")
    case .notFinite(_, _, let advice): "nothing was written, try \(advice)"
    case .diverged(_, _, let advice): "try \(advice)"
    case .changed: "resume it with the data it began with, or begin anew"
    case .quantized: "train the one that it was made from"
    case .stoppedBeforeFirstStep: "there is no model to keep"
    }
  }
}
