import CharCNNCompute
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextClassifier {
  /// A text whose label is probably wrong.
  public struct LabelSuspect: Sendable, Hashable, Codable {
    /// Where it stands, with its label and the whole text.
    public let place: LabeledText.Audit.Place
    /// The label that it has.
    public let label: String
    /// The label that models suggest which have not learned from it.
    public let suggested: String
    /// The probability that these models give the suggested label.
    public let probability: Double
    /// The probability that they give the label that it has.
    public let labelProbability: Double
  }

  /// What a search for wrong labels found.
  public struct LabelSuspects: Sendable {
    /// The suspects, best first.
    public let suspects: [LabelSuspect]
    /// How many labels are probably wrong, by what the models say of all texts.
    public let estimate: Int
    /// Number of texts that were judged.
    public let judged: Int
    /// Number of texts that were left out of the search, since it would have taken too long.
    public let left: Int
    /// Number of texts that nothing can be said of, since no other text has their label.
    public let alone: Int
    /// The part of the judged texts whose label is the one that the models think likeliest.
    public let agreement: Double
  }

  /// How wrong labels are searched for.
  public struct SuspectOptions: Sendable, Hashable {
    /// Parts of the texts that are left out in turn, 2 to 100.
    public var folds = 5
    /// Decides which texts are in which part.
    public var seed: UInt64 = 1
    /// Number of suspects at most; nil for as many as are probably wrong.
    public var most: Int?
    /// Number of texts that are looked at, at most; of more, some that are drawn at random.
    public var mostTexts = 100_000
    /// Number of threads; nil for one a core. The result does not depend on it.
    public var threads: Int?

    /// The usual options.
    public init() {}
  }

  /// Looks for texts whose labels are probably wrong: each is judged by linear models of n-grams that have not learned from it.
  ///
  /// Every part of the texts is left out in turn (cross-validation), with the same mixture of labels, and copies of a text in one part, so
  /// that none vouches for itself. A label is suspect where models are about as sure of another one as they are as a rule of texts that
  /// have it, and of its own no surer than of texts that do not have it (after confident learning; Northcutt, Jiang & Chuang 2021,
  /// "Confident Learning: Estimating Uncertainty in Dataset Labels"). Those for whose own label least speaks come first.
  ///
  /// - Parameters:
  ///   - examples: Labelled texts.
  ///   - options: How to search.
  ///   - progress: Receives the part of the work that is done.
  /// - Returns: The suspects; none where there are fewer than two labels or ten texts, or where a text may have several labels.
  /// - Throws: ``DataError`` for faulty records; ``ConfigurationError`` for options out of their range, or where memory would not suffice;
  ///   `CancellationError` where the task that calls is cancelled.
  public static func labelSuspects(
    in examples: Examples<LabeledText>, options: SuspectOptions = SuspectOptions(),
    progress: (_ fraction: Double) -> Void = { _ in }
  ) throws -> LabelSuspects {
    try labelSuspects(in: LabeledText.Audit(of: examples), options: options) { progress($0.fraction) }
  }

  /// As ``labelSuspects(in:options:progress:)``, of texts that were audited.
  ///
  /// - Parameter told: Receives how far the search is.
  package static func labelSuspects(
    in audit: LabeledText.Audit, options: SuspectOptions, told: (SolvingReport) -> Void
  ) throws -> LabelSuspects {
    try SuspectSearch(audit, options: options).run(told: told)
  }
}
