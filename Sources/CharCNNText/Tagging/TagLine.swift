/// What a line of a file of columns is.
enum TagLine {
  case blank
  case comment
  /// The names of the columns.
  case header
  /// The beginning of a document in CoNLL-2003 and AIDA, with whatever stands after the mark.
  case document
  case token([Range<Int>])
}

/// Tells tokens from what is none in files of columns, where `#` may be a token as well as the mark of a comment.
struct TagLineRules {
  private static let document = Array("-DOCSTART-".utf8)

  /// Number of columns of the lines with tokens.
  let count: Int
  /// The column of the tokens, from 0.
  let token: Int
  /// The column, from 0, in which a comment that happens to have as many columns would show its last word.
  let tag: Int
  /// The line with the names of the columns; nil where there is none.
  var headerLine: Int?
  /// What stands in that column of comments and is no tag.
  var commentTags: Set<String> = []

  /// - Parameter isBoundary: Whether no token of a sentence stands before the line.
  func kind(_ scanner: SentenceScanner, _ file: ScannedFile, isBoundary: Bool) -> TagLine {
    if file.isBlank(scanner.start, scanner.end) { return .blank }
    if scanner.line == headerLine { return .header }
    let fields = scanner.fields(in: file)
    if Self.isDocument(fields, token: token, file) { return .document }
    guard Self.mayBeComment(fields, scanner, file) else { return .token(fields) }
    if fields.count != count { return .comment }
    guard isBoundary, !commentTags.isEmpty, let value = try? scanner.string(fields[tag], in: file) else {
      return .token(fields)
    }
    return commentTags.contains(VisibleText.of(value)) ? .comment : .token(fields)
  }

  static func isDocument(_ fields: [Range<Int>], token: Int, _ file: ScannedFile) -> Bool {
    func isMark(_ field: Int) -> Bool {
      fields.indices.contains(field) && file.bytes[fields[field]].starts(with: document)
    }
    return isMark(0) || isMark(token)
  }

  /// Whether the line begins like a comment: `# ` or `## `, or the mark of a document in CoNLL-2012. `#word` is a token,
  /// and so is `#` with a tab after it.
  static func mayBeComment(_ fields: [Range<Int>], _ scanner: SentenceScanner, _ file: ScannedFile) -> Bool {
    var end = scanner.start
    while end < scanner.end, file[end] == UInt8(ascii: "#") { end += 1 }
    guard end > scanner.start else { return false }
    if end == scanner.end { return false }
    if file[end] == 0x20 { return true }
    let line = file.bytes[scanner.start..<scanner.end]
    return ["#begin document", "#end document"].contains { line.starts(with: Array($0.utf8)) }
  }
}
