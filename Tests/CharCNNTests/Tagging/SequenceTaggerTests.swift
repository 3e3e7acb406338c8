import CharCNN
import Foundation
import TestSupport
import Testing

@Suite struct SequenceTaggerTests {
  static func trained(_ unit: TaggingUnit, _ assignments: [String] = [], scheme: TagScheme = .bmes) throws
    -> SequenceTagger
  {
    let sentences = unit == .word ? ToySentences.words(120) : ToySentences.characters(120, scheme: scheme)
    return try SequenceTagger.train(
      on: .array(sentences, name: "toys"), options: ToySentences.options(unit, ["epochs=8"] + assignments)
    ).tagger
  }

  @Test(arguments: TaggingUnit.allCases, TagOutputKind.allCases)
  func `a tagger learns what its sentences show`(unit: TaggingUnit, output: TagOutputKind) throws {
    let tagger = try Self.trained(unit, ["output=\(output.rawValue)"])
    let held = unit == .word ? ToySentences.words(40, seed: 9) : ToySentences.characters(40, seed: 9)
    let report = try tagger.evaluate(on: .array(held, name: "held"))
    #expect(report.accuracy > 0.9, "\(report)")
    #expect(report.spanF1 > 0.85)
    #expect(report.sentences == 40)
    let loss = try #require(report.loss)
    #expect(loss > 0 && loss < 0.5)
  }

  @Test func `places, spans and probabilities speak of the user's own string`() throws {
    let tagger = try Self.trained(.character)
    #expect(tagger.scheme == .bmes)
    let text = "  张三去李四海。\n\n王五说张三！ok "
    let sentences = tagger.tags(in: text, sequences: 3)
    #expect(sentences.count == 3)
    for sentence in sentences {
      for token in sentence.tokens {
        #expect(String(text[token.range]) == token.text)
        #expect(token.probability > 0 && token.probability <= 1)
      }
      for span in sentence.spans {
        #expect(String(text[span.range]) == span.text)
        #expect(span.type == "PER" && span.probability > 0 && span.probability <= 1)
        // What a span is, each of its tokens is.
        for token in sentence.tokens[span.tokens] { #expect(span.probability <= token.probability + 1e-5) }
      }
      let probabilities = sentence.sequences.map(\.probability)
      #expect(probabilities.count == 3 && probabilities == probabilities.sorted(by: >))
      #expect(probabilities.reduce(0, +) <= 1 + 1e-6)
      #expect(sentence.sequences[0].tags == sentence.tags)
      // Nothing that the scheme forbids.
      for sequence in sentence.sequences where probabilities[0] > 0.5 {
        if sequence.probability > 1e-9 { #expect(TagScheme.bmes.converting(sequence.tags) == sequence.tags) }
      }
    }
    #expect(sentences[0].spans.map(\.text) == ["张三", "李四海"])
  }

  @Test func `the probabilities of all sequences add up, and give those of tags and spans`() throws {
    for scheme in [TagScheme.bio, .bmes] {
      let tagger = try Self.trained(.character, ["epochs=1"], scheme: scheme)
      let sentence = tagger.tags(in: "张三去", sequences: 1_000)[0]
      #expect(abs(sentence.sequences.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
      for (place, token) in sentence.tokens.enumerated() {
        let sum = sentence.sequences.filter { $0.tags[place] == token.tag }.reduce(0) { $0 + $1.probability }
        #expect(abs(sum - token.probability) < 1e-5)
      }
      for span in sentence.spans {
        let sum = sentence.sequences.filter {
          TagSpan.spans(of: $0.tags).contains(TagSpan(type: span.type, tokens: span.tokens))
        }.reduce(0) { $0 + $1.probability }
        #expect(abs(sum - span.probability) < 1e-5, "\(scheme)")
      }
    }
  }

  @Test func `words of raw text are cut by rule or by a tagger of characters`() throws {
    let tagger = try Self.trained(.word)
    let text = "The cat's tree, 3.5 km."
    #expect(tagger.tags(in: text)[0].tokens.map(\.text) == ["The", "cat's", "tree", ",", "3.5", "km", "."])
    let given = tagger.tags(ofWords: ["the", "red", "cat", "sees"])
    #expect(given.tags == ["DET", "ADJ", "NOUN", "VERB"])
    #expect(given.text == "the red cat sees" && given.spans.isEmpty)
    let segmenter = try Self.trained(.character)
    let words = tagger.tags(in: "张三去王五", segmenter: segmenter)[0].tokens.map(\.text)
    #expect(words == ["张三", "去", "王五"])
    #expect(tagger.tags(in: "").isEmpty && tagger.tags(in: " \n ").isEmpty)
  }

  @Test func `a tagger of characters learns to cut words and tag them at once`() throws {
    let sentences = ToySentences.words(120)
    let (tagger, _) = try SequenceTagger.train(
      on: .array(sentences, name: "toys"), options: ToySentences.options(.character, ["epochs=10"]))
    #expect(tagger.labels.contains("B-NOUN") && tagger.scheme == .bioes)
    let report = try tagger.evaluate(on: .array(ToySentences.words(20, seed: 3), name: "held"))
    #expect(report.spanF1 > 0.8, "\(report.spanF1)")
    #expect(tagger.tags(in: "thecatseesatree")[0].spans.map(\.text) == ["the", "cat", "sees", "a", "tree"])
  }

  @Test func `spans are learned in the scheme that is asked for`() throws {
    let options = try ToySentences.options(.character, ["scheme=bioes"])
    let (tagger, _) = try SequenceTagger.train(
      on: .array(ToySentences.characters(40, scheme: .bio), name: "toys"), options: options)
    #expect(tagger.scheme == .bioes)
    #expect(tagger.labels == ["B-PER", "E-PER", "I-PER", "O"])
    #expect(throws: ConfigurationError.self) { _ = try ToySentences.options(.character, ["scheme=none?"]) }
  }

  @Test func `CoNLL-U that is written is read again`() throws {
    let tagger = try Self.trained(.word)
    let folder = try TemporaryFolder()
    let tagged = tagger.tags(in: "The cat sees (a tree).")
    let path = try folder.write(tagged.map { $0.conlluText() }.joined(), to: "out.conllu")
    let source = try TaggedTextSource(path: path)
    #expect(source.format == .conllu)
    let read = try source.sentences()
    #expect(read.map(\.text) == ["The cat sees (a tree)."])
    #expect(read[0].tokens.map(\.tag) == tagged[0].tags)
  }

  @Test func `tags that training lacks count as wrong`() throws {
    let tagger = try Self.trained(.word)
    var sentences = ToySentences.words(3)
    sentences[0].tokens[0].tag = "UNHEARD"
    let report = try tagger.evaluate(on: .array(sentences, name: "held"))
    #expect(report.unseenTags == ["UNHEARD": 1])
    #expect(report.accuracy < 1)
  }

  @Test func `sentences of one tag, and none, are refused`() throws {
    let options = try ToySentences.options(.word)
    let same = [TaggedSentence(words: ["a", "b"], tags: ["X", "X"])]
    #expect(throws: TrainingError.self) {
      try SequenceTagger.train(on: .array(same + same, name: "toys"), options: options)
    }
    #expect(throws: TrainingError.self) { try SequenceTagger.train(on: .array([], name: "toys"), options: options) }
  }
}
