/// Reads a token a line with its tag in another column; a blank line ends a sentence. CoNLL-2003's `-DOCSTART-` lines are
/// no tokens.
struct TagColumnsReader {
  var rules: TagLineRules
  /// Number of the column of the tags from 0; nil where there are none.
  let tag: Int?
  let needsTags: Bool
  /// Whether tokens are the characters of a text, which nothing joins.
  var tokensAreCharacters = false
  /// Comments in the file.
  var comments = 0
  /// Tokens in the file that are marks of the character before, and are read as one token with it.
  var joined = 0

  init(rules: TagLineRules, tag: Int?, needsTags: Bool) {
    self.rules = rules
    self.tag = tag
    self.needsTags = needsTags
  }

  func forEachSentence(
    in file: ScannedFile, keepsLines: Bool, _ body: (TaggedSentence, [TaggedLine]) throws -> Void
  ) throws {
    var scanner = SentenceScanner(file)
    var sentence = SentenceText()
    var lines: [TaggedLine] = []
    var firstLine = 0
    func finish() throws {
      if !sentence.tokens.isEmpty || !lines.isEmpty { try body(sentence.sentence(line: firstLine), lines) }
      sentence = SentenceText()
      lines.removeAll()
    }
    while scanner.next(in: file) {
      try scanner.checkZero(in: file)
      let kind = rules.kind(scanner, file, isBoundary: sentence.tokens.isEmpty)
      guard case .token(let fields) = kind else {
        if keepsLines { lines.append(TaggedLine(text: try scanner.text(in: file), token: nil)) }
        switch kind {
        case .comment, .header: continue
        case .blank, .document, .token: break
        }
        if !sentence.tokens.isEmpty { try finish() }
        continue
      }
      if sentence.tokens.isEmpty { firstLine = scanner.line }
      try append(fields, to: &sentence, scanner, file)
      if keepsLines {
        lines.append(TaggedLine(text: try scanner.text(in: file), token: sentence.tokens.count - 1))
      }
    }
    try finish()
  }

  private func append(
    _ fields: [Range<Int>], to sentence: inout SentenceText, _ scanner: SentenceScanner, _ file: ScannedFile
  ) throws(DataError) {
    guard fields.count == rules.count else {
      let number = fields.count == 1 ? "1 column" : "\(fields.count) columns"
      throw scanner.error(
        .raggedRow, at: scanner.start, in: file, "this line has \(number) where others have \(rules.count)",
        "write a token and its tag on every line, and a blank line between sentences")
    }
    let text = try scanner.string(fields[rules.token], in: file)
    guard !text.isEmpty else {
      throw scanner.error(
        .unrecognizedFormat, at: scanner.start, in: file, "the token is empty", "write it, or leave out the line")
    }
    let tag = try tag.map { column throws(DataError) in
      VisibleText.of(try scanner.string(fields[column], in: file))
    }
    if tag?.isEmpty ?? needsTags, needsTags {
      throw scanner.error(
        .missingLabel, at: scanner.start, in: file, "the token has no tag", "add it, or remove the line")
    }
    if tokensAreCharacters, let last = sentence.tokens.last, Self.joins(last.text, text) {
      sentence.joinToLast(text)
    } else {
      sentence.append(text, tag: tag?.isEmpty == true ? nil : tag, spaceAfter: tokensAreCharacters ? false : nil)
    }
  }

  /// Whether a token is a part of the character that the token before begins: a combining mark, a part of an emoji.
  static func joins(_ last: String, _ text: String) -> Bool {
    guard !last.isEmpty, let scalar = text.unicodeScalars.first, scalar.value >= 0x300 else { return false }
    if (0x3040...0x9FFF).contains(scalar.value) && !(0x3099...0x309A).contains(scalar.value) { return false }
    return (last + text).dropFirst().isEmpty
  }
}

/// A line of a file of sentences as it stands there, without its end.
package struct TaggedLine: Hashable, Sendable {
  /// The line.
  package let text: String
  /// The place of its token among those of the sentence; nil for comments, blank lines and other lines without a token.
  package let token: Int?
}
