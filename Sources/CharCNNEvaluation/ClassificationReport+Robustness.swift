internal import CharCNNFiles

extension ClassificationReport {
  /// How much accuracy is left when characters go wrong.
  public struct Robustness: Codable, Equatable, Sendable {
    /// The accuracies with a kind of noise.
    public struct Row: Codable, Equatable, Sendable {
      /// What happens to characters; nil for all kinds together.
      public let kind: String?
      /// The accuracy at each rate.
      public let accuracies: [Double]
      /// The part of the characters that are really others at each rate: a kind may have nothing for a character.
      public let changed: [Double]

      /// A row.
      public init(kind: String?, accuracies: [Double], changed: [Double]) {
        self.kind = kind
        self.accuracies = accuracies
        self.changed = changed
      }
    }

    /// Number of texts.
    public let texts: Int
    /// The accuracy without noise.
    public let accuracy: Double
    /// The parts of the characters to which something happens.
    public let rates: [Double]
    /// All kinds of noise together, then each alone.
    public let rows: [Row]

    /// What was measured.
    public init(texts: Int, accuracy: Double, rates: [Double], rows: [Row]) {
      self.texts = texts
      self.accuracy = accuracy
      self.rates = rates
      self.rows = rows
    }

    /// The same as text for people.
    ///
    /// - Parameter unit: What was judged.
    public func table(unit: String = "texts") -> String {
      func percent(_ part: Double) -> String { "\(Decimals.rounded(part * 100, decimals: 1)) %" }
      let head = ["noise", "none"] + rates.map(percent) + ["changed at most"]
      let cells = rows.map { row in
        [row.kind ?? "all kinds", Decimals.rounded(accuracy)] + row.accuracies.map { Decimals.rounded($0) }
          + [percent(row.changed.max() ?? 0)]
      }
      return
        "accuracy of \(texts) \(unit) by the part of the characters that are to go wrong; some have no other case, width or neighbour\n"
        + TextTable(rows: [head] + cells).text()
    }
  }

  /// The same with how much accuracy is left when characters go wrong.
  public func adding(_ robustness: Robustness) -> Self {
    var report = self
    report.robustness = robustness
    return report
  }

  /// The same with how the model differs from another one.
  public func adding(_ comparison: Comparison) -> Self {
    var report = self
    report.comparison = comparison
    return report
  }
}
