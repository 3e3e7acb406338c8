import CharCNNNetworks
public import CharCNNText

extension SequenceTagger {
  /// Tags the sentences of a file, whose own tags are not needed and not read, and hands out its lines with the tags. CoNLL-U
  /// keeps its comments, the spaces or tabs between its columns, and all columns but ``columnOfCoNLLU``; a file of columns gets the tag as its last column, and keeps
  /// comments and blank lines.
  ///
  /// Sentences are tagged some thousand tokens at a time, so the file may be larger than memory.
  ///
  /// - Parameters:
  ///   - source: The file, opened with ``TaggedTextOptions/needsTags`` false.
  ///   - body: Receives the lines of some sentences, each with its end, in the order of the file.
  /// - Throws: `DataError` at the first faulty line, for words where the tagger reads characters, and what `body` throws.
  public func forEachTaggedPiece(of source: TaggedTextSource, _ body: (_ lines: String) throws -> Void) throws {
    try checkUnit(of: source)
    try forEachBatch(of: source) { sentences, lines in
      var text = ""
      for (tags, lines) in zip(tagsInPieces(of: sentences), lines) {
        text += source.format == .conllu ? conlluLines(lines, tags: tags) : columnLines(lines, tags: tags)
      }
      try body(text)
    }
  }

  /// Tags the sentences of a file as ``tags(of:sequences:)`` does; those of more than 4,096 tokens become several.
  ///
  /// - Parameters:
  ///   - source: The file, opened with ``TaggedTextOptions/needsTags`` false.
  ///   - sequences: Number of best sequences of each sentence.
  ///   - body: Receives the answers to some sentences, in the order of the file.
  /// - Throws: As ``forEachTaggedPiece(of:_:)``.
  public func forEachTags(
    of source: TaggedTextSource, sequences: Int = 1, _ body: ([SentenceTags]) throws -> Void
  ) throws {
    try checkUnit(of: source)
    try forEachBatch(of: source) { sentences, _ in
      let cut = sentences.filter { !$0.tokens.isEmpty }.flatMap(Self.pieces)
      // Many sequences of many sentences would fill the memory.
      let size = max(cut.count / max(sequences, 1), 1)
      for first in stride(from: 0, to: cut.count, by: size) {
        try body(tags(of: Array(cut[first..<min(first + size, cut.count)]), sequences: sequences))
      }
    }
  }

  private func checkUnit(of source: TaggedTextSource) throws {
    guard unit == .word || source.tokensAreCharacters else {
      throw DataError(
        .unrecognizedFormat, path: source.path, problem: "the file has words, and the model tags characters",
        advice: "give it plain text, or a file with a character on every line")
    }
  }

  /// Tokens that are tagged at a time.
  private static let batchTokens = 1 << 14

  private func forEachBatch(
    of source: TaggedTextSource, _ body: (_ sentences: [TaggedSentence], _ lines: [[TaggedLine]]) throws -> Void
  ) throws {
    var sentences: [TaggedSentence] = []
    var lines: [[TaggedLine]] = []
    var size = 0
    func hand() throws {
      if !sentences.isEmpty { try body(sentences, lines) }
      sentences.removeAll(keepingCapacity: true)
      lines.removeAll(keepingCapacity: true)
      size = 0
    }
    try source.forEachSentenceWithLines { sentence, own in
      sentences.append(sentence)
      lines.append(own)
      size += own.count
      if size >= Self.batchTokens { try hand() }
    }
    try hand()
  }

  /// A sentence in pieces that are not too long.
  private static func pieces(_ sentence: TaggedSentence) -> [TaggedSentence] {
    guard sentence.tokens.count > longestSentence else { return [sentence] }
    return stride(from: 0, to: sentence.tokens.count, by: longestSentence).map {
      TaggedSentence(
        text: sentence.text, tokens: Array(sentence.tokens[$0..<min($0 + longestSentence, sentence.tokens.count)]),
        line: sentence.line)
    }
  }

  /// The tags of the best sequence of each sentence.
  private func tagsInPieces(of sentences: [TaggedSentence]) -> [[String]] {
    let cut = sentences.map { $0.tokens.isEmpty ? [] : Self.pieces($0) }
    var answers = tags(of: cut.flatMap { $0 })[...]
    return cut.map { pieces in
      defer { answers = answers.dropFirst(pieces.count) }
      return answers.prefix(pieces.count).flatMap(\.tags)
    }
  }

  private func conlluLines(_ lines: [TaggedLine], tags: [String]) -> String {
    var text = ""
    for line in lines {
      if let token = line.token {
        text += CoNLLUFields.line(line.text, with: tags[token], in: columnOfCoNLLU) + "\n"
      } else {
        text += line.text + "\n"
      }
    }
    return text
  }

  private func columnLines(_ lines: [TaggedLine], tags: [String]) -> String {
    var next = lineTags(tags, lines.compactMap(\.token))[...]
    var text = ""
    for line in lines {
      text += line.text
      if line.token != nil, let tag = next.popFirst() {
        let isSpaced = line.text.utf8.contains(0x20) && !line.text.utf8.contains(0x09)
        text += (isSpaced ? " " : "\t") + CoNLLUFields.field(tag)
      }
      text += "\n"
    }
    return text
  }

  /// A tag for each line, where a token may lie on several: a span then begins on its first line and ends on its last.
  private func lineTags(_ tags: [String], _ tokens: [Int]) -> [String] {
    guard scheme.marksSpans, tokens.count > tags.count else { return tokens.map { tags[$0] } }
    var starts = [Int](repeating: tokens.count, count: tags.count + 1)
    for (line, token) in tokens.enumerated().reversed() { starts[token] = line }
    let spans = TagSpan.spans(of: tags).map {
      TagSpan(type: $0.type, tokens: starts[$0.tokens.lowerBound]..<starts[$0.tokens.upperBound])
    }
    return scheme.tags(of: spans, count: tokens.count)
  }
}
