/// The form in which sentences with tags lie in a file.
public enum TaggedTextFormat: String, CaseIterable, Codable, Sendable {
  /// Ten columns separated by tabs (Universal Dependencies).
  case conllu
  /// A token a line, with its tag in another column; columns are separated by tabs or spaces, sentences by blank lines.
  case columns
}

/// What is known of a file of tagged sentences in advance; what is left out is recognized.
public struct TaggedTextOptions: Hashable, Codable, Sendable {
  /// The format.
  public var format: TaggedTextFormat?
  /// The column of the tokens, from 1; nil for the first, or of CoNLL-U the second.
  public var tokenColumn: Int?
  /// The column of the tags: a number from 1 or, of CoNLL-U, a column's name (`upos`, `xpos`, `feats`, `deprel`) or a key
  /// of the last column (`NE`); nil for the last column, or of CoNLL-U `upos`.
  public var tagColumn: ColumnSelector?
  /// Whether a token without a tag is an error.
  public var needsTags: Bool

  /// Options.
  public init(
    format: TaggedTextFormat? = nil, tokenColumn: Int? = nil, tagColumn: ColumnSelector? = nil, needsTags: Bool = true
  ) {
    self.format = format
    self.tokenColumn = tokenColumn
    self.tagColumn = tagColumn
    self.needsTags = needsTags
  }
}
