/// Reads a token a line with its tag in another column; a blank line ends a sentence. CoNLL-2003's `-DOCSTART-` lines are
/// no tokens.
struct TagColumnsReader {
  /// Numbers of the columns from 0; the tag's is nil where there are no tags.
  let token: Int
  let tag: Int?
  let count: Int
  let needsTags: Bool
  /// Whether tokens are the characters of a text, which nothing joins.
  let tokensAreCharacters: Bool

  func forEachSentence(in file: FileBytes, _ body: (TaggedSentence) throws -> Void) throws {
    var scanner = SentenceScanner(file)
    var sentence = SentenceText()
    var firstLine = 0
    func finish() throws {
      if !sentence.tokens.isEmpty { try body(sentence.sentence(line: firstLine)) }
      sentence = SentenceText()
    }
    while scanner.next(in: file) {
      if file.isBlank(scanner.start, scanner.end) {
        try finish()
        continue
      }
      let fields = scanner.fields(in: file)
      guard fields.count == count else {
        let number = fields.count == 1 ? "1 column" : "\(fields.count) columns"
        throw scanner.error(
          .raggedRow, at: scanner.start, in: file, "this line has \(number) and the first has \(count)",
          "write a token and its tag on every line, and a blank line between sentences")
      }
      let text = try scanner.string(fields[token], in: file)
      if text == "-DOCSTART-" { continue }
      guard !text.isEmpty else {
        throw scanner.error(
          .unrecognizedFormat, at: scanner.start, in: file, "the token is empty", "write it, or leave out the line")
      }
      let tag = try tag.map { column throws(DataError) in try scanner.string(fields[column], in: file) }
      if tag?.isEmpty ?? needsTags {
        throw scanner.error(
          .missingLabel, at: scanner.start, in: file, "the token has no tag", "add it, or remove the line")
      }
      if sentence.tokens.isEmpty { firstLine = scanner.line }
      sentence.append(text, tag: tag, spaceAfter: tokensAreCharacters ? false : nil)
    }
    try finish()
  }
}
