/// Two texts and how they relate.
public struct TextPair: Hashable, Codable, Sendable {
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
