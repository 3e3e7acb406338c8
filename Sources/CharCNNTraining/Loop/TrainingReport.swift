public import CharCNNEvaluation

/// How a model did on held-out examples, in the terms of its task.
///
/// In JSON a classification is the report itself, as checkpoints always had it; others are an object with the name of the
/// case as its only member.
public enum TrainingReport: Equatable, Sendable {
  /// Of a classifier.
  case classification(ClassificationReport)
  /// Of a tagger.
  case tagging(TaggingReport)
  /// Of a language model.
  case language(LanguageReport)
  /// Of a matcher.
  case matching(MatchingReport)

  /// What decides which epoch is best: higher is better, and among equals the lower ``loss``.
  public var score: Double {
    switch self {
    case .classification(let report): report.accuracy
    case .tagging(let report): report.spanF1
    case .language(let report): -report.natsPerCharacter
    case .matching(let report): report.accuracy ?? report.pearson ?? -1
    }
  }

  /// Mean loss of an example, in nats.
  public var loss: Double {
    switch self {
    case .classification(let report): report.loss ?? 0
    case .tagging(let report): report.loss ?? 0
    case .language(let report): report.natsPerCharacter
    case .matching(let report): report.loss ?? 0
    }
  }

  /// Number of examples.
  public var examples: Int {
    switch self {
    case .classification(let report): report.examples
    case .tagging(let report): report.sentences
    case .language(let report): report.characters
    case .matching(let report): report.pairs
    }
  }

  /// The figure that tells most: the first of ``figures``.
  public var measure: (name: String, value: Double) { (figures[0].name, figures[0].value) }

  /// All figures that people and programs read, with the names that programs know them by.
  public var figures: [(name: String, key: String, value: Double)] {
    switch self {
    case .classification(let report):
      [("accuracy", "accuracy", report.accuracy), ("macro F1", "macroF1", report.macroF1)]
    case .tagging(let report):
      [("span F1", "spanF1", report.spanF1), ("accuracy", "accuracy", report.accuracy)]
    case .language(let report):
      [
        ("bits per character", "bitsPerCharacter", report.bitsPerCharacter),
        ("nats per character", "natsPerCharacter", report.natsPerCharacter),
        ("accuracy", "accuracy", report.accuracy),
      ]
    case .matching(let report): Self.figures(report)
    }
  }

  private static func figures(_ report: MatchingReport) -> [(name: String, key: String, value: Double)] {
    guard let accuracy = report.accuracy else {
      return [("pearson", "pearson", report.pearson ?? 0), ("spearman", "spearman", report.spearman ?? 0)]
    }
    let f1 = report.f1.map { [("F1 of \(report.positive ?? "")", "f1", $0)] } ?? []
    return [("accuracy", "accuracy", accuracy)] + f1 + [("macro F1", "macroF1", report.macroF1 ?? 0)]
  }

  /// Share of examples, or of tags or characters, that are right; 0 for a matcher that gives scores.
  public var accuracy: Double {
    switch self {
    case .classification(let report): report.accuracy
    case .tagging(let report): report.accuracy
    case .language(let report): report.accuracy
    case .matching(let report): report.accuracy ?? 0
    }
  }

  /// The report of a classifier; nil for other tasks.
  public var classification: ClassificationReport? {
    if case .classification(let report) = self { report } else { nil }
  }

  /// The report of a tagger; nil for other tasks.
  public var tagging: TaggingReport? {
    if case .tagging(let report) = self { report } else { nil }
  }

  /// The report of a language model; nil for other tasks.
  public var language: LanguageReport? {
    if case .language(let report) = self { report } else { nil }
  }

  /// The report of a matcher; nil for other tasks.
  public var matching: MatchingReport? {
    if case .matching(let report) = self { report } else { nil }
  }

  /// Whether it is better than another of the same task; anything is better than nothing.
  func isBetter(than best: TrainingReport?) -> Bool {
    guard let best else { return true }
    return score != best.score ? score > best.score : loss < best.loss
  }
}

extension TrainingReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case tagging
    case language
    case matching
  }

  /// Reads what ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let report = try container.decodeIfPresent(TaggingReport.self, forKey: .tagging) {
      self = .tagging(report)
    } else if let report = try container.decodeIfPresent(LanguageReport.self, forKey: .language) {
      self = .language(report)
    } else if let report = try container.decodeIfPresent(MatchingReport.self, forKey: .matching) {
      self = .matching(report)
    } else {
      self = .classification(try ClassificationReport(from: decoder))
    }
  }

  /// Writes the report.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .classification(let report): try report.encode(to: encoder)
    case .tagging(let report): try container.encode(report, forKey: .tagging)
    case .language(let report): try container.encode(report, forKey: .language)
    case .matching(let report): try container.encode(report, forKey: .matching)
    }
  }
}
