import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct SequenceTaggerTests {
  static func trained(_ unit: TaggingUnit, _ assignments: [String] = [], scheme: TagScheme = .bmes) throws
    -> SequenceTagger
  {
    let sentences = unit == .word ? ToySentences.words(120) : ToySentences.characters(120, scheme: scheme)
    return try SequenceTagger.train(
      on: Examples(sentences, name: "toys"), options: ToySentences.options(unit, ["epochs=8"] + assignments)
    ).model
  }

  @Test(arguments: TaggingUnit.allCases, TagOutputKind.allCases)
  func `a tagger learns what its sentences show`(unit: TaggingUnit, output: TagOutputKind) throws {
    let tagger = try Self.trained(unit, ["output=\(output.rawValue)"])
    let held = unit == .word ? ToySentences.words(40, seed: 9) : ToySentences.characters(40, seed: 9)
    let report = try tagger.evaluate(on: Examples(held, name: "held"))
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
      // Two characters are two that are outside, or a name.
      #expect(
        probabilities.count == (sentence.tokens.count == 2 ? 2 : 3) && probabilities == probabilities.sorted(by: >))
      #expect(probabilities.reduce(0, +) <= 1 + 1e-6)
      #expect(sentence.sequences[0].tags == sentence.tags)
      // Nothing that the scheme forbids.
      for sequence in sentence.sequences { #expect(TagScheme.bmes.converting(sequence.tags) == sequence.tags) }
    }
    #expect(sentences[0].spans.map(\.text) == ["张三", "李四海"])
  }

  @Test func `sequences are as many as the scheme allows, and as memory does`() throws {
    let tagger = try Self.trained(.character, ["epochs=1"])
    #expect(tagger.labels == ["B-PER", "E-PER", "M-PER", "O"])
    #expect(tagger.tags(in: "高", sequences: 8)[0].sequences.map(\.tags) == [["O"]])
    #expect(tagger.tags(in: "高高高", sequences: .max)[0].sequences.count == 4)
    #expect(tagger.tags(in: "高", sequences: .min)[0].sequences.count == 1)
    let text = String(repeating: "张三去李四海", count: 100)
    let many = tagger.tags(in: text, sequences: .max)[0].sequences
    #expect(many.count == SequenceTagger.mostSequences && Set(many.map(\.tags)).count == many.count)
    // Fewer of a long sentence, the same whether it is alone or among others, and the same first ones.
    let long = TaggedSentence(words: Array(repeating: ["张", "三", "去"], count: 1_000).flatMap { $0 })
    let short = TaggedSentence(words: ["张", "三", "去", "王", "五"])
    let alone = tagger.tags(of: [long], sequences: 1_000)[0]
    #expect(alone.sequences.count == (1 << 22) / (3_000 * 4))
    let together = tagger.tags(of: [short, long, short], sequences: 1_000)
    #expect(together[1].sequences.map(\.tags) == alone.sequences.map(\.tags))
    #expect(tagger.tags(of: [long], sequences: 3)[0].sequences.map(\.tags) == alone.sequences.prefix(3).map(\.tags))
    #expect(together[0].sequences == together[2].sequences && together[0].sequences.count > 4)
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
    // One of words cuts nothing.
    #expect(tagger.tags(in: "The cat's tree", segmenter: tagger)[0].tokens.map(\.text) == ["The", "cat's", "tree"])
    #expect(tagger.tags(in: "").isEmpty && tagger.tags(in: " \n ").isEmpty)
  }

  @Test func `a tagger of characters learns to cut words and tag them at once`() throws {
    let sentences = ToySentences.words(120)
    let (tagger, _) = try SequenceTagger.train(
      on: Examples(sentences, name: "toys"), options: ToySentences.options(.character, ["epochs=10"]))
    #expect(tagger.labels.contains("B-NOUN") && tagger.scheme == .bioes)
    let report = try tagger.evaluate(on: Examples(ToySentences.words(20, seed: 3), name: "held"))
    #expect(report.spanF1 > 0.8, "\(report.spanF1)")
    #expect(tagger.tags(in: "thecatseesatree")[0].spans.map(\.text) == ["the", "cat", "sees", "a", "tree"])
  }

  @Test func `spans are learned in the scheme that is asked for`() throws {
    let options = try ToySentences.options(.character, ["scheme=bioes"])
    let (tagger, _) = try SequenceTagger.train(
      on: Examples(ToySentences.characters(40, scheme: .bio), name: "toys"), options: options)
    #expect(tagger.scheme == .bioes)
    #expect(tagger.labels == ["B-PER", "E-PER", "I-PER", "O"])
    #expect(throws: ConfigurationError.self) { _ = try ToySentences.options(.character, ["scheme=none?"]) }
  }

  /// The same sentences with I for B.
  private static func inside(_ sentences: [TaggedSentence]) -> [TaggedSentence] {
    sentences.map { sentence in
      var sentence = sentence
      for place in sentence.tokens.indices where sentence.tokens[place].tag?.hasPrefix("B") == true {
        sentence.tokens[place].tag = "I-PER"
      }
      return sentence
    }
  }

  @Test(arguments: [TagScheme.bio, .bioes])
  func `tags without a beginning are learned and measured as those with one`(scheme: TagScheme) throws {
    let sentences = ToySentences.characters(60, scheme: .bio)
    let options = try ToySentences.options(.character, ["scheme=\(scheme.rawValue)", "epochs=8"])
    let tagger = try SequenceTagger.train(
      on: Examples(Self.inside(sentences), name: "toys"), validation: Examples(Self.inside(sentences), name: "held"),
      options: options
    ) { event in
      if case .prepared(let summary) = event { #expect(summary.unseenLabels.isEmpty) }
    }.model
    #expect(tagger.scheme == scheme && tagger.labels.contains("B-PER"))
    let held = ToySentences.characters(40, scheme: .bio, seed: 9)
    let expected = try tagger.evaluate(on: Examples(held, name: "held"))
    #expect(expected.accuracy > 0.9)
    #expect(try tagger.evaluate(on: Examples(Self.inside(held), name: "held")) == expected)
    // A part that shows no scheme is read by that of the model: a lone I begins a span.
    let alone = TaggedSentence(words: ["张", "三", "去"], tags: ["O", "O", "O"])
    #expect(try tagger.evaluate(on: Examples([alone], name: "held")).unseenTags.isEmpty)
  }

  @Test func `tokens in any order have tags, spans and lines`() throws {
    let tagger = try Self.trained(.character)
    let tokens = [("张", 6..<9), ("三", 0..<3), ("去", 3..<6)].map { TaggedToken(text: $0, range: $1, tag: nil) }
    let sentence = tagger.tags(of: [TaggedSentence(text: "三去张", tokens: tokens)])[0]
    #expect(sentence.tags == ["B-PER", "E-PER", "O"] && sentence.spans.map(\.text) == ["三去张"])
    #expect(sentence.conlluText().hasPrefix("# text = 三去张\n1\t张\t"))
  }

  @Test func `names that took each other's places are less of a surprise in any place`() throws {
    // Each name stands in one place only, so that a place tells what to expect there.
    func sentence(_ first: String, _ second: String) -> TaggedSentence {
      let text = Array(first + "去" + second).map(String.init)
      let spans = [
        TagSpan(type: "PER", tokens: 0..<first.count), TagSpan(type: "PER", tokens: first.count + 1..<text.count),
      ]
      return TaggedSentence(words: text, tags: TagScheme.bmes.tags(of: spans, count: text.count))
    }
    let sentences = (0..<60).map { sentence(["张三", "李四"][$0 % 2], ["王小五", "赵大六"][$0 % 2]) }
    func loss(_ swaps: String) throws -> Double {
      let (tagger, _) = try SequenceTagger.train(
        on: Examples(sentences, name: "toys"), validation: Examples(sentences, name: "toys"),
        options: ToySentences.options(.character, ["epochs=10", "spanSwaps=\(swaps)"]))
      let turned = [sentence("王小五", "张三"), sentence("赵大六", "李四")]
      return try #require(tagger.evaluate(on: Examples(turned, name: "turned")).loss)
    }
    #expect(try loss("0.5") < 0.5 * loss("0"))
    #expect(throws: ConfigurationError.self) { _ = try ToySentences.options(.character, ["spanSwaps=1"]) }
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

  @Test(arguments: ["upos", "xpos", "feats", "deprel", "NE"])
  func `a tagger writes the column that it was trained on, and reads it again`(column: String) throws {
    let folder = try TemporaryFolder()
    // Bars and equals signs, as features have them.
    let values = ["DET": "Case=Nom|Number=Sing", "NOUN": "B-X=a|b\\p", "VERB": "C", "PUNCT": "D"]
    var text = ""
    for sentence in ToySentences.words(60) {
      for (place, token) in sentence.tokens.enumerated() {
        var fields = ["\(place + 1)", token.text] + [String](repeating: "_", count: 8)
        fields[9] = "Other=1"
        CoNLLUFields.set(values[token.tag ?? ""] ?? "E", in: column, of: &fields)
        text += fields.joined(separator: "\t") + "\n"
      }
      text += "\n"
    }
    let source = try TaggedTextSource(
      path: try folder.write(text, to: "in.conllu"), options: TaggedTextOptions(tagColumn: .name(column)))
    let trained = try SequenceTagger.train(
      on: Examples(source), options: ToySentences.options(.word, ["epochs=2"])
    ).model
    let bundle = folder.path("m.charcnn")
    try trained.write(to: bundle)
    let tagger = try SequenceTagger(contentsOf: bundle)
    #expect(tagger.columnOfCoNLLU == column)
    let tagged = tagger.tags(in: "The cat sees (a tree).")
    let output = tagged.map { $0.conlluText(column: tagger.columnOfCoNLLU) }.joined()
    let again = try TaggedTextSource(
      path: try folder.write(output, to: "out.conllu"), options: TaggedTextOptions(usualColumn: tagger.columnOfCoNLLU))
    #expect(again.conlluColumn == column)
    #expect(try again.sentences()[0].tokens.map(\.tag) == tagged[0].tags)
    #expect(try tagger.evaluate(on: Examples(again)).accuracy == 1)
  }

  @Test func `tags that training lacks count as wrong`() throws {
    let tagger = try Self.trained(.word)
    var sentences = ToySentences.words(3)
    sentences[0].tokens[0].tag = "UNHEARD"
    let report = try tagger.evaluate(on: Examples(sentences, name: "held"))
    #expect(report.unseenTags == ["UNHEARD": 1])
    #expect(report.accuracy < 1)
  }

  @Test func `the loss is that of the sentences whose tags are all known`() throws {
    let tagger = try Self.trained(.word, ["epochs=2"])
    let known = ToySentences.words(524)
    let unknown = ToySentences.words(500, seed: 2).map { sentence in
      var sentence = sentence
      sentence.tokens[0].tag = "UNHEARD"
      return sentence
    }
    // Much less likely than the others, and in another piece of the evaluation.
    let wrong = ToySentences.words(76, seed: 3).map { sentence in
      var sentence = sentence
      for place in sentence.tokens.indices { sentence.tokens[place].tag = "DET" }
      return sentence
    }
    let expected = try tagger.evaluate(on: Examples(known + wrong, name: "held"))
    let report = try tagger.evaluate(on: Examples(unknown + known + wrong, name: "held"))
    #expect(report.unseenTags == ["UNHEARD": 500])
    let (loss, right) = (try #require(report.loss), try #require(expected.loss))
    #expect(abs(loss - right) < 1e-5 * right, "\(loss) \(right)")
    #expect(try tagger.evaluate(on: Examples(unknown, name: "held")).loss == nil)
  }

  @Test func `sentences of one tag, and none, are refused`() throws {
    let options = try ToySentences.options(.word)
    let same = [TaggedSentence(words: ["a", "b"], tags: ["X", "X"])]
    let error = #expect(throws: TrainingError.oneTag(path: "toys", tag: "X", isInMemory: true)) {
      try SequenceTagger.train(on: Examples(same + same, name: "toys"), options: options)
    }
    #expect(error?.description.contains("classifier") == false)
    let bytes = #expect(throws: ConfigurationError.self) {
      let options = try ToySentences.options(.character, ["unit=byte"])
      _ = try SequenceTagger.train(on: Examples(ToySentences.characters(20), name: "toys"), options: options)
    }
    #expect(bytes?.setting == "unit")
    #expect(throws: TrainingError.self) { try SequenceTagger.train(on: Examples([], name: "toys"), options: options) }
  }
}
