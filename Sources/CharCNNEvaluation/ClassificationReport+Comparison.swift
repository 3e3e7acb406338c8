internal import CharCNNFiles

extension ClassificationReport {
  /// Between which values a figure lies for 95 of 100 samples of as many texts.
  public struct Interval: Codable, Equatable, Hashable, Sendable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double

    /// An interval.
    public init(lower: Double, upper: Double) {
      self.lower = lower
      self.upper = upper
    }

    /// Where a part lies by so many texts (Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference").
    init(wilson right: Int, of all: Int) {
      let (count, z) = (Double(all), 1.959964)
      let part = Double(right) / count
      let middle = part + z * z / (2 * count)
      let half = z * (part * (1 - part) / count + z * z / (4 * count * count)).squareRoot()
      let scale = 1 + z * z / count
      self.init(lower: max((middle - half) / scale, 0), upper: min((middle + half) / scale, 1))
    }
  }

  /// How one model differs from another on the same texts.
  public struct Comparison: Codable, Equatable, Sendable {
    /// Number of texts.
    public let examples: Int
    /// Accuracy of this model.
    public let accuracy: Double
    /// Accuracy of the other one.
    public let otherAccuracy: Double
    /// The former less the latter.
    public let difference: Double
    /// Where this difference lies for 95 of 100 samples of the texts (a paired bootstrap).
    public let differenceInterval: Interval
    /// Macro F1 of this model.
    public let macroF1: Double
    /// Macro F1 of the other one.
    public let otherMacroF1: Double
    /// Where the difference of the two lies for 95 of 100 samples.
    public let macroF1Interval: Interval
    /// Texts of which the other one alone is right.
    public let onlyOther: Int
    /// Texts of which this one alone is right.
    public let onlyThis: Int
    /// How likely a difference as large as this is if both are equally good (McNemar's test, exact and two-sided).
    public let pValue: Double
    /// The same for the texts of each label, those of the largest difference first.
    public let labels: [Label]

    /// How the models differ on the texts of a label.
    public struct Label: Codable, Equatable, Sendable {
      /// The label.
      public let label: String
      /// Number of texts.
      public let support: Int
      /// The part of them of which this model is right.
      public let recall: Double
      /// The part of them of which the other one is right.
      public let otherRecall: Double
      /// Texts of which the other one alone is right.
      public let onlyOther: Int
      /// Texts of which this one alone is right.
      public let onlyThis: Int
      /// As for all texts.
      public let pValue: Double

      /// Labels of which one model is right more often, as text for people.
      static func table(_ labels: [Label], name: String, this: String, other: String) -> String {
        var rows = [[name, other, this, "only \(other)", "only \(this)", "p", "examples"]]
        let differing = labels.filter { $0.onlyThis + $0.onlyOther > 0 }
        for label in differing.prefix(Comparison.mostShown) {
          rows.append([
            shown(label.label), Decimals.rounded(label.otherRecall), Decimals.rounded(label.recall),
            String(label.onlyOther), String(label.onlyThis), Decimals.rounded(label.pValue), String(label.support),
          ])
        }
        let rest = differing.count - Comparison.mostShown
        let more =
          (rest > 0 ? "and \(rest) more \(name)s; --json has all of them\n" : "")
          + (differing.count > 1 ? "of many \(name)s some have a small p by chance alone\n" : "")
        return differing.isEmpty ? "" : "\n" + TextTable(rows: rows).text() + more
      }
    }

    /// The comparison as text for people.
    ///
    /// - Parameters:
    ///   - this: What this model is called.
    ///   - other: What the other one is called.
    ///   - unit: What was judged.
    public func table(this: String, other: String, unit: String = "texts") -> String {
      func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + Decimals.rounded(value) }
      let rows = [
        ["", other, this, "difference", "95 % interval"],
        [
          "accuracy", Decimals.rounded(otherAccuracy), Decimals.rounded(accuracy), signed(difference),
          "\(signed(differenceInterval.lower)) to \(signed(differenceInterval.upper))",
        ],
        [
          "macro F1", Decimals.rounded(otherMacroF1), Decimals.rounded(macroF1), signed(macroF1 - otherMacroF1),
          "\(signed(macroF1Interval.lower)) to \(signed(macroF1Interval.upper))",
        ],
      ]
      let summary = TextTable(rows: rows).text()
      let test =
        "of \(examples) \(unit) \(onlyOther) are right by \(other) alone and \(onlyThis) by \(this) alone; by chance, such a difference has a probability \(Self.probability(pValue)) (McNemar)\n"
      return summary + test + Label.table(labels, name: "label", this: this, other: other)
    }

    static func probability(_ value: Double) -> String {
      value < 0.0001 ? "below 0.0001" : "of \(Decimals.rounded(value))"
    }

    /// Labels that people are shown.
    static let mostShown = 20
  }

  /// An answer that is wrong.
  public struct WrongAnswer: Codable, Equatable, Sendable {
    /// The number of the text, from 1; records that are left out have numbers too.
    public let row: Int
    /// Its label.
    public let label: String
    /// What was answered, and how likely it was thought to be.
    public let predicted: String
    /// Probability of the answer.
    public let probability: Double
    /// The text.
    public let text: String

    /// A wrong answer.
    public init(row: Int, label: String, predicted: String, probability: Double, text: String) {
      self.row = row
      self.label = label
      self.predicted = predicted
      self.probability = probability
      self.text = text
    }
  }
}
