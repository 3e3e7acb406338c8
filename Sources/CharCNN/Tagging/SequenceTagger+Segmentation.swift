import CharCNNNetworks
public import CharCNNText

extension SequenceTagger {
  /// Cuts a text into sentences and those into the tokens that the tagger needs; see ``tags(in:sequences:segmenter:)``. The
  /// text of each sentence is the whole text. A sentence of more than 4,096 tokens becomes several.
  public func sentences(of text: String, segmenter: SequenceTagger? = nil) -> [TaggedSentence] {
    sentences(of: text, parts: TextSegmentation.sentences(of: text), segmenter: segmenter)
  }

  /// The sentences of a part of a text. The text of each is the whole text, so that places are places in it.
  func sentences(of text: String, in range: Range<String.Index>, segmenter: SequenceTagger?) -> [TaggedSentence] {
    // What lies outside of the text is left out, and a place within a scalar means the scalar's beginning.
    let part = text[range.clamped(to: text.startIndex..<text.endIndex)]
    let start = text.utf8.distance(from: text.startIndex, to: part.startIndex)
    let parts = TextSegmentation.sentences(of: String(part)).map {
      $0.lowerBound + start..<$0.upperBound + start
    }
    return sentences(of: text, parts: parts, segmenter: segmenter)
  }

  private func sentences(of text: String, parts: [Range<Int>], segmenter: SequenceTagger?) -> [TaggedSentence] {
    let cutter = segmenter.flatMap { $0.unit == .character ? $0 : nil }
    let cut = parts.flatMap { range -> [[TaggedToken]] in
      let tokens =
        unit == .character
        ? TaggedSentence.characters(of: text, in: range)
        : cutter?.words(of: text, in: range) ?? TextSegmentation.words(of: text, in: range)
      return stride(from: 0, to: tokens.count, by: Self.longestSentence).map {
        Array(tokens[$0..<min($0 + Self.longestSentence, tokens.count)])
      }
    }
    return cut.map { TaggedSentence(text: text, tokens: $0) }
  }

  /// The words of a part of a text: the spans of its characters, and each other character alone.
  private func words(of text: String, in range: Range<Int>) -> [TaggedToken] {
    let characters = TaggedSentence.characters(of: text, in: range)
    let tagged = tags(of: [TaggedSentence(text: text, tokens: characters)])[0]
    var words: [TaggedToken] = []
    var next = 0
    for span in tagged.spans {
      words += characters[next..<span.tokens.lowerBound]
      let range =
        characters[span.tokens.lowerBound].range.lowerBound..<characters[span.tokens.upperBound - 1].range.upperBound
      words.append(TaggedToken(text: span.text, range: range, tag: nil))
      next = span.tokens.upperBound
    }
    return words + characters[next...]
  }
}
