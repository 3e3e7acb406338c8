import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextClassifier.RejectOption {
  /// What thresholds are chosen for.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Goal: Hashable, Sendable {
    /// No thresholds: probabilities alone are made as sure as they should be. Where a text may have several labels, their thresholds are fitted.
    case probabilities
    /// As many answers as possible of which this part is right, above 0 and below 1; a text of no class is answered wrongly whatever is answered.
    /// Labels whose answers are worse than that by more than chance get thresholds of their own.
    case precision(Double)
    /// The surest answers to this part of the texts, above 0 and at most 1.
    case coverage(Double)
    /// Where the part of the texts that is answered right and the part of the texts of no class that is refused have the largest sum.
    case separation
  }
}

extension TextClassifier {
  /// What a calibration found.
  public struct CalibrationReport: Sendable, Hashable, Codable {
    /// What was found.
    public internal(set) var rejection = RejectOption()
    /// Number of texts with a label of the model, and of texts of no class.
    public internal(set) var texts = 0
    public internal(set) var outsideTexts = 0
    /// How many of these are texts whose label the model does not know.
    public internal(set) var unknownLabels: [String: Int] = [:]
    /// The part of the texts of which the likeliest label is right.
    public internal(set) var accuracy = 0.0
    /// The expected calibration error and the mean cross entropy in nats, at temperature 1 and at the one that was found.
    public internal(set) var errorBefore: Double?
    public internal(set) var errorAfter: Double?
    public internal(set) var lossBefore = 0.0
    public internal(set) var lossAfter = 0.0
    /// The part of the texts that is answered, and the part of these answers that is right; nil for no answer.
    public internal(set) var coverage = 1.0
    public internal(set) var accuracyAnswered: Double?
    /// The part of all answers that is right, those to texts of no class being wrong; nil without such texts, and for no answer.
    public internal(set) var precision: Double?
    /// The part of the texts of no class that is refused, and how well these are told from others: the area under the ROC curve; nil without any.
    public internal(set) var outsideRefused: Double?
    public internal(set) var areaUnderROC: Double?
    /// What was left out of the texts, in words.
    public internal(set) var warnings: [String] = []
    /// Where a text may have several labels: their thresholds, in the order of the labels; nil otherwise.
    public internal(set) var thresholds: [Float]?
  }

  /// Makes the probabilities as sure as they should be, and finds when the classifier should say that it does not know.
  ///
  /// The texts must be others than those that it learned from, of which it is surer. The temperature is the one of the least cross entropy; the
  /// thresholds are of the texts' certainties (``Answer/certainty``).
  ///
  /// - Parameters:
  ///   - examples: Labelled texts. Those whose label the model does not know are taken for texts of no class.
  ///   - outside: Texts of no class; their labels do not matter. Nil where there are none.
  ///   - goal: What the thresholds are chosen for.
  ///   - progress: Receives the number of texts done, of twice as many as there are.
  /// - Returns: The classifier with what was found, and what it is like.
  /// - Throws: `DataError` for faulty records, or where it knows none of the labels; ``TrainingError/noExamples(path:isInMemory:)`` for
  ///   examples without one; ``ConfigurationError`` for a goal that does not fit the model or the texts.
  public func calibrated(
    on examples: Examples<LabeledText>, outside: Examples<LabeledText>? = nil, goal: RejectOption.Goal = .separation,
    progress: (_ texts: Int) -> Void = { _ in }
  ) throws -> (classifier: TextClassifier, report: CalibrationReport) {
    try validate(goal, hasOutside: outside != nil)
    var work = CalibrationWork(self)
    try work.read(examples, progress: progress)
    if work.report.outsideTexts == 0, outside == nil, goal == .separation {
      throw ConfigurationError(
        setting: "goal", problem: "separation needs texts of no class, and there are none",
        advice: "give some as `outside`, or choose a precision or a coverage")
    }
    return try work.finish(examples, outside, goal, progress: progress)
  }

  private func validate(_ goal: RejectOption.Goal, hasOutside: Bool) throws(ConfigurationError) {
    if allowsSeveralLabels, goal != .probabilities || hasOutside {
      throw ConfigurationError(
        setting: "goal", problem: "is for texts of one label each, and these may have several or none",
        advice: "choose probabilities: the thresholds of the labels are fitted with them")
    }
    switch goal {
    case .precision(let part) where !(part > 0 && part < 1):
      throw ConfigurationError(setting: "precision", problem: "must be above 0 and below 1, not \(part)")
    case .coverage(let part) where !(part > 0 && part <= 1):
      throw ConfigurationError(setting: "coverage", problem: "must be above 0 and at most 1, not \(part)")
    default: break
    }
  }
}
