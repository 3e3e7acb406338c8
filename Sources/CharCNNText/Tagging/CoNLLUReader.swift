/// Reads CoNLL-U: comments, words, contractions (`1-2`) and empty nodes (`1.1`).
///
/// The text of a sentence is put together from its tokens and `SpaceAfter=No`. The words of a contraction are tokens of
/// their own whose range is that of the contraction; empty nodes are no words and are left out.
struct CoNLLUReader {
  static let columns = ["id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc"]
  let tagColumn: Tag
  /// The name of the column of the tags, or the key in the last one.
  let tagName: String
  let tokenColumn: Int
  let needsTags: Bool

  /// Where tags stand.
  enum Tag {
    case column(Int)
    case key(String)
  }

  init(_ options: TaggedTextOptions, path: String) throws(DataError) {
    needsTags = options.needsTags
    tokenColumn = (options.tokenColumn ?? 2) - 1
    switch options.tagColumn ?? options.usualColumn.map(ColumnSelector.name) {
    case nil: tagColumn = .column(3)
    case .index(let number): tagColumn = .column(number - 1)
    case .name(let name):
      tagColumn = Self.columns.firstIndex(of: name.lowercased()).map(Tag.column) ?? .key(name)
    case .joined:
      throw DataError(
        .missingColumn, path: path, problem: "tags stand in one column, not in several",
        advice: "name one with `tagColumn`"
      )
    }
    var wanted = [tokenColumn]
    if case .column(let column) = tagColumn { wanted.append(column) }
    for column in wanted where !Self.columns.indices.contains(column) {
      throw DataError(
        .missingColumn, path: path, problem: "CoNLL-U has no column \(column + 1)", advice: "name one from 1 to 10")
    }
    switch tagColumn {
    case .column(let column): tagName = Self.columns[column]
    case .key(let key): tagName = key
    }
  }

  func forEachSentence(
    in file: ScannedFile, keepsLines: Bool, _ body: (TaggedSentence, [TaggedLine]) throws -> Void
  ) throws {
    var scanner = SentenceScanner(file)
    var sentence = SentenceText()
    var lines: [TaggedLine] = []
    var firstLine = 0
    var expected = 1
    var contraction: (range: Range<Int>, last: Int)?
    func finish() throws {
      if let contraction, contraction.last >= expected {
        throw scanner.error(
          .unrecognizedFormat, at: scanner.start, in: file, "the contraction lacks its word \(expected)",
          "write all words of a contraction after it")
      }
      if !sentence.tokens.isEmpty || !lines.isEmpty { try body(sentence.sentence(line: firstLine), lines) }
      (sentence, expected, contraction) = (SentenceText(), 1, nil)
      lines.removeAll()
    }
    func keep(token: Int? = nil) throws {
      if keepsLines { lines.append(TaggedLine(text: try scanner.text(in: file), token: token)) }
    }
    while scanner.next(in: file) {
      try scanner.checkZero(in: file)
      if file.isBlank(scanner.start, scanner.end) {
        try keep()
        if !sentence.tokens.isEmpty || contraction != nil { try finish() }
        continue
      }
      if file[scanner.start] == UInt8(ascii: "#") {
        try keep()
        continue
      }
      let fields = scanner.fields(in: file)
      guard fields.count == Self.columns.count else {
        throw scanner.error(
          .raggedRow, at: scanner.start, in: file, "a line of CoNLL-U has 10 columns and this one \(fields.count)",
          "separate columns by tabs, and write _ for what is empty")
      }
      let id = try scanner.string(fields[0], in: file)
      let misc = try scanner.string(fields[9], in: file)
      let spaceAfter = Self.value(of: "SpaceAfter", in: misc) == "No" ? false : nil
      if let dash = id.firstIndex(of: "-") {
        guard let first = Int(id[..<dash]), let last = Int(id[id.index(after: dash)...]), first == expected,
          last >= first
        else { throw wrongNumber(id, expected, scanner, file) }
        let word = try scanner.string(fields[1], in: file)
        if sentence.tokens.isEmpty { firstLine = scanner.line }
        contraction = (sentence.appendText(word, spaceAfter: spaceAfter), last)
        try keep()
        continue
      }
      if let dot = id.firstIndex(of: ".") {
        guard Int(id[..<dot]) == expected - 1, Int(id[id.index(after: dot)...]) != nil else {
          throw wrongNumber(id, expected, scanner, file)
        }
        try keep()
        continue
      }
      guard Int(id) == expected else { throw wrongNumber(id, expected, scanner, file) }
      let word = try scanner.string(fields[tokenColumn], in: file)
      let tag = try tag(fields, misc: misc, scanner, file)
      if sentence.tokens.isEmpty { firstLine = scanner.line }
      if let open = contraction, expected <= open.last {
        sentence.append(word, tag: tag, within: open.range)
      } else {
        sentence.append(word, tag: tag, spaceAfter: spaceAfter)
      }
      try keep(token: expected - 1)
      expected += 1
    }
    try finish()
  }

  private func wrongNumber(_ id: String, _ expected: Int, _ scanner: SentenceScanner, _ file: ScannedFile) -> DataError
  {
    scanner.error(
      .unrecognizedFormat, at: scanner.start, in: file,
      "the word's number is \"\(id)\" where \(expected) should follow",
      "number the words of a sentence from 1, and separate sentences by a blank line")
  }

  private func tag(
    _ fields: [Range<Int>], misc: String, _ scanner: SentenceScanner, _ file: ScannedFile
  ) throws(DataError) -> String? {
    let tag: String?
    switch tagColumn {
    case .column(let column):
      let text = VisibleText.of(try scanner.string(fields[column], in: file))
      tag = text.isEmpty || text == "_" && !Self.emptyTags.contains(column) ? nil : text
    case .key(let key):
      tag = Self.value(of: key, in: misc).map(VisibleText.of).flatMap { $0.isEmpty ? nil : $0 }
    }
    if tag == nil, needsTags {
      throw scanner.error(
        .missingLabel, at: scanner.start, in: file, "the word has no tag",
        "add it, or choose another column with `tagColumn`")
    }
    return tag
  }

  /// Columns in which _ says something: the form may be an underscore, and a word may have no features.
  private static let emptyTags: Set<Int> = [1, 5]

  /// The value of a key in `Key=Value|Key=Value`, without its escapes.
  static func value(of key: String, in misc: String) -> String? {
    for pair in misc.split(separator: "|") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == key { return CoNLLUFields.unescaped(parts[1]) }
    }
    return nil
  }
}
