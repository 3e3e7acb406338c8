internal import CharCNNStorage

/// Sentences with tags to learn from or to measure with.
public enum TaggedSentences: Sendable {
  /// A file.
  case source(TaggedTextSource)
  /// Sentences in memory; the name is for messages.
  case array([TaggedSentence], name: String)

  /// What messages call it.
  public var path: String {
    switch self {
    case .source(let source): source.path
    case .array(_, let name): name
    }
  }

  /// All sentences.
  ///
  /// - Throws: `DataError` at the first faulty line; ``TrainingError/noExamples(path:)`` where there is none.
  func read() throws -> [TaggedSentence] {
    let sentences: [TaggedSentence]
    switch self {
    case .source(let source): sentences = try source.sentences()
    case .array(let array, _): sentences = array.filter { !$0.tokens.isEmpty }
    }
    if sentences.isEmpty { throw TrainingError.noExamples(path: path) }
    return sentences
  }
}

extension [TaggedSentence] {
  /// The scheme of all tags.
  var scheme: TagScheme { TagScheme(recognizing: Set(flatMap { $0.tokens.compactMap(\.tag) })) }

  /// Whether every token is one character.
  var areCharacters: Bool {
    allSatisfy { $0.tokens.allSatisfy { $0.text.dropFirst().isEmpty } }
  }

  /// The sentences as a tagger sees them: by characters where those have tags, and spans in one scheme.
  ///
  /// - Parameters:
  ///   - unit: What has a tag.
  ///   - scheme: The scheme of spans; nil leaves them as they are.
  func prepared(for unit: TaggingUnit, scheme wanted: TagScheme?) -> [TaggedSentence] {
    let given = scheme
    let cut = unit == .character && !areCharacters
    let sentences = cut ? map { $0.characters(marksSpans: given.marksSpans) } : self
    let present = cut ? .bioes : given
    guard present.marksSpans else { return sentences }
    let scheme = wanted.flatMap { $0.marksSpans ? $0 : nil } ?? present
    return sentences.map { sentence in
      var result = sentence
      let tags = sentence.tokens.compactMap(\.tag)
      guard tags.count == sentence.tokens.count else { return sentence }
      for (place, tag) in scheme.converting(tags).enumerated() { result.tokens[place].tag = tag }
      return result
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
