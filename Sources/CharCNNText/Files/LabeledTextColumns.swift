/// What was recognized of a table, or of the fields of JSON objects.
public struct LabeledTextColumns: Hashable, Sendable {
  /// The names in the header, or of the fields; empty without a header.
  public var names: [String]
  /// Whether the first record is a header.
  public var hasHeader: Bool
  /// The number of columns, or of fields.
  public var count: Int
  /// The position of the texts, from 0.
  public var text: Int
  /// The position of the labels, from 0.
  public var label: Int?
}
