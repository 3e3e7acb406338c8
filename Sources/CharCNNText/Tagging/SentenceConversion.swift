/// Writes sentences with tags in another format, and counts what that format cannot hold.
package struct SentenceConversion {
  /// What the new format cannot hold, with what became of it.
  package enum Loss: String, CaseIterable, Sendable {
    case comments = "comments, names of columns and marks of documents were left out"
    case contractions = "contractions became the words that they are made of"
    case emptyNodes = "empty nodes were left out"
    case withoutTag = "tokens without a tag have _ in its place"
    case spaces = "sentences whose spaces or contractions cannot be told from their tokens any more"
  }

  /// The format of the result.
  package let format: TaggedTextFormat
  /// The column of CoNLL-U that the tags stand in, or the key of its last column; nil for columns.
  package let tagColumn: String?
  /// How often each loss occurred.
  package private(set) var losses: [Loss: Int] = [:]
  /// Columns with something in them that are left out, in the order in which they were met.
  package private(set) var columnsLeftOut: [String] = []
  /// Sentences that were written.
  package private(set) var sentences = 0
  /// Their tokens.
  package private(set) var tokens = 0
  /// Digests of the sentences as they can be read again, and of their texts.
  private var digests: [UInt64] = []
  private var texts: [UInt64] = []
  private let source: TaggedTextSource
  private let byCharacters: Bool
  private let marksSpans: Bool

  /// Looks at all sentences, whose tags tell where they can stand.
  ///
  /// - Parameters:
  ///   - source: What is converted, opened with ``TaggedTextOptions/needsTags`` false.
  ///   - format: The new format.
  ///   - column: Of CoNLL-U the column for the tags, or a key of its last column; nil for `upos`, or the key `Tag` for tags that mark
  ///     spans or that `upos` has no place for.
  ///   - byCharacters: Whether each character becomes a token.
  /// - Throws: What reading throws; ``DataError`` where no token has a tag.
  package init(
    _ source: TaggedTextSource, to format: TaggedTextFormat, column: String? = nil, byCharacters: Bool = false
  ) throws {
    (self.source, self.format, self.byCharacters) = (source, format, byCharacters)
    var tags: Set<String> = []
    var count = 0
    try source.forEachSentence { sentence in
      count += sentence.tokens.count
      for case let tag? in sentence.tokens.map(\.tag) { tags.insert(tag) }
    }
    if tags.isEmpty {
      let place = source.conlluColumn.map { "\($0) of CoNLL-U" } ?? "a second column"
      throw DataError(
        .missingLabel, path: source.path,
        problem: count == 0 ? "there is no sentence" : "no token has a tag in \(place)",
        advice: count == 0 ? "name a file with sentences" : "say with `tagColumn` which column they stand in")
    }
    marksSpans = TagScheme(recognizing: tags).marksSpans || tags == ["O"]
    let hasSpans = marksSpans || byCharacters
    tagColumn = format == .conllu ? column ?? (hasSpans || tags.contains("_") ? Self.spanKey : "upos") : nil
  }

  /// The key of the last column for tags that no column of CoNLL-U is for.
  package static let spanKey = "Tag"

  /// How the result is read again.
  package var options: TaggedTextOptions {
    TaggedTextOptions(
      format: format, tokenColumn: format == .columns ? 1 : nil,
      tagColumn: tagColumn.map(ColumnSelector.name) ?? .index(2), needsTags: false)
  }

  private mutating func lose(_ loss: Loss, _ count: Int = 1) {
    if count > 0 { losses[loss, default: 0] += count }
  }

  // MARK: One sentence

  /// A sentence in the new format; empty for lines without tokens.
  ///
  /// - Parameters:
  ///   - given: The sentence.
  ///   - lines: Its lines, and those around it without a token.
  package mutating func convert(_ given: TaggedSentence, _ lines: [TaggedLine]) -> [UInt8] {
    // Numbers that somebody else gave stay, where the sentences do.
    let name = format == .conllu && !byCharacters ? lines.lazy.compactMap(Self.name).first : nil
    for line in lines { count(line, in: given, keepsName: name != nil) }
    if given.tokens.isEmpty { return [] }
    var sentence = byCharacters ? given.characters(marksSpans: marksSpans) : given
    if sentence.tokens.isEmpty { return [] }
    sentences += 1
    tokens += sentence.tokens.count
    if format == .columns {
      lose(.withoutTag, sentence.tokens.count { $0.tag == nil })
      for place in sentence.tokens.indices where sentence.tokens[place].tag == nil {
        sentence.tokens[place].tag = "_"
      }
    }
    digests.append(Self.digest(sentence))
    texts.append(Self.textDigest(sentence))
    return Array((format == .columns ? Self.columns(sentence) : conllu(sentence, name: name)).utf8)
  }

  private static func columns(_ sentence: TaggedSentence) -> String {
    sentence.tokens.map { "\(CoNLLUFields.field($0.text))\t\(CoNLLUFields.field($0.tag ?? ""))\n" }.joined() + "\n"
  }

  private func conllu(_ sentence: TaggedSentence, name: String?) -> String {
    var text = "# sent_id = \(name ?? "\(sentences)")\n# text = \(CoNLLUFields.field(sentence.text))\n"
    for (place, token) in sentence.tokens.enumerated() {
      var fields = ["\(place + 1)", CoNLLUFields.field(token.text)] + [String](repeating: "_", count: 8)
      let next = place + 1 < sentence.tokens.count ? sentence.tokens[place + 1] : nil
      if let next, next.range.lowerBound <= token.range.upperBound { fields[9] = "SpaceAfter=No" }
      if let tag = token.tag { CoNLLUFields.set(tag, in: tagColumn ?? Self.spanKey, of: &fields) }
      text += fields.joined(separator: "\t") + "\n"
    }
    return text + "\n"
  }

  /// Counts what a line has that the new format has no place for.
  private mutating func count(_ line: TaggedLine, in sentence: TaggedSentence, keepsName: Bool) {
    let hasTabs = line.text.utf8.contains(0x09)
    let fields = line.text.split(separator: hasTabs ? "\t" : " ", omittingEmptySubsequences: !hasTabs).map(String.init)
    guard line.token != nil else {
      guard let first = fields.first, !line.text.allSatisfy(\.isWhitespace) else { return }
      if source.format == .columns || first.hasPrefix("#") {
        // A number that only counts the sentences is no loss.
        let isKept =
          Self.name(line).map { keepsName || $0 == "\(sentences + 1)" } ?? Self.isText(line.text, of: sentence)
        if !isKept { lose(.comments) }
      } else {
        lose(first.contains("-") ? .contractions : .emptyNodes)
      }
      return
    }
    for (place, field) in fields.enumerated() where !field.isEmpty && field != "_" && !source.reads(column: place) {
      guard source.format == .conllu else {
        leaveOut("column \(place + 1)")
        continue
      }
      guard place == fields.count - 1 else {
        if place > 0 { leaveOut(CoNLLUReader.columns[place]) }
        continue
      }
      for pair in field.split(separator: "|") {
        let key = String(pair.prefix { $0 != "=" })
        if key != "SpaceAfter", key != source.conlluColumn { leaveOut("\(key) of misc") }
      }
    }
  }

  /// Whether a comment says what the sentence says, too.
  private static func isText(_ comment: String, of sentence: TaggedSentence) -> Bool {
    value(comment, of: "text") == CoNLLUFields.field(sentence.text)
  }

  /// What a sentence is called; nil for other lines.
  private static func name(_ line: TaggedLine) -> String? {
    line.token == nil ? value(line.text, of: "sent_id") : nil
  }

  private static func value(_ comment: String, of key: String) -> String? {
    let start = "# \(key) ="
    guard comment.hasPrefix(start) else { return nil }
    let value = VisibleText.of(String(comment.dropFirst(start.count)))
    return value.isEmpty ? nil : value
  }

  private mutating func leaveOut(_ column: String) {
    if columnsLeftOut.count < 64, !columnsLeftOut.contains(column) { columnsLeftOut.append(column) }
  }

  // MARK: Reading again

  private static func digest(_ sentence: TaggedSentence) -> UInt64 {
    TextLikeness.exactDigest(
      of: sentence.tokens.map { "\($0.text)\u{1F}\($0.tag ?? "\u{0}")" }.joined(separator: "\u{1E}"))
  }

  /// A digest of the text from its first token to its last.
  private static func textDigest(_ sentence: TaggedSentence) -> UInt64 {
    let start = sentence.tokens.reduce(Int.max) { min($0, $1.range.lowerBound) }
    let end = sentence.tokens.reduce(0) { max($0, $1.range.upperBound) }
    return TextLikeness.exactDigest(
      of: String(decoding: sentence.text.utf8.dropFirst(start).prefix(max(end - start, 0)), as: UTF8.self))
  }

  /// Compares the result with what was meant.
  ///
  /// - Parameter result: The result, opened with ``options``.
  /// - Returns: Sentences that are not the same when they are read again, of those in the same place.
  /// - Throws: What reading throws.
  package mutating func differing(from result: TaggedTextSource) throws -> Int {
    var (place, same) = (0, 0)
    var spaces = 0
    let (digests, texts) = (digests, texts)
    try result.forEachSentence { sentence in
      defer { place += 1 }
      guard place < digests.count, Self.digest(sentence) == digests[place] else { return }
      same += 1
      if Self.textDigest(sentence) != texts[place] { spaces += 1 }
    }
    lose(.spaces, spaces)
    return max(digests.count, place) - same
  }
}
