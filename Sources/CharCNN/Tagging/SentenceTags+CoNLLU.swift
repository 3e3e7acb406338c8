extension SentenceTags {
  /// The sentence in CoNLL-U: the tags are the column UPOS, or where they mark spans the key `Tag` of the last column; its
  /// other key is `SpaceAfter=No`.
  ///
  /// - Parameter number: Of the sentence, for its `sent_id`; nil for none.
  public func conlluText(number: Int? = nil) -> String {
    guard !tokens.isEmpty else { return "" }
    var lines = number.map { "# sent_id = \($0)\n" } ?? ""
    let own = text[Self.range(of: tokens[...], in: text)]
    lines += "# text = \(Self.field(String(own)))\n"
    let marksSpans = TagScheme(recognizing: tags).marksSpans || !spans.isEmpty || Set(tags) == ["O"]
    for (place, token) in tokens.enumerated() {
      var notes: [String] = marksSpans ? ["Tag=\(token.tag)"] : []
      if place + 1 < tokens.count, tokens[place + 1].range.lowerBound == token.range.upperBound {
        notes.append("SpaceAfter=No")
      }
      let fields = [
        "\(place + 1)", Self.field(token.text), "_", marksSpans ? "_" : Self.field(token.tag), "_", "_", "_", "_", "_",
        notes.isEmpty ? "_" : notes.joined(separator: "|"),
      ]
      lines += fields.joined(separator: "\t") + "\n"
    }
    return lines + "\n"
  }

  /// Text that cannot be taken for two fields or lines.
  private static func field(_ text: String) -> String {
    let clean = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    return clean.isEmpty ? "_" : clean
  }
}
