internal import CharCNNFiles

/// How a model did on examples, in the terms of its task.
///
/// A training compares the epochs by ``score`` and ``loss``, programs show ``figures``, and people read the text of
/// ``table()``. As JSON a report is an object with the names of its properties.
public protocol ModelReport: Codable, Equatable, Sendable {
  /// What decides which of two models is better: higher is better, and among equals the lower ``loss``.
  var score: Double { get }
  /// Mean loss of an example in nats; nil if it is not known or not finite.
  var loss: Double? { get }
  /// Number of examples.
  var examples: Int { get }
  /// The figures that people and programs read, the one that tells most first; there is one at least.
  var figures: [ReportFigure] { get }

  /// The report as text for people, several lines.
  func table() -> String
}

/// A figure of a report.
public struct ReportFigure: Hashable, Sendable {
  /// What people call it.
  public var name: String
  /// What programs know it by, such as the key of a JSON object.
  public var key: String
  /// Its value.
  public var value: Double

  /// A figure with its names.
  public init(_ name: String, key: String, value: Double) {
    self.name = name
    self.key = key
    self.value = value
  }
}

extension ModelReport {
  /// The figure that tells most: the first of ``figures``.
  public var measure: ReportFigure { figures[0] }

  /// ``figures``; none where there was nothing to measure with.
  package var measuredFigures: [ReportFigure] { examples == 0 ? [] : figures }

  /// Whether it is better than another one of the same task; anything is better than nothing.
  package func isBetter(than best: Self?) -> Bool {
    guard let best else { return true }
    return score != best.score ? score > best.score : (loss ?? 0) < (best.loss ?? 0)
  }
}

extension ClassificationReport: ModelReport {
  /// The accuracy; where a text may have several labels, the F1 score of all decisions.
  public var score: Double { microF1 ?? accuracy }

  /// Accuracy and macro F1; where a text may have several labels, micro and macro F1 and the share of texts that are wholly right.
  public var figures: [ReportFigure] {
    if let microF1 {
      return [
        .init("micro F1", key: "microF1", value: microF1), .init("macro F1", key: "macroF1", value: macroF1),
        .init("subset accuracy", key: "subsetAccuracy", value: accuracy),
      ]
    }
    return [.init("accuracy", key: "accuracy", value: accuracy), .init("macro F1", key: "macroF1", value: macroF1)]
  }
}

extension TaggingReport: ModelReport {
  /// The F1 of the spans.
  public var score: Double { spanF1 }
  /// The sentences.
  public var examples: Int { sentences }

  /// F1 of the spans, and the accuracy.
  public var figures: [ReportFigure] {
    [.init("span F1", key: "spanF1", value: spanF1), .init("accuracy", key: "accuracy", value: accuracy)]
  }
}

extension LanguageReport: ModelReport {
  /// The cross entropy, which is the better the lower it is.
  public var score: Double { -natsPerCharacter }
  /// Mean cross entropy of a predicted character in nats.
  public var loss: Double? { natsPerCharacter }
  /// The predicted characters.
  public var examples: Int { characters }

  /// The cross entropy in bits and in nats, and the accuracy.
  public var figures: [ReportFigure] {
    [
      .init("bits per character", key: "bitsPerCharacter", value: bitsPerCharacter),
      .init("nats per character", key: "natsPerCharacter", value: natsPerCharacter),
      .init("accuracy", key: "accuracy", value: accuracy),
    ]
  }

  /// The report as text for people.
  public func table() -> String {
    let rows = [["characters", "\(characters)"]] + figures.map { [$0.name, Decimals.rounded($0.value)] }
    return TextTable(rows: rows, leftColumns: 2).text()
  }
}

extension MatchingReport: ModelReport {
  /// The accuracy; of scores Pearson's correlation.
  public var score: Double { accuracy ?? pearson ?? -1 }
  /// The pairs.
  public var examples: Int { pairs }

  /// Accuracy and F1 of labels, or the correlations of scores.
  public var figures: [ReportFigure] {
    guard let accuracy else {
      return [
        .init("pearson", key: "pearson", value: pearson ?? 0), .init("spearman", key: "spearman", value: spearman ?? 0),
      ]
    }
    let own = f1.map { [ReportFigure("F1 of \(positive ?? "")", key: "f1", value: $0)] } ?? []
    return [.init("accuracy", key: "accuracy", value: accuracy)] + own
      + [.init("macro F1", key: "macroF1", value: macroF1 ?? 0)]
  }
}
