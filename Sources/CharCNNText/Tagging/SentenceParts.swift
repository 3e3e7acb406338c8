internal import CharCNNFiles

/// The sentences of a file, shared out to parts.
///
/// Each part has the same mixture of tags as far as that can be: a sentence counts for the rarest of its tags.
package struct SentenceParts: Sendable {
  /// How they are shared out.
  package struct Options: Sendable {
    /// How much each part is to have; the first never lacks a tag.
    package var shares: [Double]
    /// Another seed gives other parts.
    package var seed: UInt64
    /// How much alike sentences are that stay together; nil where their texts are not looked at.
    package var together: LabeledText.Audit.Likeness?
    /// Whether the sentences of a document stay together.
    package var byDocument: Bool

    /// How they are shared out.
    package init(
      shares: [Double], seed: UInt64 = 1, together: LabeledText.Audit.Likeness? = .similar, byDocument: Bool = false
    ) {
      (self.shares, self.seed, self.together, self.byDocument) = (shares, seed, together, byDocument)
    }
  }

  /// The part of each sentence.
  package let parts: [UInt8]
  /// Sentences that stay with one before them since their texts are copies.
  package let copies: Int
  /// Number of documents; nil where nobody asked for them.
  package let documents: Int?
  /// Tokens of each tag in each part; those without a tag under the empty text.
  package let tokens: [[String: Int]]
  private let source: TaggedTextSource

  /// Reads all sentences and shares them out.
  ///
  /// - Parameters:
  ///   - source: What to read, opened with ``TaggedTextOptions/needsTags`` false.
  ///   - options: How.
  ///   - progress: Receives the number of sentences read.
  /// - Throws: `DataError` at the first faulty line, where there is no sentence, and where documents are wanted and none are marked.
  package init(_ source: TaggedTextSource, _ options: Options, progress: (Int) -> Void = { _ in }) throws {
    self.source = source
    var units = RecordUnits(together: options.together)
    var texts: [String] = []
    var (names, numbers): ([String], [String: Int32]) = ([], [:])
    // The tags of each sentence, each once, and how often each is a token's.
    var (tags, ends, counts): ([Int32], [Int], [[Int32: Int]]) = ([], [0], [])
    var sentencesOfTag: [Int32: Int] = [:]
    var documents = 0
    try source.forEachSentenceWithLines { sentence, lines in
      // A mark right behind the last token, without a blank line, begins the next document.
      let first = lines.firstIndex { $0.token != nil } ?? lines.count
      documents += lines[..<first].count { $0.beginsDocument }
      defer { documents += lines[first...].count { $0.beginsDocument } }
      if sentence.tokens.isEmpty { return }
      units.add(sentence.text, group: options.byDocument ? "\(documents)" : nil)
      if options.together == .near { texts.append(sentence.text) }
      var own: [Int32: Int] = [:]
      for tag in sentence.tokens.map({ $0.tag ?? "" }) {
        let number = numbers[tag] ?? Int32(names.count)
        if number == names.count {
          names.append(tag)
          numbers[tag] = number
        }
        own[number, default: 0] += 1
      }
      for tag in own.keys.sorted() {
        tags.append(tag)
        sentencesOfTag[tag, default: 0] += 1
      }
      ends.append(tags.count)
      counts.append(own)
      if units.count % 4_096 == 0 { progress(units.count) }
    }
    if units.count == 0 {
      throw DataError(
        .noRecords, path: source.path, problem: "there is no sentence", advice: "name a file with sentences")
    }
    if options.byDocument, documents == 0 {
      throw DataError(
        .missingColumn, path: source.path, problem: "nothing marks where documents begin",
        advice: "mark them by # newdoc or -DOCSTART-, or leave the group out")
    }
    try units.joinNear { texts[$0] }
    let rarest = (0..<units.count).map { sentence in
      tags[ends[sentence]..<ends[sentence + 1]].min {
        (sentencesOfTag[$0] ?? 0, $0) < (sentencesOfTag[$1] ?? 0, $1)
      } ?? -1
    }
    parts = groupedSplit(labels: rarest, units: units.units(), shares: options.shares, seed: options.seed)
    var tokens = [[String: Int]](repeating: [:], count: options.shares.count)
    for (sentence, own) in counts.enumerated() {
      for (tag, count) in own { tokens[Int(parts[sentence])][names[Int(tag)], default: 0] += count }
    }
    self.tokens = tokens
    copies = units.copies
    self.documents = options.byDocument ? documents : nil
  }

  /// How many sentences a part has.
  package func count(part: Int) -> Int { parts.count { Int($0) == part } }

  /// Reads all sentences again and hands on their lines, with comments and ends as they stand in the file, each with its part. The names of
  /// columns come once for each part; comments behind the last sentence stay with it.
  ///
  /// - Throws: `DataError` where the file has changed; what `body` throws.
  package func forEachSentence(_ body: (_ lines: [UInt8], _ part: Int) throws -> Void) throws {
    var place = 0
    var line = 0
    let lineEnd = source.lineEnd
    func bytes(_ lines: some Sequence<String>) -> [UInt8] { lines.flatMap { Array($0.utf8) + lineEnd } }
    try source.forEachSentenceWithLines { sentence, lines in
      var own: [String] = []
      for text in lines.map(\.text) {
        line += 1
        if line == source.headerLine {
          for part in tokens.indices { try body(bytes([text]), part) }
        } else {
          own.append(text)
        }
      }
      let isSentence = !sentence.tokens.isEmpty
      guard isSentence ? place < parts.count : place == parts.count else { throw changed() }
      let part = Int(parts[isSentence ? place : place - 1])
      if isSentence {
        place += 1
        // What ends the last sentence of a file, or one before the mark of a document, must end it before any other too.
        if own.last?.allSatisfy(\.isWhitespace) != true { own.append("") }
      }
      try body(bytes(own), part)
    }
    if place != parts.count { throw changed() }
  }

  private func changed() -> DataError {
    DataError(
      .unreadable, path: source.path, problem: "has changed since it was opened",
      advice: "keep the file as it is while it is in use")
  }
}

extension TaggedLine {
  /// Whether a document begins here: `# newdoc` of CoNLL-U, `-DOCSTART-` of CoNLL-2003, `#begin document` of CoNLL-2012.
  fileprivate var beginsDocument: Bool {
    token == nil
      && ["# newdoc", "#newdoc", "-DOCSTART-", "#begin document"].contains { text.hasPrefix($0) }
  }
}
