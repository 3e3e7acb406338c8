/// The form in which sentences with tags lie in a file.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
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
  /// The column of the tokens, from 1; nil for the first, or the second where the first numbers the tokens.
  public var tokenColumn: Int?
  /// The column of the tags: a number from 1 or, of CoNLL-U, a column's name (`upos`, `xpos`, `feats`, `deprel`) or a key
  /// of the last column (`NE`); nil for the last column that looks like tags, or of CoNLL-U ``usualColumn``.
  public var tagColumn: ColumnSelector?
  /// The column or key of CoNLL-U whose tags are read where ``tagColumn`` says nothing; nil for `upos`.
  public var usualColumn: String?
  /// Whether a token without a tag is an error.
  public var needsTags: Bool
  /// How characters stand as bytes; nil for UTF-8, or UTF-16 with a mark.
  public var encoding: FileEncoding?

  /// Options.
  public init(
    format: TaggedTextFormat? = nil, tokenColumn: Int? = nil, tagColumn: ColumnSelector? = nil,
    usualColumn: String? = nil, needsTags: Bool = true, encoding: FileEncoding? = nil
  ) {
    self.format = format
    self.tokenColumn = tokenColumn
    self.tagColumn = tagColumn
    self.usualColumn = usualColumn
    self.needsTags = needsTags
    self.encoding = encoding
  }
}
