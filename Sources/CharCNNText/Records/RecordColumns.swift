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
  /// The positions of further columns of labels, where a text may have several.
  public internal(set) var furtherLabels: [Int] = []
  /// The positions of columns of which each says by 1 or 0 whether the label that it is named after is right.
  public internal(set) var flags: [Int] = []
  /// The positions of columns of which each holds the share of the class that it is named after.
  public internal(set) var shares: [Int] = []
  /// The position of what a text counts in training; nil where all count the same.
  public internal(set) var weight: Int?
  /// Names of fields of objects that hold nothing that can be read: null, lists, objects.
  var unreadable: [String] = []

  /// The names of the columns in use; nil where columns have none.
  public var trained: DataColumns? {
    guard let text = texts.first.flatMap(name) else { return nil }
    var trained = DataColumns(
      text: [text] + texts.dropFirst().compactMap(name), second: second.flatMap(name), label: label.flatMap(name))
    if !furtherLabels.isEmpty { trained.furtherLabels = furtherLabels.compactMap(name) }
    if !flags.isEmpty { trained.flags = flags.compactMap(name) }
    if !shares.isEmpty { trained.shares = shares.compactMap(name) }
    trained.weight = weight.flatMap(name)
    return trained
  }

  private func name(_ position: Int) -> String? { position < names.count ? names[position] : nil }

  /// A column as messages call it.
  func describe(_ position: Int, format: DataFormat) -> String {
    guard let name = name(position) else { return "column \(position + 1)" }
    return format == .jsonLines ? "field \"\(name)\"" : "column \(position + 1) \"\(name)\""
  }

  /// Whether several columns have labels.
  var hasSeveralLabels: Bool { !furtherLabels.isEmpty || !flags.isEmpty }

  /// The columns of the labels as messages call them; nil where there are none.
  func describeLabels(format: DataFormat) -> String? {
    func list(_ columns: [Int]) -> String { columns.map { describe($0, format: format) }.joined(separator: ", ") }
    let weighed = weight.map { ", weight = " + describe($0, format: format) } ?? ""
    if !shares.isEmpty { return "shares of labels = \(list(shares))\(weighed)" }
    guard hasSeveralLabels else { return label.map { "label = " + describe($0, format: format) + weighed } }
    let holding = (label.map { [$0] } ?? []) + furtherLabels
    return "labels = "
      + [holding.isEmpty ? nil : list(holding), flags.isEmpty ? nil : list(flags) + " (1 or 0)"].compactMap { $0 }
      .joined(separator: ", ") + weighed
  }

  /// The columns of the texts as messages call them.
  func describeTexts(format: DataFormat) -> String {
    texts.map { describe($0, format: format) }.joined(separator: " and ")
  }
}
