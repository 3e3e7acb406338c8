internal import CharCNNFiles

extension TaggingReport {
  /// How one tagger differs from another on the same sentences.
  public struct Comparison: Codable, Equatable, Sendable {
    /// Number of sentences.
    public let sentences: Int
    /// Number of tokens.
    public let tokens: Int
    /// The share of tokens with the right tag by this tagger.
    public let accuracy: Double
    /// The same by the other one.
    public let otherAccuracy: Double
    /// The former less the latter.
    public let difference: Double
    /// Where this difference lies for 95 of 100 samples of the sentences (a paired bootstrap).
    public let differenceInterval: ClassificationReport.Interval
    /// F1 of the spans of this tagger; where tags mark none, its accuracy.
    public let spanF1: Double
    /// The same of the other one.
    public let otherSpanF1: Double
    /// Where the difference of the two lies for 95 of 100 samples.
    public let spanF1Interval: ClassificationReport.Interval
    /// Tokens of which the other one alone is right.
    public let onlyOther: Int
    /// Tokens of which this one alone is right.
    public let onlyThis: Int
    /// How likely a difference as large as this is if both are equally good and tokens do not depend on each other (McNemar's test, exact and
    /// two-sided). The intervals do without the latter.
    public let pValue: Double
    /// The same for the tokens of each tag, in the scheme of this tagger, those of the largest difference first.
    public let tags: [ClassificationReport.Comparison.Label]

    /// The comparison as text for people.
    ///
    /// - Parameters:
    ///   - this: What this tagger is called.
    ///   - other: What the other one is called.
    public func table(this: String, other: String) -> String {
      func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + Decimals.rounded(value) }
      func row(_ name: String, _ first: Double, _ second: Double, _ interval: ClassificationReport.Interval) -> [String]
      {
        [
          name, Decimals.rounded(first), Decimals.rounded(second), signed(second - first),
          "\(signed(interval.lower)) to \(signed(interval.upper))",
        ]
      }
      let rows = [
        ["", other, this, "difference", "95 % interval"], row("span F1", otherSpanF1, spanF1, spanF1Interval),
        row("accuracy", otherAccuracy, accuracy, differenceInterval),
      ]
      let test =
        "of \(tokens) tokens \(onlyOther) are right by \(other) alone and \(onlyThis) by \(this) alone; by chance, such a difference has a probability \(ClassificationReport.Comparison.probability(pValue)) (McNemar); the intervals are of samples of the \(sentences) sentences\n"
      return TextTable(rows: rows).text() + test
        + ClassificationReport.Comparison.Label.table(tags, name: "tag", this: this, other: other)
    }
  }

  /// What is left when characters go wrong.
  public struct Robustness: Codable, Equatable, Sendable {
    /// The figures with a kind of noise.
    public struct Row: Codable, Equatable, Sendable {
      /// What happens to characters; nil for all kinds together.
      public let kind: String?
      /// F1 of spans at each rate.
      public let spanF1s: [Double]
      /// Accuracy of tags at each rate.
      public let accuracies: [Double]
      /// The part of the characters that are really others at each rate.
      public let changed: [Double]

      /// A row.
      public init(kind: String?, spanF1s: [Double], accuracies: [Double], changed: [Double]) {
        (self.kind, self.spanF1s, self.accuracies, self.changed) = (kind, spanF1s, accuracies, changed)
      }
    }

    /// Number of sentences.
    public let sentences: Int
    /// F1 of spans without noise.
    public let spanF1: Double
    /// Accuracy of tags without noise.
    public let accuracy: Double
    /// The parts of the characters to which something happens.
    public let rates: [Double]
    /// All kinds of noise together, then each alone.
    public let rows: [Row]

    /// What was measured.
    public init(sentences: Int, spanF1: Double, accuracy: Double, rates: [Double], rows: [Row]) {
      (self.sentences, self.spanF1, self.accuracy, self.rates) = (sentences, spanF1, accuracy, rates)
      self.rows = rows
    }

    /// The same as text for people.
    public func table() -> String {
      func percent(_ part: Double) -> String { "\(Decimals.rounded(part * 100, decimals: 1)) %" }
      let head = ["noise", "none"] + rates.map(percent) + ["changed at most"]
      let cells = rows.map { row in
        [row.kind ?? "all kinds", Decimals.rounded(spanF1)] + row.spanF1s.map { Decimals.rounded($0) }
          + [percent(row.changed.max() ?? 0)]
      }
      return
        "span F1 of \(sentences) sentences by the part of the characters that are to go wrong within their tokens; some have no other case, width or neighbour\n"
        + TextTable(rows: [head] + cells).text()
    }
  }

  /// The same with how the tagger differs from another one.
  public func adding(_ comparison: Comparison) -> Self {
    var report = self
    report.comparison = comparison
    return report
  }

  /// The same with what is left when characters go wrong.
  public func adding(_ robustness: Robustness) -> Self {
    var report = self
    report.robustness = robustness
    return report
  }
}
