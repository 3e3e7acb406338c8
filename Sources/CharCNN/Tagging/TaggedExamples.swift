import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension Examples<TaggedSentence> {
  /// Where in CoNLL-U the tags stand; nil for other data.
  var conlluColumn: String? { source?.conlluColumn }

  /// Whether every token is one character; of a file, as far as its beginning tells.
  var areCharacters: Bool {
    if let source { return source.tokensAreCharacters }
    let wordless = try? forEach { sentence, _, _ in if !sentence.areCharacters { throw WordFound() } }
    return wordless != nil
  }

  /// All sentences.
  ///
  /// - Throws: `DataError` at the first faulty line or sentence; ``TrainingError/noExamples(path:isInMemory:)`` where there is none.
  func read() throws -> [TaggedSentence] {
    var sentences: [TaggedSentence] = []
    try forEach { sentence, _, row in
      // A file's lines were checked when they were read.
      if isInMemory { try check(sentence, row: row) }
      if !sentence.tokens.isEmpty { sentences.append(sentence) }
    }
    if sentences.isEmpty { throw TrainingError.noExamples(path: name, isInMemory: isInMemory) }
    return sentences
  }

  /// Refuses what a file of sentences may not have either.
  private func check(_ sentence: TaggedSentence, row: Int) throws(DataError) {
    if sentence.tokens.contains(where: \.text.isEmpty) {
      throw DataError(
        .unrecognizedFormat, path: name, line: row, problem: "a token is empty", advice: "leave it out")
    }
    if let token = sentence.tokens.first(where: { $0.tag == nil }) {
      throw DataError(
        .missingLabel, path: name, line: row, problem: "the token \"\(token.text)\" has no tag",
        advice: "add it, or leave the sentence out")
    }
  }

  /// Tokens that a sentence alone in its file has at most, unless the blank lines are missing.
  private static var longestAlone: Int { 500 }

  /// What to say where a file of columns seems to lack the blank lines between its sentences, so that they are one.
  ///
  /// - Parameter sentences: Those of the file.
  func unseparated(_ sentences: [TaggedSentence]) -> DataError? {
    guard let source, source.format == .columns, sentences.count == 1, sentences[0].tokens.count > Self.longestAlone
    else { return nil }
    return DataError(
      .unrecognizedFormat, path: name,
      problem: "no blank line separates sentences, and all \(sentences[0].tokens.count) tokens are read as one",
      advice: "write a blank line after each sentence")
  }
}

/// Ends a search for a token that is a word.
private struct WordFound: Error {}

extension [TaggedSentence] {
  /// The scheme of all tags.
  var scheme: TagScheme { TagScheme(recognizing: Set(flatMap { $0.tokens.compactMap(\.tag) })) }

  /// Whether every token is one character.
  var areCharacters: Bool { allSatisfy(\.areCharacters) }

  /// The sentences as a tagger sees them: by characters where those have tags, and spans in one scheme.
  ///
  /// - Parameters:
  ///   - unit: What has a tag.
  ///   - scheme: The scheme of spans; nil leaves them in their own.
  ///   - isKnown: Whether the scheme is that of a model, so that tags mark spans even if too few are there to show it.
  func prepared(for unit: TaggingUnit, scheme wanted: TagScheme?, isKnown: Bool = false) -> [TaggedSentence] {
    let given = scheme
    let cut = unit == .character && !areCharacters
    let marksSpans = given.marksSpans || isKnown && allSatisfy(\.canMarkSpans)
    let sentences = cut ? map { $0.characters(marksSpans: marksSpans) } : self
    let scheme = wanted.flatMap { $0.marksSpans ? $0 : nil } ?? (cut ? .bioes : given)
    guard scheme.marksSpans else { return sentences }
    return sentences.map { sentence in
      let isConverted = cut || given.marksSpans || isKnown && sentence.canMarkSpans
      return isConverted ? sentence.converted(to: scheme) : sentence
    }
  }

  /// A digest of all tokens and tags.
  var digest: String {
    var digest = RunningSHA256()
    for sentence in self {
      for token in sentence.tokens {
        digest.add(token.text)
        digest.add(token.tag ?? "")
      }
      digest.add("")
    }
    return digest.hexDigest
  }
}

extension TaggedSentence {
  /// Whether every token is one character.
  fileprivate var areCharacters: Bool { tokens.allSatisfy { $0.text.dropFirst().isEmpty } }

  /// Whether every token has a tag that can mark spans.
  fileprivate var canMarkSpans: Bool { tokens.allSatisfy { $0.tag.map(TagScheme.marks) ?? false } }

  /// The same spans in a scheme; a sentence with tokens without tags stays as it is.
  fileprivate func converted(to scheme: TagScheme) -> TaggedSentence {
    var result = self
    let tags = tokens.compactMap(\.tag)
    guard tags.count == tokens.count else { return self }
    for (place, tag) in scheme.converting(tags).enumerated() { result.tokens[place].tag = tag }
    return result
  }
}
