extension TaggedSentence {
  /// A text in which some places are marked, such as the names in it.
  ///
  /// ```swift
  /// let text = "Ann lives in Bonn."
  /// let sentence = try TaggedSentence(text, spans: [(text.range(of: "Ann")!, "PER"), (text.range(of: "Bonn")!, "LOC")])
  /// ```
  ///
  /// The text is cut into words as ``TextSegmentation`` does it, and also where a span begins or ends. Tags are in the scheme
  /// ``TagScheme/bio``; a tagger of characters cuts the words further.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - spans: Places of the text and what they are, in any order, without an overlap.
  /// - Throws: ``ValueError`` for a span outside of the text or without a token, for spans that overlap, and for a type
  ///   without a name, with white space, or with what nobody sees.
  public init(_ text: String, spans: [(range: Range<String.Index>, type: String)]) throws(ValueError) {
    let marked = try Self.offsets(of: spans, in: text)
    var tokens: [TaggedToken] = []
    var next = 0
    func add(_ part: Range<Int>, as type: String?) {
      for (place, var token) in TextSegmentation.words(of: text, in: part).enumerated() {
        token.tag = type.map { (place == 0 ? "B-" : "I-") + $0 } ?? "O"
        tokens.append(token)
      }
    }
    for (range, type) in marked {
      add(next..<range.lowerBound, as: nil)
      add(range, as: type)
      next = range.upperBound
    }
    add(next..<text.utf8.count, as: nil)
    self.init(text: text, tokens: tokens)
  }

  /// The spans in their order, as UTF-8 offsets.
  private static func offsets(
    of spans: [(range: Range<String.Index>, type: String)], in text: String
  ) throws(ValueError) -> [(range: Range<Int>, type: String)] {
    var result: [(range: Range<Int>, type: String)] = []
    var end = text.startIndex
    for (given, type) in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard given.lowerBound >= text.startIndex, given.upperBound <= text.endIndex else {
        throw ValueError(
          "spans", problem: "must lie in the text; one of the type \"\(type)\" does not",
          advice: "take its range from this very text")
      }
      // A place within a scalar means the scalar's beginning.
      let range = text[given].startIndex..<text[given].endIndex
      guard range.lowerBound >= end else {
        throw ValueError(
          "spans", problem: "must not overlap; \"\(text[range])\" begins within another one",
          advice: "keep one of the two")
      }
      guard text[range].contains(where: isToken) else {
        throw ValueError(
          "spans", problem: "must hold a character that is seen; one of the type \"\(type)\" does not",
          advice: "leave it out")
      }
      guard let seen = Label.seen(type) else {
        throw ValueError(
          "spans", problem: "must have a type; \"\(text[range])\" has none", advice: "give it one, such as PER")
      }
      if seen != type || type.contains(where: \.isWhitespace) {
        throw ValueError(
          "spans", problem: "must have a type without blanks and what nobody sees; \"\(type)\" has such",
          advice: "write a hyphen or an underscore in a name of several words")
      }
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      result.append((start..<start + text[range].utf8.count, type))
      end = range.upperBound
    }
    return result
  }
}
