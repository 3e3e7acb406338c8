import CharCNNToolkit
import TestSupport
import Testing

/// Settings that would be ignored without a word: refused, or told where only the data shows it.
@Suite struct UnusedSettingsTests {
  /// The warnings before a training, which ends before its first step.
  private func warnings<Report>(
    _ train: (_ progress: (TrainingEvent<Report>) -> Void, @escaping @Sendable () -> Bool) throws -> Void
  )
    throws -> [String]
  {
    var warnings: [String] = []
    do {
      try train(
        { event in
          if case .prepared(let summary) = event { warnings = summary.warnings }
        }, { true })
      Issue.record("nothing stopped the training")
    } catch TrainingError.stoppedBeforeFirstStep {}
    return warnings
  }

  @Test func `taggers refuse cuts, chunks and smoothing of a random field`() throws {
    let sentences = Examples<TaggedSentence>(ToySentences.words(20), name: "toys")
    for change: (inout TaggingOptions) -> Void in [
      { $0.data.cuts = 0.5 }, { $0.text.chunkLength = 9 }, { $0.training.labelSmoothing = 0.1 },
    ] {
      var options = try ToySentences.options(.word)
      change(&options)
      #expect(throws: ConfigurationError.self) { try SequenceTagger.train(on: sentences, options: options) }
    }
    let smooth = try ToySentences.options(.word, ["output=softmax", "labelSmoothing=0.1", "epochs=1"])
    _ = try SequenceTagger.train(on: sentences, options: smooth)
  }

  @Test func `settings of spans are told where the tags mark none`() throws {
    let options = try ToySentences.options(.word, ["scheme=bioes", "spanSwaps=0.2"])
    let words = try warnings {
      _ = try SequenceTagger.train(
        on: Examples(ToySentences.words(20), name: "toys"), options: options, progress: $0, isCancelled: $1)
    }
    #expect(words.count == 2 && words[0].contains("scheme") && words[1].contains("spanSwaps"), "\(words)")
    let names = try ToySentences.options(.character, ["scheme=bioes", "spanSwaps=0.2"])
    let spans = try warnings {
      _ = try SequenceTagger.train(
        on: Examples(ToySentences.characters(20), name: "toys"), options: names, progress: $0, isCancelled: $1)
    }
    #expect(spans.isEmpty, "\(spans)")
  }

  @Test func `language models refuse cuts and chunks`() throws {
    let folder = try TemporaryFolder()
    let text = try folder.write(String(repeating: "a text of a few words\n", count: 40), to: "text.txt")
    for change: (inout LanguageOptions) -> Void in [{ $0.data.cuts = 0.5 }, { $0.text.chunkLength = 9 }] {
      var options = LanguageOptions()
      change(&options)
      #expect(throws: ConfigurationError.self) {
        try CharacterLanguageModel.train(on: Examples(contentsOf: text), options: options)
      }
    }
  }

  @Test(arguments: [MatchingObjective.classification, .contrastive])
  func `bounds of scores are refused where there are none`(objective: MatchingObjective) throws {
    for assignment in ["lowest=0", "highest=1"] {
      let options = try ToyPairs.options(objective, [assignment])
      let error = #expect(throws: ConfigurationError.self) {
        try TextMatcher.train(on: ToyPairs.pairs(objective, 20), options: options)
      }
      #expect(error.map { assignment.hasPrefix($0.setting) } == true)
    }
  }

  @Test(arguments: ["ngramBayes=0.1", "ngramBits=8", "ngramWidth=4", "ngramRate=0.1"])
  func `settings of n-grams need n-grams`(assignment: String) throws {
    let texts = Examples<LabeledText>(ToyTexts.texts(20))
    let error = #expect(throws: ConfigurationError.self) {
      try TextClassifier.train(on: texts, options: ToyTexts.options("ngrams=none", assignment))
    }
    #expect(error.map { assignment.hasPrefix($0.setting) } == true)
  }
}
