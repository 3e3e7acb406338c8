/// The tags of a sentence that a ``SequenceTagger`` predicts, with their places in the user's own string.
public struct SentenceTags: Sendable, Hashable {
  /// A character or word and its tag.
  public struct Token: Sendable, Hashable {
    /// The token.
    public var text: String
    /// Its place in the text.
    public var range: Range<String.Index>
    /// Its tag in the best sequence.
    public var tag: String
    /// The probability of that tag, whatever the others are.
    public var probability: Double
  }

  /// What some neighbouring tags mark.
  public struct Span: Sendable, Hashable {
    /// What it is, such as `PER`.
    public var type: String
    /// What it reads.
    public var text: String
    /// Its place in the text.
    public var range: Range<String.Index>
    /// Its tokens.
    public var tokens: Range<Int>
    /// The probability that exactly these tokens are such a span.
    public var probability: Double
  }

  /// A sequence of tags.
  public struct Sequence: Sendable, Hashable {
    /// A tag for each token.
    public var tags: [String]
    /// The probability of the whole sequence.
    public var probability: Double
  }

  /// The text that the ranges speak of.
  public var text: String
  /// The tokens with the tags of the best sequence.
  public var tokens: [Token]
  /// The spans that these tags mark; none where tags mark no spans.
  public var spans: [Span]
  /// The best sequences of tags, best first; as many as were asked for, are allowed by the scheme, and
  /// ``SequenceTagger/mostSequences`` allows.
  public var sequences: [Sequence]

  /// The tags of the best sequence.
  public var tags: [String] { tokens.map(\.tag) }

  /// The part of a text from the first place of some tokens to the last one, in whatever order they come.
  static func range(of tokens: ArraySlice<Token>, in text: String) -> Range<String.Index> {
    let first = tokens.map(\.range.lowerBound).min() ?? text.startIndex
    let last = tokens.map(\.range.upperBound).max() ?? first
    return first..<last
  }
}
