import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension SequenceTagger {
  /// Says why tokens have their tags: what each character of the sentence adds to the log-odds of a token's tag, whatever the tags of
  /// the other tokens are.
  ///
  /// - Parameters:
  ///   - text: Any text; each sentence is explained by itself.
  ///   - place: A place in the token that is explained; nil explains the first token of each span, or all tokens where the tags
  ///     mark no spans.
  ///   - tag: The tag; nil for the one that is predicted.
  ///   - segmenter: A character tagger whose spans are the words, for a tagger of words.
  /// - Returns: An explanation for each token, in the order of the text.
  /// - Throws: ``ConfigurationError`` for a tag that the model does not have, and a place where no token is.
  public func explanations(
    of text: String, at place: String.Index? = nil, for tag: String? = nil, segmenter: SequenceTagger? = nil
  ) throws(ConfigurationError) -> [TextClassifier.Explanation] {
    try explanations(of: text, at: place, for: tag, segmenter: segmenter) { false }
  }

  /// The same as long as somebody waits for it: where `isAbandoned` says that nobody does, tokens that come after are left out.
  package func explanations(
    of text: String, at place: String.Index? = nil, for tag: String? = nil, segmenter: SequenceTagger? = nil,
    isAbandoned: () -> Bool
  ) throws(ConfigurationError) -> [TextClassifier.Explanation] {
    if let tag, labelSet.index(of: tag) == nil { throw LabelSet?.some(labelSet).unknown(tag) }
    let sentences = sentences(of: text, segmenter: segmenter)
    let tagged = tags(of: sentences)
    var result: [TextClassifier.Explanation] = []
    for (sentence, answer) in zip(sentences, tagged) {
      let chosen: [Int]
      if let place {
        chosen = answer.tokens.indices.filter { answer.tokens[$0].range.contains(place) }
      } else {
        chosen = scheme.marksSpans ? answer.spans.map(\.tokens.lowerBound) : Array(answer.tokens.indices)
      }
      if chosen.isEmpty { continue }
      let path = TaggerPath(self, sentence)
      for token in chosen {
        if isAbandoned() { return result }
        result.append(try explanation(text, answer.tokens[token], number: token, path, for: tag))
      }
    }
    if place != nil, result.isEmpty {
      throw ConfigurationError(
        setting: "at", problem: "is a place where no token is", advice: "name one within a word or a character")
    }
    return result
  }

  private func explanation(
    _ text: String, _ token: SentenceTags.Token, number: Int, _ path: TaggerPath, for tag: String?
  ) throws(ConfigurationError) -> TextClassifier.Explanation {
    let label = tag ?? token.tag
    guard let index = labelSet.index(of: label) else { throw LabelSet?.some(labelSet).unknown(label) }
    let seen = SeenCharacters(text, units: path.ranges)
    let integral = try PathIntegral(tolerance: 0.9, most: 513) { fractions throws(ConfigurationError) in
      path.nodes(fractions, row: number, tag: Int(index))
    }
    let odds = integral.end
    var explanation = TextClassifier.Explanation(
      label: label, probability: label == token.tag ? token.probability : 1 / (1 + exp(-odds)), total: odds,
      baseline: integral.start, contributions: seen.contributions(of: integral.parts.spreading(integral.gap)),
      unreadCharacters: seen.unread, method: .gradients, part: .network, gap: integral.gap)
    explanation.token = token.range
    return explanation
  }
}
