/// A pair of labels of which one was taken for the other.
public struct Confusion: Codable, Equatable, Sendable {
  /// The label that was right.
  public let actual: String
  /// The label that was predicted instead.
  public let predicted: String
  /// How often.
  public let count: Int

  /// `count` examples of `actual` that were taken for `predicted`.
  public init(actual: String, predicted: String, count: Int) {
    self.actual = actual
    self.predicted = predicted
    self.count = count
  }
}
