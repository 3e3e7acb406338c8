import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// A model's run makes the model again.
@Suite struct RepeatedRunTests {
  /// More than a batch of texts.
  private func table(_ folder: TemporaryFolder, _ name: String = "toys.csv", seed: UInt64 = 1) throws -> String {
    let rows = ToyTexts.texts(90, seed: seed).map { "\($0.label);\($0.text)\n" }.joined()
    return try folder.write("kind;words\n" + rows, to: name)
  }

  private let columns = DataOptions(separator: .semicolon, text: .name("words"), label: .name("kind"))

  @Test func `a classifier of a file is made again, to the bit, wherever model and data are now`() throws {
    let folder = try TemporaryFolder()
    let data = try table(folder)
    let options = try ToyTexts.options("rate=0.01", "noise=0.2", "cuts=0.5")
    let examples = try Examples<LabeledText>(contentsOf: data, options: columns)
    let model = try TextClassifier.train(on: examples, options: options).model
    try model.write(to: folder.path("m.charcnn"))
    let run = try ModelBundle.Run(contentsOf: folder.path("m.charcnn"))
    #expect(run.task == .classification)
    #expect(try TextClassifier.train(repeating: run).model.data() == model.data())
    // The file alone says as much, and nothing of the machine.
    let text = String(decoding: try folder.read("m.charcnn/run.json"), as: UTF8.self)
    #expect(text.contains("toys.csv") && !text.contains(folder.path("")))
    let moved = folder.path("elsewhere")
    try FileManager.default.createDirectory(atPath: moved, withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: data, toPath: moved + "/toys.csv")
    try FileManager.default.copyItem(atPath: folder.path("m.charcnn/run.json"), toPath: moved + "/run.json")
    let file = try ModelBundle.Run(contentsOf: moved + "/run.json")
    #expect(file == run)
    #expect(try TextClassifier.train(repeating: file).model.data() == model.data())
    // Data that are gone are an error.
    #expect(throws: DataError.self) { try TextClassifier.train(repeating: run) }
  }

  @Test func `other texts are told, and so is another task`() throws {
    let folder = try TemporaryFolder()
    let texts = ToyTexts.texts(60)
    let model = try TextClassifier.train(
      on: Examples(texts), validation: Examples(ToyTexts.texts(12, seed: 3)), options: ToyTexts.options()
    ).model
    try model.write(to: folder.path("m.charcnn"))
    let run = try ModelBundle.Run(contentsOf: folder.path("m.charcnn"))
    #expect(throws: ConfigurationError.self) { try TextClassifier.train(repeating: run) }
    var warnings: [String] = []
    func note(_ event: TrainingEvent<ClassificationReport>) {
      if case .prepared(let summary) = event { warnings += summary.warnings }
    }
    let held = Examples<LabeledText>(ToyTexts.texts(12, seed: 3))
    let again = try TextClassifier.train(
      repeating: run, on: Examples(texts), validation: held, progress: note
    ).model
    #expect(try again.data() == model.data() && !warnings.contains { $0.contains("run that is repeated") })
    _ = try TextClassifier.train(
      repeating: run, on: Examples(ToyTexts.texts(60, seed: 9)), validation: held, progress: note)
    #expect(warnings.count { $0.contains("run that is repeated") } == 1)
    #expect(throws: StorageError.self) { try SequenceTagger.train(repeating: run) }
  }

  @Test func `another base is told, and a misspelt setting is refused`() throws {
    let folder = try TemporaryFolder()
    let data = try table(folder)
    let examples = try Examples<LabeledText>(contentsOf: data, options: columns)
    func base(_ seed: Int) throws {
      let base = try TextClassifier.train(on: examples, options: ToyTexts.options("seed=\(seed)")).model
      try base.write(to: folder.path("base.charcnn"), overwrite: true)
    }
    try base(2)
    var options = try ToyTexts.options("rate=0.01")
    try options.use(base: folder.path("base.charcnn"))
    let model = try TextClassifier.train(on: examples, options: options).model
    try model.write(to: folder.path("m.charcnn"))
    let run = try ModelBundle.Run(contentsOf: folder.path("m.charcnn"))
    var warnings: [String] = []
    func repeated() throws -> [UInt8] {
      warnings = []
      return try TextClassifier.train(
        repeating: run,
        progress: { event in if case .prepared(let summary) = event { warnings += summary.warnings } }
      ).model.data()
    }
    #expect(try repeated() == model.data() && !warnings.contains { $0.contains("run that is repeated") })
    try base(3)
    #expect(try repeated() != model.data())
    #expect(warnings.contains { $0.contains("base.charcnn is another base than the run that is repeated had") })
    let text = String(decoding: try folder.read("m.charcnn/run.json"), as: UTF8.self)
    let slip = text.replacing(#""finalRate" :"#, with: #""raet" : 1, "finalRate" :"#)
    let gone = try folder.write(
      text.replacing(#""finalRate" :"#, with: #""frozenLayers" : 1, "finalRate" :"#), to: "gone.json")
    let former = try ModelBundle.Run(contentsOf: gone)
    let removed = #expect(throws: StorageError.self) { try TextClassifier.train(repeating: former) }
    #expect(removed?.description.contains("frozenLayers, which this program no longer has") == true)
    let misspelt = try folder.write(slip, to: "edited.json")
    let edited = try ModelBundle.Run(contentsOf: misspelt)
    let error = #expect(throws: StorageError.self) { try TextClassifier.train(repeating: edited) }
    #expect(error?.problem.contains("raet") == true)
  }

  @Test func `every task remembers its run`() throws {
    let folder = try TemporaryFolder()
    let sentences = Examples<TaggedSentence>(ToySentences.words(30), name: "toys")
    let tagger = try SequenceTagger.train(
      on: sentences, options: ToySentences.options(.word, ["epochs=1"])
    ).model
    try tagger.write(to: folder.path("t.charcnn"))
    let tags = try ModelBundle.Run(contentsOf: folder.path("t.charcnn"))
    #expect(try SequenceTagger.train(repeating: tags, on: sentences).model.data() == tagger.data())
    let pairs = ToyPairs.pairs(.classification, 40)
    let matcher = try TextMatcher.train(
      on: pairs, options: ToyPairs.options(.classification, ["epochs=1"])
    ).model
    try matcher.write(to: folder.path("p.charcnn"))
    let pair = try ModelBundle.Run(contentsOf: folder.path("p.charcnn"))
    #expect(try TextMatcher.train(repeating: pair, on: pairs).model.data() == matcher.data())
    let story = String(repeating: "to be or not to be, that is the question. ", count: 60)
    let files = try (0..<2).map { try folder.write(story, to: "story\($0).txt") }
    var options = LanguageOptions()
    options.threads = 1
    for setting in ["filters=16", "embedding=8", "blocks=2", "dilations=1,2", "epochs=1"] { try options.set(setting) }
    let language = try CharacterLanguageModel.train(on: Examples(contentsOf: files), options: options).model
    try language.write(to: folder.path("l.charcnn"))
    let run = try ModelBundle.Run(contentsOf: folder.path("l.charcnn"))
    #expect(try CharacterLanguageModel.train(repeating: run).model.data() == language.data())
  }

  @Test func `a model without a run, and a run of another program, say so`() throws {
    let folder = try TemporaryFolder()
    let other = try folder.write(#"{"version": 2, "task": "classification"}"#, to: "run.json")
    let error = #expect(throws: StorageError.self) { try ModelBundle.Run(contentsOf: other) }
    #expect(error?.kind == .newerVersion)
    let broken = try folder.write("{", to: "broken.json")
    #expect(throws: StorageError.self) { try ModelBundle.Run(contentsOf: broken) }
    #expect(throws: StorageError.self) { try ModelBundle.Run(contentsOf: folder.path("none.json")) }
  }

  @Test func `a training that went on remembers the run that it began as`() throws {
    let folder = try TemporaryFolder()
    let data = try table(folder)
    let examples = try Examples<LabeledText>(contentsOf: data, options: columns)
    var options = try ToyTexts.options("epochs=3")
    let whole = try TextClassifier.train(on: examples, options: options).model
    options.checkpoint = CheckpointOptions(folder: folder.path("c"), interval: .zero)
    let limit = StepLimit(3)
    _ = try TextClassifier.train(
      on: examples, options: options, progress: limit.note, isCancelled: { limit.isOver })
    let renamed = folder.path("renamed.csv")
    try FileManager.default.moveItem(atPath: data, toPath: renamed)
    var checkpoint = try TrainingCheckpoint(contentsOf: folder.path("c"))
    checkpoint.trainingPaths = [renamed]
    #expect(try TextClassifier.resume(checkpoint).model.data() == whole.data())
  }
}
