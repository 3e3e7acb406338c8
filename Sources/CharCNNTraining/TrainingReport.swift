public import CharCNNEvaluation

/// How a model did on held-out examples, in the terms of its task.
///
/// In JSON a classification is the report itself, as checkpoints always had it; others are an object with the name of the
/// case as its only member.
public enum TrainingReport: Equatable, Sendable {
  /// Of a classifier.
  case classification(ClassificationReport)

  /// What decides which epoch is best: higher is better, and among equals the lower ``loss``.
  public var score: Double {
    switch self {
    case .classification(let report): report.accuracy
    }
  }

  /// Mean loss of an example, in nats.
  public var loss: Double {
    switch self {
    case .classification(let report): report.loss ?? 0
    }
  }

  /// Number of examples.
  public var examples: Int {
    switch self {
    case .classification(let report): report.examples
    }
  }

  /// The figure that tells most: the first of ``figures``.
  public var measure: (name: String, value: Double) { (figures[0].name, figures[0].value) }

  /// All figures that people and programs read, with the names that programs know them by.
  public var figures: [(name: String, key: String, value: Double)] {
    switch self {
    case .classification(let report):
      [("accuracy", "accuracy", report.accuracy), ("macro F1", "macroF1", report.macroF1)]
    }
  }

  /// Share of examples, or of tags or characters, that are right.
  public var accuracy: Double {
    switch self {
    case .classification(let report): report.accuracy
    }
  }

  /// The report of a classifier; nil for other tasks.
  public var classification: ClassificationReport? {
    switch self {
    case .classification(let report): report
    }
  }

  /// Whether it is better than another of the same task; anything is better than nothing.
  func isBetter(than best: TrainingReport?) -> Bool {
    guard let best else { return true }
    return score != best.score ? score > best.score : loss < best.loss
  }
}

extension TrainingReport: Codable {
  /// Reads what ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    self = .classification(try ClassificationReport(from: decoder))
  }

  /// Writes the report.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .classification(let report): try report.encode(to: encoder)
    }
  }
}
