/// How well one label is recognized.
public struct LabelScore: Codable, Equatable, Sendable {
  /// The label.
  public let label: String
  /// Of the examples predicted to have the label, the share that has it; 0 if there are none.
  public let precision: Double
  /// Of the examples that have the label, the share predicted to have it; 0 if there are none.
  public let recall: Double
  /// The harmonic mean of precision and recall; 0 if the label never occurs.
  public let f1: Double
  /// How many examples have the label.
  public let support: Int
  /// How many examples were predicted to have the label.
  public let predictions: Int

  /// How many examples have the label and were predicted to have another one, or the other way round.
  public var errors: Int { support + predictions - 2 * Int((recall * Double(support)).rounded()) }

  /// The scores of `label`.
  public init(label: String, precision: Double, recall: Double, f1: Double, support: Int, predictions: Int) {
    self.label = label
    self.precision = precision
    self.recall = recall
    self.f1 = f1
    self.support = support
    self.predictions = predictions
  }
}
