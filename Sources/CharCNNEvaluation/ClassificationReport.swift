/// What there is to say about a classifier after it was run on labelled examples.
///
/// As JSON, the names of the members are the names of the properties; values that are nil are left out.
public struct ClassificationReport: Codable, Equatable, Sendable {
  /// More labels than this, and the matrix is left out.
  private static let largestMatrix = 256

  /// The share of examples that were predicted right; 0 if there are none. Of texts that may have several labels, those of which all labels
  /// are right and none is missing.
  public let accuracy: Double
  /// Where a text may have several labels: the F1 score of all decisions taken together; nil otherwise.
  public private(set) var microF1: Double?
  /// Where a text may have several labels: the accuracy by that name; nil otherwise.
  public private(set) var subsetAccuracy: Double?
  /// Where a text may have several labels: how far up the right labels stand when they are sorted by their probabilities, from 0 to 1 (label
  /// ranking average precision); nil otherwise.
  public private(set) var rankingAveragePrecision: Double?
  /// Where a text may have several labels: how likely each must be to be given to a text, in the order of ``labels``; nil otherwise.
  public private(set) var thresholds: [Float]?
  /// The mean F1 score of the labels that occur, see `ConfusionMatrix.macroF1`.
  public let macroF1: Double
  /// The mean F1 score of the labels weighted by their examples.
  public let weightedF1: Double
  /// How many examples there were.
  public let examples: Int
  /// The mean cross entropy in nats; nil if it is not known or not finite.
  public let loss: Double?
  /// The expected calibration error, see `Calibration`; nil if there are no examples.
  public let calibrationError: Double?
  /// The same by its full name.
  public private(set) var expectedCalibrationError: Double?
  /// The mean of the squared distances between the probabilities of all labels and what is right, from 0 to 2 (Brier 1950, "Verification of
  /// Forecasts Expressed in Terms of Probability"); nil if it is not known.
  public private(set) var brierScore: Double?
  /// How often it is right when it is about so sure; nil if it is not known.
  public internal(set) var reliability: [Reliability]?
  /// Between which values accuracy and macro F1 lie for 95 of 100 samples of as many texts; nil if it is not known.
  public internal(set) var accuracyInterval: Interval?
  /// As ``accuracyInterval``, of macro F1.
  public internal(set) var macroF1Interval: Interval?
  /// The wrong answers of which the model is surest, the surest first; nil if they are not known.
  public internal(set) var surestErrors: [WrongAnswer]?
  /// How many of the surest answers are right; nil if it is not known.
  public internal(set) var coverageCurve: [Coverage]?
  /// The part of the examples that it answered; nil for a model that answers everything.
  public internal(set) var coverage: Double?
  /// The part of these answers that is right, 0 if there are none; as for the accuracy, no answer to a label that the model does not know is. Nil for a model that answers everything.
  public internal(set) var accuracyAnswered: Double?
  /// How much accuracy is left when characters go wrong; nil if it was not measured.
  public internal(set) var robustness: Robustness?
  /// How the model differs from another one; nil if there was none.
  public internal(set) var comparison: Comparison?
  /// What the model says to texts of no class; nil where there were none.
  public internal(set) var outside: Outside?
  /// The scores of each label, in the order of the model's outputs.
  public let labels: [LabelScore]
  /// Counts in rows of actual labels with columns of predicted ones, in the order of `labels`; nil if there are more than
  /// 256 labels.
  public let confusion: [[Int]]?
  /// The pairs of labels mixed up most often, at most 20.
  public let mostConfused: [Confusion]
  /// How many examples had a label the model does not know, by label. Each of them counts as an error.
  public let unseenLabels: [String: Int]
  /// How many texts were longer than what the model reads, so that only their beginnings count; nil where they were not
  /// counted.
  public internal(set) var cutTexts: Int?
  /// The part of the texts that n-grams answered alone, without the network beside them, 0 to 1; nil for a model that asks its network
  /// of all texts.
  public internal(set) var ngramShare: Double?

  /// The same with the number of texts that were cut.
  public func counting(cutTexts: Int) -> Self {
    var report = self
    report.cutTexts = cutTexts
    return report
  }

  /// The same with the number of texts that n-grams answered alone.
  public func counting(answeredByNgrams texts: Int) -> Self {
    var report = self
    report.ngramShare = Double(texts) / Double(max(examples, 1))
    return report
  }

  /// What there is to say of texts that may have several labels.
  init(
    subsetAccuracy: Double, microF1: Double, macroF1: Double, weightedF1: Double, rankingAveragePrecision: Double,
    examples: Int, loss: Double?, calibrationError: Double?, labels: [LabelScore], thresholds: [Float],
    unseenLabels: [String: Int]
  ) {
    accuracy = subsetAccuracy
    self.subsetAccuracy = subsetAccuracy
    self.microF1 = microF1
    self.macroF1 = macroF1
    self.weightedF1 = weightedF1
    self.rankingAveragePrecision = rankingAveragePrecision
    self.examples = examples
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
    self.calibrationError = calibrationError
    expectedCalibrationError = calibrationError
    self.labels = labels
    self.thresholds = thresholds
    self.unseenLabels = unseenLabels
    confusion = nil
    mostConfused = []
  }

  /// The scores that follow from `matrix`.
  public init(
    _ matrix: ConfusionMatrix, loss: Double? = nil, calibrationError: Double? = nil, brierScore: Double? = nil
  ) {
    accuracy = matrix.accuracy
    macroF1 = matrix.macroF1
    weightedF1 = matrix.weightedF1
    examples = matrix.examples
    // JSON has no infinity.
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
    self.calibrationError = calibrationError
    expectedCalibrationError = calibrationError
    self.brierScore = brierScore
    labels = matrix.scores
    confusion = matrix.labels.count <= Self.largestMatrix ? matrix.counts : nil
    mostConfused = matrix.mostConfused(top: 20)
    unseenLabels = matrix.unseen
  }
}
