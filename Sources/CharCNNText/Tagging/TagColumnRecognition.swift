/// Finds out how tokens and tags lie in a file of columns: which lines are none, which column is which, and whether the
/// tokens are characters.
struct TagColumnRecognition {
  /// Lines of the beginning that columns are recognized by.
  private static let looked = 2_000
  /// Tokens from which on the number of different values tells tags from words.
  private static let leastTokens = 40

  private let file: ScannedFile
  private let options: TaggedTextOptions
  /// Fields of the first lines that are certainly tokens; empty between sentences.
  private var sample: [[Range<Int>]] = []
  private let first: SentenceScanner
  private let count: Int
  /// The names of the columns, simplified, and their line; nil where the first line is a token.
  private let header: (names: [String], line: Int)?
  /// Whether all of the first lines that are certainly tokens have the same number of columns, and more than one.
  let isEven: Bool

  init(_ file: ScannedFile, _ options: TaggedTextOptions) throws(DataError) {
    self.file = file
    self.options = options
    var scanner = SentenceScanner(file)
    var first: SentenceScanner?
    var header: (names: [String], line: Int)?
    var seen: [(count: Int, lines: Int)] = []
    var lines = 0
    while lines < Self.looked, scanner.next(in: file) {
      let fields = scanner.fields(in: file)
      if file.isBlank(scanner.start, scanner.end) || TagLineRules.isDocument(fields, token: 0, file) {
        sample.append([])
        continue
      }
      if TagLineRules.mayBeComment(fields, scanner, file) { continue }
      if first == nil, header == nil, let names = TagColumnNames.header(fields, file) {
        header = (names, scanner.line)
        continue
      }
      if first == nil { first = scanner }
      lines += 1
      sample.append(fields)
      if let place = seen.firstIndex(where: { $0.count == fields.count }) {
        seen[place].lines += 1
      } else {
        seen.append((fields.count, 1))
      }
    }
    guard let first else {
      throw DataError(
        .noRecords, path: file.path,
        problem: "there is no token, only blank lines\(header == nil ? " or comments" : " and the names of columns")",
        advice: "name a file with a token and its tag on every line")
    }
    self.first = first
    self.header = header
    // Of numbers that are equally frequent the first line's.
    let most = seen.map(\.lines).max() ?? 0
    count = seen.first { $0.lines == most }?.count ?? 1
    isEven = seen.count == 1 && count > 1
    sample = sample.filter { $0.isEmpty || $0.count == count }
  }

  /// The reader for the file.
  func reader() throws(DataError) -> TagColumnsReader {
    let isNumbered = hasNumbers()
    let named = header.flatMap { TagColumnNames.token(in: $0.names) }
    var token = options.tokenColumn.map { $0 - 1 } ?? named ?? (isNumbered ? 1 : 0)
    guard (0..<count).contains(token) else {
      throw missing("there is no column \(token + 1)", "the line has \(count); choose one of them")
    }
    var tag: Int?
    switch options.tagColumn {
    case .index(let number):
      tag = number - 1
      // The only other column of two has the tokens.
      if options.tokenColumn == nil, count == 2, tag == 0 { token = 1 }
    case .name(let name):
      tag = header?.names.firstIndex(of: ColumnNames.simplified(name))
      if tag == nil {
        throw missing(
          header == nil ? "columns have no names, and none is \"\(name)\"" : "no column is named \"\(name)\"",
          "say the number of the column of the tags")
      }
    case .joined: throw missing("tags stand in one column, not in several", "say the number of one")
    case nil: (token, tag) = try tagColumn(token: token, isNumbered: isNumbered)
    }
    if let tag, !(0..<count).contains(tag) {
      throw missing("there is no column \(tag + 1)", "the line has \(count); choose one of them")
    }
    if tag == nil || tag == token, options.needsTags {
      throw missing("there is no column of tags", "write each token's tag after it, separated by a tab or a space")
    }
    var reader = TagColumnsReader(
      rules: TagLineRules(count: count, token: token, tag: tag ?? count - 1), tag: tag == token ? nil : tag,
      needsTags: options.needsTags)
    reader.rules.headerLine = header?.line
    survey(&reader)
    return reader
  }

  private func missing(_ problem: String, _ advice: String, _ kind: DataError.Kind = .missingColumn) -> DataError {
    first.error(kind, at: first.start, in: file, problem, advice)
  }

  // MARK: Columns

  private func value(_ field: Range<Int>) -> String {
    VisibleText.of(String(decoding: file.bytes[field], as: UTF8.self))
  }

  /// Whether the first column numbers the tokens, in each sentence or through the file.
  private func hasNumbers() -> Bool {
    guard count >= 3 || count == 2 && !options.needsTags else { return false }
    var last: Int?
    var isFirst = true
    for fields in sample {
      guard let field = fields.first else {
        isFirst = true
        continue
      }
      guard let number = Int(value(field)), number == last.map({ $0 + 1 }) || isFirst && (0...1).contains(number) else {
        return false
      }
      (last, isFirst) = (number, false)
    }
    return true
  }

  /// The columns of tokens and tags, where nobody says the latter: the last one that looks like tags.
  private func tagColumn(token: Int, isNumbered: Bool) throws(DataError) -> (token: Int, tag: Int?) {
    guard count > 1 else { return (token, nil) }
    let columns = (0..<count).map { column in Column(sample.filter { !$0.isEmpty }.map { value($0[column]) }) }
    // Words do not mark spans. What a tagger wrote behind such tags and words is a column of tags, too, and the last one.
    let isTagFirst =
      options.tokenColumn == nil && header == nil && columns[0].marksSpans && !columns[1].marksSpans && token == 0
    let token = isTagFirst ? 1 : token
    let candidates = (0..<count).filter { $0 > token && columns[$0].holdsTags }
    guard let last = candidates.last else {
      if isTagFirst { return (token, 0) }
      let rest = isNumbered ? nil : (0..<count).last { $0 != token }
      return (token, rest)
    }
    // The last column by custom, but where a numbered file shows that it is made for a treebank.
    guard isNumbered, !columns[last].marksSpans, candidates.count > 1, options.needsTags else { return (token, last) }
    let shown = candidates.map { "\($0 + 1) (\(columns[$0].examples))" }.joined(separator: ", ")
    throw missing(
      "the tags may be in each of the columns \(shown)",
      "choose one with `tagColumn`, and with `tokenColumn` the column of the words, if it is not \(token + 1)",
      .ambiguousColumn)
  }

  /// What stands in a column.
  private struct Column {
    let values: [String]
    /// The different values in the order of the file.
    let distinct: [String]

    init(_ values: [String]) {
      self.values = values
      var seen: Set<String> = []
      distinct = values.filter { seen.insert($0).inserted }
    }

    var marksSpans: Bool { TagScheme(recognizing: distinct).marksSpans }

    /// Whether these may be tags: no numbers, not nothing but placeholders, and fewer than words would be.
    var holdsTags: Bool {
      guard !distinct.allSatisfy({ $0 == "_" || $0 == "-" || $0.isEmpty }), !distinct.allSatisfy({ Double($0) != nil })
      else { return false }
      return values.count < TagColumnRecognition.leastTokens || distinct.count * 2 <= values.count
    }

    var examples: String { distinct.prefix(3).joined(separator: " ") + (distinct.count > 3 ? " …" : "") }
  }

  // MARK: Lines

  /// Looks through the whole file for comments and for tokens of more than a character.
  private func survey(_ reader: inout TagColumnsReader) {
    var comments = 0
    // What comments of as many columns as tokens have where those have tags, and how often.
    var unknown: [String: Int] = [:]
    var characters = CharacterCheck()
    forEachLine(reader.rules) { scanner, fields, isBoundary, mayBeComment in
      if mayBeComment {
        if fields.count != count {
          comments += 1
        } else if isBoundary {
          unknown[value(fields[reader.rules.tag]), default: 0] += 1
        }
      } else if fields.count == count {
        characters.add(file.bytes[fields[reader.rules.token]], isFirst: isBoundary)
      }
    }
    if !unknown.isEmpty {
      var marksSpans = true
      var hasLowercase = false
      forEachLine(reader.rules) { _, fields, isBoundary, mayBeComment in
        guard fields.count == count, !mayBeComment || !isBoundary else { return }
        let tag = value(fields[reader.rules.tag])
        unknown[tag] = nil
        marksSpans = marksSpans && TagScheme.marks(tag)
        hasLowercase = hasLowercase || tag.contains(where: \.isLowercase)
      }
      // What looks like the other tags is one, though it is that of `#` alone.
      unknown = unknown.filter { tag, _ in
        if marksSpans, TagScheme.marks(tag) { return false }
        return hasLowercase || tag.contains { $0.isLowercase || $0.isNumber }
      }
      reader.rules.commentTags = Set(unknown.keys)
      comments += unknown.values.reduce(0, +)
    }
    reader.comments = comments
    reader.tokensAreCharacters = characters.areCharacters
    reader.joined = characters.areCharacters ? characters.joined : 0
  }

  private func forEachLine(
    _ rules: TagLineRules, _ body: (SentenceScanner, [Range<Int>], _ isBoundary: Bool, _ mayBeComment: Bool) -> Void
  ) {
    var scanner = SentenceScanner(file)
    var isBoundary = true
    while scanner.next(in: file) {
      if file.isBlank(scanner.start, scanner.end) || scanner.line == rules.headerLine {
        isBoundary = true
        continue
      }
      let fields = scanner.fields(in: file)
      if TagLineRules.isDocument(fields, token: rules.token, file) {
        isBoundary = true
        continue
      }
      let mayBeComment = TagLineRules.mayBeComment(fields, scanner, file)
      body(scanner, fields, isBoundary, mayBeComment)
      if !mayBeComment { isBoundary = false }
    }
  }
}

/// Whether tokens are characters as a reader counts them, or parts of such.
private struct CharacterCheck {
  private(set) var areCharacters = true
  /// Tokens that make one character with the token before.
  private(set) var joined = 0
  private var last = ""

  mutating func add(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, isFirst: Bool) {
    guard areCharacters else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.dropFirst().isEmpty else {
      areCharacters = false
      return
    }
    if !isFirst, TagColumnsReader.joins(last, text) {
      joined += 1
      last += text
    } else {
      last = text
    }
  }
}
