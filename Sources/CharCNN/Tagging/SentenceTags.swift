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

    /// A token with its tag.
    public init(text: String, range: Range<String.Index>, tag: String, probability: Double) {
      self.text = text
      self.range = range
      self.tag = tag
      self.probability = probability
    }
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

    /// A span.
    public init(type: String, text: String, range: Range<String.Index>, tokens: Range<Int>, probability: Double) {
      self.type = type
      self.text = text
      self.range = range
      self.tokens = tokens
      self.probability = probability
    }
  }

  /// A sequence of tags.
  public struct Sequence: Sendable, Hashable {
    /// A tag for each token.
    public var tags: [String]
    /// The probability of the whole sequence.
    public var probability: Double

    /// A sequence.
    public init(tags: [String], probability: Double) {
      self.tags = tags
      self.probability = probability
    }
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

  /// The tags of a sentence.
  public init(text: String, tokens: [Token], spans: [Span] = [], sequences: [Sequence] = []) {
    self.text = text
    self.tokens = tokens
    self.spans = spans
    self.sequences = sequences
  }

  /// The place of the sentence in the text, from its first token to its last one.
  public var range: Range<String.Index> { Self.range(of: tokens[...], in: text) }

  /// The tags of the best sequence.
  public var tags: [String] { tokens.map(\.tag) }

  /// The part of a text from the first place of some tokens to the last one, in whatever order they come.
  static func range(of tokens: ArraySlice<Token>, in text: String) -> Range<String.Index> {
    let first = tokens.map(\.range.lowerBound).min() ?? text.startIndex
    let last = tokens.map(\.range.upperBound).max() ?? first
    return first..<last
  }
}
