#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn predict` with a tagger.
extension Predict {
  /// Writes the tags of all texts.
  func predictTags(_ tagger: SequenceTagger) throws {
    if top > SequenceTagger.mostSequences {
      throw ValidationError("--top must be 1 to \(SequenceTagger.mostSequences) with a tagger, not \(top)")
    }
    if tagger.unit == .character, words || segmenter != nil {
      throw ValidationError(
        "--words and --segmenter are for taggers of words; \(bundle) tags characters, which need no cutting")
    }
    let cutter = try segmenter.map(openSegmenter)
    try forEachPiece { texts, output in
      // Many sequences of many texts would fill the memory.
      let size = max(texts.count / top, 1)
      for first in stride(from: 0, to: texts.count, by: size) {
        try write(Array(texts[first..<min(first + size, texts.count)]), tagger, cutter, &output)
      }
      try output.flush()
    }
  }

  /// Writes the sentences of a file of CoNLL-U or of columns with the tags that are predicted for them: the file with its
  /// other columns and its comments, or with --json an object for each sentence.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - tagger: The model.
  ///   - source: The sentences of the file.
  func predictTagsOfFile(_ path: String, _ tagger: SequenceTagger, _ source: TaggedTextSource) throws {
    if words || segmenter != nil {
      throw ValidationError("--words and --segmenter cut plain text; the sentences of \(path) are cut already")
    }
    if top > 1 { throw ValidationError("--top \(top) goes with texts; the lines of \(path) have room for one tag") }
    let console = Console(isQuiet: quiet)
    console.say("\(path): \(source.summary)")
    try FilePlace.refuse(destination, amongst: [path], option: "--output")
    let sink = try AnswerSink(destination, overwrite: overwrite)
    try tagger.forEachTaggedPiece(of: source) { try sink.write(Array($0.utf8)) }
    try sink.finish()
  }

  func openSegmenter(_ path: String) throws -> SequenceTagger {
    let cutter = try computing.open(
      SequenceTagger.self, at: path, command: "--segmenter", precision: precision.again(computing))
    guard cutter.unit == .character, cutter.scheme.marksSpans else {
      throw ValidationError(
        "--segmenter needs a tagger of characters whose tags mark words; \(path) "
          + (cutter.unit == .word ? "is a tagger of words" : "has tags that mark none"))
    }
    return cutter
  }

  private func write(
    _ texts: [String], _ tagger: SequenceTagger, _ cutter: SequenceTagger?, _ output: inout StandardOutput
  ) throws {
    // Sentences of all texts at once, and to which text each belongs.
    let cut = texts.map { text in
      words ? [TaggedSentence(separatedWords: text)] : tagger.sentences(of: text, segmenter: cutter)
    }
    let tagged = tagger.tags(of: cut.flatMap { $0 }, sequences: top)
    var next = 0
    for (text, sentences) in zip(texts, cut) {
      let answers = Array(tagged[next..<next + sentences.count])
      next += sentences.count
      if json {
        try output.append(json: TaggedTextOutput(text: text, sentences: answers))
      } else {
        for sentence in answers where !sentence.tokens.isEmpty {
          output.append(conllu ? sentence.conlluText(column: tagger.columnOfCoNLLU) : Self.columns(sentence))
        }
      }
    }
  }

  /// Token, tag, probability, and the tags of further sequences.
  private static func columns(_ sentence: SentenceTags) -> String {
    var lines = ""
    for (place, token) in sentence.tokens.enumerated() {
      let fields =
        [field(token.text), field(token.tag), Numbers.fixed(token.probability)]
        + sentence.sequences.dropFirst().map { field($0.tags[place]) }
      lines += fields.joined(separator: "\t") + "\n"
    }
    return lines + "\n"
  }
}

/// The answer to a text as JSON.
private struct TaggedTextOutput: Encodable {
  struct Token: Encodable {
    let text: String
    let start: Int
    let end: Int
    let utf8Start: Int
    let utf8End: Int
    let tag: String
    let probability: Double
  }

  struct Span: Encodable {
    let type: String
    let text: String
    let start: Int
    let end: Int
    let utf8Start: Int
    let utf8End: Int
    let probability: Double
  }

  struct Sequence: Encodable {
    let tags: [String]
    let probability: Double
  }

  struct Sentence: Encodable {
    let tokens: [Token]
    let spans: [Span]
    let sequences: [Sequence]
  }

  let text: String
  let sentences: [Sentence]

  init(text: String, sentences: [SentenceTags]) {
    self.text = text
    // Ranges of all sentences are places in the whole text.
    var places = ScalarPlaces(text)
    self.sentences = sentences.map { sentence in
      Sentence(
        tokens: sentence.tokens.map {
          let place = TextPlace($0.range, of: sentence.text, &places)
          return Token(
            text: $0.text, start: place.start, end: place.end, utf8Start: place.utf8Start, utf8End: place.utf8End,
            tag: $0.tag, probability: Decimals.toMillionths($0.probability))
        },
        spans: sentence.spans.map {
          let place = TextPlace($0.range, of: sentence.text, &places)
          return Span(
            type: $0.type, text: $0.text, start: place.start, end: place.end, utf8Start: place.utf8Start,
            utf8End: place.utf8End, probability: Decimals.toMillionths($0.probability))
        },
        sequences: sentence.sequences.map {
          Sequence(tags: $0.tags, probability: Decimals.toMillionths($0.probability))
        })
    }
  }

  /// Single precision has no more digits worth writing.
}
#endif
