import CharCNNText

extension SentenceTags {
  /// The sentence in CoNLL-U. Beside the tags it has the key `SpaceAfter=No` where no space follows a token.
  ///
  /// - Parameters:
  ///   - number: Of the sentence, for its `sent_id`; nil for none.
  ///   - column: The column of the tags, `upos` or `feats`, or a key of the last column, such as
  ///     ``SequenceTagger/conlluColumn``; nil for `upos`, or where the tags mark spans the key `Tag`.
  public func conlluText(number: Int? = nil, column: String? = nil) -> String {
    guard !tokens.isEmpty else { return "" }
    var lines = number.map { "# sent_id = \($0)\n" } ?? ""
    let own = text[Self.range(of: tokens[...], in: text)]
    lines += "# text = \(CoNLLUFields.field(String(own)))\n"
    let marksSpans = TagScheme(recognizing: tags).marksSpans || !spans.isEmpty || Set(tags) == ["O"]
    let column = column ?? (marksSpans || tags.contains("_") ? Self.spanKey : "upos")
    for (place, token) in tokens.enumerated() {
      var fields = ["\(place + 1)", CoNLLUFields.field(token.text)] + [String](repeating: "_", count: 8)
      if place + 1 < tokens.count, tokens[place + 1].range.lowerBound == token.range.upperBound {
        fields[9] = "SpaceAfter=No"
      }
      CoNLLUFields.set(token.tag, in: column, of: &fields)
      lines += fields.joined(separator: "\t") + "\n"
    }
    return lines + "\n"
  }

  /// The key of the last column for tags that no column of CoNLL-U is for.
  static let spanKey = "Tag"
}

extension SequenceTagger {
  /// Where its tags stand in CoNLL-U: the column or key that they were learned from; for other data `upos`, or the key `Tag`
  /// where they mark spans.
  public var columnOfCoNLLU: String {
    // In a column of its own _ would say that there is no tag.
    conlluColumn ?? (scheme.marksSpans || labels.contains("_") ? SentenceTags.spanKey : "upos")
  }
}
