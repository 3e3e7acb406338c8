/// Two texts and how they relate.
public struct TextPair: Hashable, Sendable {
  /// The first text.
  public var first: String
  /// The second text.
  public var second: String
  /// The label, or the score as it is written; nil where the data has none.
  public var label: String?
  /// The line where the pair begins, from 1; 0 for one of no file.
  public var line: Int

  /// A pair.
  public init(_ first: String, _ second: String, label: String? = nil, line: Int = 0) {
    self.first = first
    self.second = second
    self.label = label
    self.line = line
  }
}

/// What is known of a file of pairs in advance; what is left out is recognized.
public struct TextPairOptions: Hashable, Codable, Sendable {
  /// The format: ``DataFormat/csv``, ``DataFormat/tsv`` or ``DataFormat/jsonLines``.
  public var format: DataFormat?
  /// The column of the first texts.
  public var first: ColumnSelector?
  /// The column of the second texts.
  public var second: ColumnSelector?
  /// The column of the labels or scores.
  public var label: ColumnSelector?
  /// Whether the labels are scores: numbers, whose columns have other names than those of labels.
  public var needsScores: Bool
  /// Whether a pair without a label is an error.
  public var needsLabels: Bool

  /// Options.
  public init(
    format: DataFormat? = nil, first: ColumnSelector? = nil, second: ColumnSelector? = nil,
    label: ColumnSelector? = nil, needsScores: Bool = false, needsLabels: Bool = true
  ) {
    self.format = format
    self.first = first
    self.second = second
    self.label = label
    self.needsScores = needsScores
    self.needsLabels = needsLabels
  }
}
