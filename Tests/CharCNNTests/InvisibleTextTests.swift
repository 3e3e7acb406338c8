import CharCNN
import Foundation
import TestSupport
import Testing

/// Characters that nobody sees do not change what a model says.
@Suite struct InvisibleTextTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What is put between the two halves of every word.
  private static func laced(_ text: String) -> String {
    "\u{FEFF}"
      + text.split(separator: " ").map { "\($0.prefix(2))\u{200B}\u{AD}\($0.dropFirst(2))\u{200F}" }.joined(
        separator: " ")
  }

  @Test func `a classifier judges a text as it does without them`() throws {
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    for (text, _) in ToyTexts.texts(9, seed: 4) {
      #expect(
        classifier.predictedLabelHypotheses(for: Self.laced(text), maximumCount: 3)
          == classifier.predictedLabelHypotheses(for: text, maximumCount: 3))
    }
    #expect(classifier.predictedLabel(for: "\u{200B}\u{FEFF}") == nil)
    #expect(classifier.predictedLabelHypotheses(for: "\u{AD}", maximumCount: 3).isEmpty)
  }

  @Test func `the setting is kept with the model, and can be switched off`() throws {
    let texts = ToyTexts.texts(60).map { ("\($0.text)\u{200B}", $0.label) }
    for (assignments, drops) in [([], true), (["dropsInvisible=false"], false)] {
      var options = try ToyTexts.options("epochs=1")
      for assignment in assignments { try options.set(assignment) }
      let classifier = try TextClassifier.train(on: Examples(texts), options: options).model
      #expect(classifier.textSettings.dropsInvisible == drops)
      #expect(classifier.alphabet.units.contains("\u{200B}") != drops)
      try classifier.write(to: folder.path("model"), overwrite: true)
      #expect(try TextClassifier(contentsOf: folder.path("model")).textSettings == classifier.textSettings)
      // Who starts from it reads as it does.
      var next = ClassificationOptions()
      try next.use(base: folder.path("model"))
      #expect(next.text.dropsInvisible == drops)
      var pairs = MatchingOptions()
      try pairs.use(base: folder.path("model"))
      #expect(pairs.text.dropsInvisible == drops)
      var tags = TaggingOptions(.character)
      try tags.use(base: folder.path("model"))
      #expect(tags.text.dropsInvisible == drops)
    }
  }

  @Test func `a tagger reads words without them and tells the places of the whole words`() throws {
    let tagger = try SequenceTaggerTests.trained(.word, ["epochs=2"])
    let words = ToySentences.words(1, seed: 7)[0].tokens.map(\.text)
    let laced = words.map { "\u{200E}\($0.prefix(1))\u{AD}\($0.dropFirst(1))" }
    let plain = tagger.tags(of: [TaggedSentence(words: words)])[0]
    let found = tagger.tags(of: [TaggedSentence(words: laced)])[0]
    #expect(found.tags == plain.tags && found.tokens.map(\.probability) == plain.tokens.map(\.probability))
    #expect(found.tokens.map(\.text) == laced)
    // A word of nothing else is a word without characters.
    #expect(tagger.tags(of: [TaggedSentence(words: ["\u{200B}", words[0]])])[0].tags.count == 2)
    let characters = try SequenceTaggerTests.trained(.character, ["epochs=1"])
    #expect(characters.tags(in: "张\u{200B}三").flatMap(\.tags).count == 3)
  }

  @Test func `a language model neither learns nor counts them`() throws {
    let text = ToyTexts.texts(120).map { $0.text + "\n" }.joined()
    var models: [CharacterLanguageModel] = []
    for (name, content) in [("plain", text), ("laced", text.replacingOccurrences(of: "e", with: "e\u{200B}"))] {
      var options = LanguageOptions(.causal)
      options.threads = 1
      for assignment in [
        "filters=8", "embedding=4", "blocks=1", "dilations=1", "window=32", "batchCharacters=256", "epochs=1",
      ] {
        try options.set(assignment)
      }
      models.append(
        try CharacterLanguageModel.train(
          on: Examples(contentsOf: folder.write(content, to: "\(name).txt")), options: options
        ).model)
    }
    #expect(models[0].alphabet == models[1].alphabet)
    #expect(models[0].record?.bitsPerCharacter == models[1].record?.bitsPerCharacter)
  }
}
