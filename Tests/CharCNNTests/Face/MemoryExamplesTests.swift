import CharCNNToolkit
import TestSupport
import Testing

/// The same examples in a file and in memory make the same model, whatever nobody sees in them.
@Suite struct MemoryExamplesTests {
  /// What is written around the labels, in turn: nothing, blanks, marks without width.
  private static func dressed(_ label: String, _ number: Int) -> String {
    ["\(label)", " \(label)", "\(label)  ", "\u{FEFF}\(label)", "\(label)\u{200B}", "\u{A0}\(label)"][number % 6]
  }

  /// The files of a bundle that do not say where the examples are from.
  private func learned(_ model: some TrainableModel) throws -> [[UInt8]] {
    let bundle = try ModelBundle(archive: model.data())
    let others = ["config.json", "README.md", "provenance.json", "run.json"]
    return try bundle.fileNames.filter { !others.contains($0) }.map { try bundle.data(named: $0) }
  }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }

  @Test func `texts with line ends, marks and blanks in them, and labels with some around them`() throws {
    let folder = try TemporaryFolder()
    let texts = ToyTexts.texts(120).enumerated().map { number, example in
      let text = ["\(example.text)", "\(example.text)\r\nend", "\u{FEFF}\(example.text)", " \(example.text)\u{200B}\n"]
      return LabeledText(text[number % 4], label: Self.dressed(example.label, number))
    }
    let rows = texts.map { "\(quoted($0.text)),\(quoted($0.label ?? ""))\n" }.joined()
    let path = try folder.write("text,label\n\(rows)", to: "a.csv")
    for settings in [["ngramBits=6"], ["ngramBits=6", "dropsInvisible=false"]] {
      var options = try ToyTexts.options()
      for setting in settings { try options.set(setting) }
      let file = try TextClassifier.train(on: Examples(contentsOf: path), options: options).model
      let memory = try TextClassifier.train(on: Examples(texts), options: options).model
      #expect(memory.labels == ["fruit", "metal", "river"])
      #expect(try learned(memory) == learned(file))
      #expect(try memory.evaluate(on: Examples(texts)) == memory.evaluate(on: Examples(contentsOf: path)))
    }
    // A label of which nothing is left is none, there and here.
    for label in ["", " ", "\u{200B}"] {
      let blank = try folder.write("text,label\nx,a\ny,\"\(label)\"\n", to: "b.csv")
      let options = DataOptions(text: .name("text"), label: .name("label"))
      let kinds = try [Examples(contentsOf: blank, options: options), Examples([("x", "a"), ("y", label)])].map {
        examples in
        #expect(throws: DataError.self) { try TextClassifier.train(on: examples) }?.kind
      }
      #expect(kinds == [.missingLabel, .missingLabel])
    }
  }

  @Test func `pairs`() throws {
    let folder = try TemporaryFolder()
    let pairs = ToyPairs.labels(60).enumerated().map { number, pair in
      TextPair(pair.first, "\(pair.second)\r\n", label: Self.dressed(pair.label ?? "", number))
    }
    let rows = pairs.map { [$0.first, $0.second, $0.label ?? ""].map(quoted).joined(separator: ",") + "\n" }.joined()
    let path = try folder.write("first,second,label\n\(rows)", to: "a.csv")
    let options = try ToyPairs.options(.contrastive, ["epochs=1"])
    let file = try TextMatcher.train(on: Examples(contentsOf: path), options: options).model
    let memory = try TextMatcher.train(on: Examples(pairs), options: options).model
    #expect(try learned(memory) == learned(file))
  }

  @Test func `sentences`() throws {
    let folder = try TemporaryFolder()
    let sentences = ToySentences.words(60).enumerated().map { number, sentence in
      var sentence = sentence
      for place in sentence.tokens.indices {
        sentence.tokens[place].tag = sentence.tokens[place].tag.map { Self.dressed($0, number) }
      }
      return sentence
    }
    let rows = sentences.map { $0.tokens.map { "\($0.text)\t\($0.tag ?? "")\n" }.joined() + "\n" }.joined()
    let path = try folder.write(rows, to: "a.txt")
    let options = try ToySentences.options(.word, ["epochs=1"])
    let file = try SequenceTagger.train(on: Examples(contentsOf: path), options: options).model
    let memory = try SequenceTagger.train(on: Examples(sentences), options: options).model
    #expect(memory.labels == ["ADJ", "DET", "NOUN", "VERB"])
    #expect(try learned(memory) == learned(file))
  }

  @Test func `running text with a byte order mark`() throws {
    let folder = try TemporaryFolder()
    let text = "\u{FEFF}" + (0..<300).map { "line \($0 % 17) of it\r\n" }.joined()
    let path = try folder.write(text, to: "a.txt")
    var options = LanguageOptions(.causal)
    options.threads = 1
    for setting in [
      "filters=8", "blocks=1", "dilations=1", "embedding=4", "epochs=1", "window=32", "dropsInvisible=false",
    ] {
      try options.set(setting)
    }
    let file = try CharacterLanguageModel.train(on: Examples(contentsOf: [path]), options: options).model
    let memory = try CharacterLanguageModel.train(on: Examples([text]), options: options).model
    #expect(try learned(memory) == learned(file))
    #expect(!memory.alphabet.units.contains("\u{FEFF}"))
  }

  @Test func `a tagger of characters tags the characters of words`() throws {
    let tagger = try SequenceTaggerTests.trained(.character, ["epochs=1"])
    let words = ["张三", "看见", "李四海"]
    let found = tagger.tags(ofWords: words)
    #expect(found.text == "张三看见李四海" && found.tokens.map(\.text) == found.text.map(String.init))
    #expect(found.tags == tagger.tags(in: found.text)[0].tags)
    for token in found.tokens { #expect(found.text[token.range] == token.text) }
    #expect(tagger.tags(ofWords: []).tokens.isEmpty)
  }
}
