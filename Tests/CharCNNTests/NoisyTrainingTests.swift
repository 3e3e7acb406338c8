import CharCNNToolkit
import TestSupport
import Testing

/// Training against mistakes of writing.
@Suite struct NoisyTrainingTests {
  /// Texts of six classes, each with one long word of its class, which a slip anywhere changes, among words of all.
  private static func texts(_ count: Int, seed: UInt64 = 1) -> [LabeledText] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    let kinds = ["confirmation", "conformation", "confrontation", "contamination", "concentration", "consideration"]
    let others = ["about", "the", "letter", "that", "came", "yesterday", "in", "march"]
    return (0..<count).map { number in
      let kind = number % kinds.count
      let around = (0..<4).map { _ in others[stream.below(others.count)] }
      return LabeledText("\(around[0]) \(around[1]) \(kinds[kind]) \(around[2]) \(around[3])", label: kinds[kind])
    }
  }

  private func options(_ settings: String...) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    for setting in ["wordPairs=none"] + settings { try options.set(setting) }
    return options
  }

  @Test func `what learned from mistakes bears more of them, and reads clean texts as well`() throws {
    let training = Examples<LabeledText>(Self.texts(400))
    let held = Examples<LabeledText>(Self.texts(300, seed: 2))
    func robustness(_ options: ClassificationOptions) throws -> (clean: Double, noisy: Double) {
      let model = try TextClassifier.train(on: training, options: options).model
      let found = try model.robustness(on: held, rates: [0.3])
      return (found.accuracy, found.rows[0].accuracies[0])
    }
    let (plain, learned) = (try robustness(options()), try robustness(options("noise=0.6")))
    #expect(learned.clean == 1 && plain.clean == 1)
    #expect(learned.noisy > plain.noisy, "\(learned.noisy) and \(plain.noisy)")
  }

  @Test(arguments: [["noise=0.3"], ["noise=0.3", "chunkLength=12"], ["noise=0.3", "ngramTraining=steps"]])
  func `the same bits on any number of threads, and after an interruption`(settings: [String]) throws {
    let folder = try TemporaryFolder()
    var options = try ToyTexts.options("epochs=3")
    for setting in settings { try options.set(setting) }
    let texts = Examples<LabeledText>(ToyTexts.texts(90))
    let expected = try TextClassifier.train(on: texts, options: options).model.data()
    options.threads = 3
    options.checkpoint = CheckpointOptions(folder: folder.path("c"), interval: .zero)
    let limit = StepLimit(3)
    let stopped = try TextClassifier.train(
      on: texts, options: options, progress: limit.note, isCancelled: { limit.isOver })
    #expect(stopped.summary.stopReason == .cancelled)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("c"))
    #expect(try TextClassifier.resume(checkpoint, on: texts).model.data() == expected)
  }

  @Test func `a file and an array are the same, and held texts are not learned from in their copies`() throws {
    let folder = try TemporaryFolder()
    // Each text has a word that no other has: a classifier that saw a copy of a held text would know it.
    let texts = (0..<120).map { number in
      LabeledText("word\(number * 7919) thing", label: ["a", "b"][number * number % 7 % 2])
    }
    let rows = texts.map { "\($0.text),\($0.label ?? "")\n" }.joined()
    let path = try folder.write("text,label\n" + rows, to: "a.csv")
    let options = try options("noise=0.01", "ngrams=none", "wordNgrams=1")
    let (array, summary) = try TextClassifier.train(on: Examples(texts), options: options)
    let file = try TextClassifier.train(on: Examples(contentsOf: path), options: options).model
    let same = ["ngrams.safetensors", "alphabet.json", "labels.json"]
    for name in try ModelBundle(archive: array.data()).fileNames where same.contains(name) || name.hasPrefix("ngram") {
      #expect(
        try ModelBundle(archive: array.data()).data(named: name) == ModelBundle(archive: file.data()).data(named: name))
    }
    #expect(summary.accuracy < 0.95, "the labels of held texts cannot be known: \(summary.accuracy)")
  }

  @Test(arguments: ["0", "-0.1", "1.5", "nan", "lots"])
  func `rates that are none are refused`(rate: String) throws {
    var options = ClassificationOptions()
    #expect(throws: ConfigurationError.self) {
      try options.set("noise=\(rate)")
      _ = try TextClassifier.train(on: Examples(Self.texts(20)), options: options)
    }
  }

  @Test func `other tasks refuse it`() throws {
    var tagging = TaggingOptions(.word)
    #expect(throws: ConfigurationError.self) { try tagging.set("noise=0.1") }
    var matching = MatchingOptions()
    #expect(throws: ConfigurationError.self) { try matching.set("noise=0.1") }
    var language = LanguageOptions()
    #expect(throws: ConfigurationError.self) { try language.set("noise=0.1") }
  }
}
