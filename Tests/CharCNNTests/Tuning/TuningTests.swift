import CharCNNToolkit
import TestSupport
import Testing

/// A search for settings, with trainings.
@Suite struct TuningTests {
  /// Texts whose labels are in the case of their letters alone, which the defaults do not see.
  private let texts = (0..<240).map { number in
    let words = ["apple", "plum", "pear", "cherry", "melon", "grape", "quince"]
    let text = "\(words[number % 7]) \(words[number / 7 % 7]) \(words[number / 49 % 7])"
    return number % 2 == 0 ? LabeledText(text, label: "calm") : LabeledText(text.uppercased(), label: "loud")
  }

  private func options() throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = 1
    return options
  }

  @Test func `what the defaults cannot see is found, and the model says how it was made`() throws {
    let folder = try TemporaryFolder()
    let journal = folder.path("m.trials")
    var told = 0
    let (model, summary, search) = try TextClassifier.tune(
      on: Examples(texts), options: options(), timeLimit: .seconds(120), journal: journal,
      trial: { trial, count in
        told += 1
        #expect(count == told && trial.part >= 1)
      })
    #expect(search.settings.contains("foldsCase=false"), "\(search.settings)")
    #expect(search.metric == "accuracy" && (search.gain ?? 0) > 0.2 && search.trials.count == told)
    #expect(summary.accuracy > 0.95 && !model.textSettings.foldsCase)
    #expect(search.trials.contains { $0.settings.isEmpty && $0.fraction == 1 })
    // The journal makes the same search in no time.
    let again = try TextClassifier.tune(
      on: Examples(texts), options: options(), timeLimit: .seconds(120), journal: journal)
    #expect(again.search.settings == search.settings && again.search.trials == search.trials)
    #expect(try again.model.data() == model.data())
    // And the settings make the same model.
    var settled = try options()
    for setting in search.settings { try settled.set(setting) }
    #expect(try TextClassifier.train(on: Examples(texts), options: settled).model.data() == model.data())
    #expect(throws: StorageError.self) {
      try TextClassifier.tune(
        on: Examples(texts.dropLast()), options: options(), timeLimit: .seconds(120), journal: journal)
    }
  }

  @Test func `what was changed stays, and what a model may take is kept`() throws {
    var options = try options()
    try options.set("wordNgrams=1")
    let (model, _, search) = try TextClassifier.tune(
      on: Examples(texts), validation: Examples(texts.prefix(60)), options: options, timeLimit: .seconds(60),
      metric: "macroF1", sizeLimit: 60_000)
    #expect(search.trials.allSatisfy { !$0.settings.contains { $0.hasPrefix("wordNgrams=") } })
    #expect(search.metric == "macroF1" && search.trials.allSatisfy { $0.examples == 60 || $0.figure == nil })
    #expect(try model.data().count < 80_000)
  }

  @Test func `what cannot be searched is refused`() throws {
    let few = #expect(throws: ConfigurationError.self) {
      try TextClassifier.tune(on: Examples(texts.prefix(20)), options: options(), timeLimit: .seconds(60))
    }
    #expect(few?.problem.contains("50") == true)
    let metric = #expect(throws: ConfigurationError.self) {
      try TextClassifier.tune(on: Examples(texts), options: options(), timeLimit: .seconds(60), metric: "f2")
    }
    #expect(metric?.advice?.contains("macroF1") == true)
    #expect(throws: ConfigurationError.self) {
      try TextClassifier.tune(on: Examples(texts), options: options(), timeLimit: .zero)
    }
    #expect(throws: CancellationError.self) {
      try TextClassifier.tune(
        on: Examples(texts), options: options(), timeLimit: .seconds(60), isCancelled: { true })
    }
  }

  @Test func `taggers are tuned by their spans`() throws {
    var options = try ToySentences.options(.word, ["epochs=1"])
    options.threads = 1
    let (_, _, search) = try SequenceTagger.tune(
      on: Examples(ToySentences.words(60), name: "toys"), options: options, timeLimit: .seconds(20))
    #expect(search.metric == "spanF1" && search.trials.count > 2)
  }
}
