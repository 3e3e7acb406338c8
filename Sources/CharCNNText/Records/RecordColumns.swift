/// Which columns of a table, or fields of JSON objects, have which role.
public struct RecordColumns: Hashable, Sendable {
  /// The names in the header, or of the fields; empty without a header.
  public var names: [String]
  /// Whether the first record is a header.
  public var hasHeader: Bool
  /// The number of columns, or of fields.
  public var count: Int
  /// The positions of the texts, from 0, in the order in which they are joined; of pairs, of the first texts.
  public var texts: [Int]
  /// The position of the second texts of pairs; nil without pairs.
  public var second: Int?
  /// The position of the labels or scores; nil without them.
  public var label: Int?
  /// Names of fields of objects that hold nothing that can be read: null, lists, objects.
  var unreadable: [String] = []

  /// The names of the columns in use; nil where columns have none.
  public var trained: DataColumns? {
    guard let text = texts.first.flatMap(name) else { return nil }
    return DataColumns(
      text: [text] + texts.dropFirst().compactMap(name), second: second.flatMap(name), label: label.flatMap(name))
  }

  private func name(_ position: Int) -> String? { position < names.count ? names[position] : nil }

  /// A column as messages call it.
  func describe(_ position: Int, format: DataFormat) -> String {
    guard let name = name(position) else { return "column \(position + 1)" }
    return format == .jsonLines ? "field \"\(name)\"" : "column \(position + 1) \"\(name)\""
  }

  /// The columns of the texts as messages call them.
  func describeTexts(format: DataFormat) -> String {
    texts.map { describe($0, format: format) }.joined(separator: " and ")
  }
}
