/// What gives the tokens of texts tags: a ``SequenceTagger``, or a stand-in for one in the tests of a program.
public protocol TextTagging: Sendable {
  /// Tags a part of a text.
  ///
  /// - Returns: The sentences in their order; ranges are places in `text`.
  func tags(in text: String, range: Range<String.Index>) -> [SentenceTags]
}

extension TextTagging {
  /// Tags a part of a text; ranges are places in the string that the part is of.
  public func tags(in text: Substring) -> [SentenceTags] { tags(in: text.base, range: text.startIndex..<text.endIndex) }
}

extension SequenceTagger: TextTagging {
  /// Tags a part of a text; see ``tags(in:range:sequences:segmenter:)``.
  public func tags(in text: String, range: Range<String.Index>) -> [SentenceTags] {
    tags(in: text, range: range, sequences: 1)
  }
}
