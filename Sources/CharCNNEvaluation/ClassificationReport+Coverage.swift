extension ClassificationReport {
  /// How many of the surest answers are right.
  public struct Coverage: Codable, Equatable, Sendable {
    /// The part of the texts that is answered, 0 to 1.
    public let coverage: Double
    /// The part of these answers that is right.
    public let accuracy: Double
    /// How likely an answer must be to be given.
    public let threshold: Double

    /// A point.
    public init(coverage: Double, accuracy: Double, threshold: Double) {
      self.coverage = coverage
      self.accuracy = accuracy
      self.threshold = threshold
    }
  }

  /// How often a model is right when it is about so sure.
  public struct Reliability: Codable, Equatable, Sendable {
    /// Above which probability, and up to which.
    public let lower: Double
    public let upper: Double
    /// Predictions with such a probability.
    public let examples: Int
    /// Their mean probability.
    public let confidence: Double
    /// The part of them that is right.
    public let accuracy: Double

    /// A bin.
    public init(lower: Double, upper: Double, examples: Int, confidence: Double, accuracy: Double) {
      self.lower = lower
      self.upper = upper
      self.examples = examples
      self.confidence = confidence
      self.accuracy = accuracy
    }
  }

  /// What a model says to texts of no class, those among them whose label it does not know.
  public struct Outside: Codable, Equatable, Sendable {
    /// How many there were.
    public let texts: Int
    /// The part of them that the model did not answer, 0 to 1; nil for a model that answers everything.
    public let refused: Double?
    /// How often it is surer of its answer to a text of a class than of that to one of none: the area under the ROC curve, 0.5 where it cannot
    /// tell them apart and 1 where it always can; nil where there are no texts of one kind.
    public let areaUnderROC: Double?
    /// Faulty records that were left out; nil for none.
    public let leftOut: Int?

    /// What a model says to them.
    public init(texts: Int, refused: Double?, areaUnderROC: Double?, leftOut: Int? = nil) {
      self.leftOut = leftOut
      self.texts = texts
      self.refused = refused
      self.areaUnderROC = areaUnderROC
    }
  }

  /// The same with its surest errors, and intervals of its figures.
  ///
  /// - Parameters:
  ///   - errors: Wrong answers, the surest first.
  ///   - matrix: What was predicted for what; nil where a text may have several labels.
  package func adding(errors: [WrongAnswer], intervalsOf matrix: ConfusionMatrix?) -> Self {
    var report = self
    report.surestErrors = errors
    if let intervals = matrix?.intervals() {
      (report.accuracyInterval, report.macroF1Interval) = (intervals.accuracy, intervals.macroF1)
    }
    return report
  }

  /// The same with what is answered when unsure answers are left out.
  ///
  /// - Parameters:
  ///   - curve: How many of the surest answers are right.
  ///   - answered: Texts that the model answered, answers of these that are right, and all texts; nil for a model that
  ///     answers everything.
  ///   - outside: What it says to texts of no class; nil where there were none.
  package func adding(
    curve: [Coverage], answered: (texts: Int, right: Int, all: Int)?, outside: Outside?
  ) -> Self {
    var report = self
    report.coverageCurve = curve.isEmpty ? nil : curve
    if let answered {
      report.coverage = Double(answered.texts) / Double(max(answered.all, 1))
      report.accuracyAnswered = Double(answered.right) / Double(max(answered.texts, 1))
    }
    report.outside = outside
    return report
  }
}
