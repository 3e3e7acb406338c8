public import CharCNNText

/// What gives the tokens of texts tags: a ``SequenceTagger``, or a stand-in for one in the tests of a program.
public protocol TextTagging: Sendable {
  /// How tags mark spans; `none` where they stand for themselves.
  var scheme: TagScheme { get }
  /// Tags a part of a text.
  ///
  /// - Returns: The sentences in their order; ranges are places in `text`.
  func tags(in text: String, range: Range<String.Index>) -> [SentenceTags]
}

extension TextTagging {
  /// Tags a part of a text; ranges are places in the string that the part is of.
  public func tags(in text: Substring) -> [SentenceTags] { tags(in: text.base, range: text.startIndex..<text.endIndex) }

  /// Hands the tags of a text to a closure one by one, in the shape of Apple's `NLTagger`: the spans that tags mark, such as
  /// names, or where tags mark none, every token.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - range: The part of it to tag; nil for all.
  ///   - body: Receives what it is and its place in the text; false ends the enumeration.
  public func enumerateTags(
    in text: String, range: Range<String.Index>? = nil, using body: (String, Range<String.Index>) throws -> Bool
  ) rethrows {
    for sentence in tags(in: text, range: range ?? text.startIndex..<text.endIndex) {
      let found =
        scheme.marksSpans ? sentence.spans.map { ($0.type, $0.range) } : sentence.tokens.map { ($0.tag, $0.range) }
      for (tag, place) in found where try !body(tag, place) { return }
    }
  }
}

extension SequenceTagger: TextTagging {
  /// Tags a part of a text; see ``tags(in:range:sequences:segmenter:)``.
  public func tags(in text: String, range: Range<String.Index>) -> [SentenceTags] {
    tags(in: text, range: range, sequences: 1)
  }
}
