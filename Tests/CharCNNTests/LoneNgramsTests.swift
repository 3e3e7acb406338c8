import CharCNNToolkit
import Foundation
import Synchronization
import TestSupport
import Testing

/// Classifiers that are n-grams alone, without a network.
@Suite struct LoneNgramsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func options(_ settings: String..., threads: Int = 2) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = threads
    for assignment in settings { try options.set(assignment) }
    return options
  }

  private func model(_ texts: [(text: String, label: String)] = ToyTexts.texts(300), threads: Int = 2) throws
    -> TextClassifier
  {
    try TextClassifier.train(on: Examples(texts), options: options(threads: threads)).model
  }

  private func files(_ model: TextClassifier, _ name: String) throws -> [String: [UInt8]] {
    try model.write(to: folder.path(name))
    return try folder.files(of: name)
  }

  @Test func `they answer, and a written model answers as the one in memory`() throws {
    let (model, summary) = try TextClassifier.train(on: Examples(ToyTexts.texts(300)), options: options())
    #expect(summary.epochs == 0 && summary.bestEpoch == 0 && summary.stopReason == .finished)
    #expect(summary.parameters == model.parameterCount && summary.parameters > 100)
    #expect(try model.evaluate(on: Examples(ToyTexts.texts(200, seed: 4))).accuracy > 0.95)
    _ = try files(model, "model.charcnn")
    let opened = try TextClassifier(contentsOf: folder.path("model.charcnn"))
    let archived = try TextClassifier(data: try model.data())
    let texts = ToyTexts.texts(900, seed: 9).map(\.text) + ["", "x", "字"]
    let expected = model.predictions(for: texts, maximumCount: 3)
    #expect(expected.allSatisfy { $0.count == 3 && abs($0.reduce(0) { $0 + $1.probability } - 1) < 1e-4 })
    #expect(opened.predictions(for: texts, maximumCount: 3) == expected)
    #expect(archived.predictions(for: texts, maximumCount: 3) == expected)
    for (text, answer) in zip(texts, expected) { #expect(opened.predictions(for: [text], maximumCount: 3) == [answer]) }
  }

  @Test func `the same bytes on any number of threads`() throws {
    let one = try files(model(threads: 1), "1.charcnn")
    #expect(one.keys.sorted().contains("ngrams.safetensors"))
    for threads in [2, 5] { #expect(try files(model(threads: threads), "\(threads).charcnn") == one) }
  }

  @Test func `all that learns in the file is one number, which the validation texts decide`() throws {
    _ = try files(model(), "model.charcnn")
    let weights = try ModelBundle(contentsOf: folder.path("model.charcnn")).safetensors(named: "model.safetensors")
    #expect(weights.names == ["ngrams.mixture"])
    let factor = try weights.floats("ngrams.mixture")
    #expect(factor.count == 1 && factor[0] > 0 && factor[0] != 1)
    let options = try options()
    var byProperty = ClassificationOptions()
    byProperty.architecture = .ngrams
    byProperty.threads = 2
    #expect(
      try TextClassifier.train(on: Examples(ToyTexts.texts(300)), options: byProperty).model.ngrams.ngramTraining
        == .solved)
    #expect(try JSONDecoder().decode(ClassificationOptions.self, from: JSONEncoder().encode(options)) == options)
  }

  @Test func `two classes, many of them, and one that no validation text has`() throws {
    let two = ToyTexts.texts(300).filter { $0.label != "river" }
    #expect(
      try model(two).evaluate(on: Examples(ToyTexts.texts(90, seed: 2).filter { $0.label != "river" })).accuracy > 0.95)
    let many = (0..<1_000).map { ("number \($0 % 200) and \($0 / 200)", "class \($0 % 200)") }
    let report = try TextClassifier.train(
      on: Examples(many), validation: Examples(Array(many.prefix(100))), options: options()
    ).summary.report
    #expect(report.accuracy > 0.9)
    let (lacking, _) = try TextClassifier.train(
      on: Examples(ToyTexts.texts(300)), validation: Examples(two), options: options())
    #expect(lacking.predictedLabel(for: "danube volga elbe") == "river")
  }

  @Test func `empty texts learn how frequent their classes are`() throws {
    let texts = (0..<80).map { ("", $0 % 4 == 0 ? "rare" : "frequent") }
    let model = try model(texts)
    #expect(model.predictions(for: ["", "anything"]).allSatisfy { $0[0].label == "frequent" })
  }

  @Test(arguments: [
    "filters=8", "epochs=3", "rate=0.1", "patience=2", "cuts=0.5", "dropout=0", "widths=3",
  ])
  func `settings of networks and steps are refused by name`(assignment: String) throws {
    let name = String(assignment.prefix { $0 != "=" })
    let error = #expect(throws: ConfigurationError.self) { try options(assignment) }
    #expect(error?.setting == name)
    #expect(try !options().settings.map(\.name).contains(name))
  }

  @Test func `properties that say what they cannot do are refused before anything is read`() throws {
    let unread = Examples<LabeledText> { _ in Issue.record("was read") }
    for (setting, change) in [
      ("epochs", { $0.training.epochs = 3 }), ("cuts", { $0.data.cuts = 0.5 }),
      ("thesaurus", { $0.thesaurus = "words.dat" }), ("ngrams", { $0.ngrams = .none }),
      (
        "checkpoint",
        { [folder] in
          $0.ngrams.ngramTraining = .solved
          $0.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"))
        }
      ),
    ] as [(String, (inout ClassificationOptions) -> Void)] {
      var options = try options()
      change(&options)
      let error = #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: unread, options: options) }
      #expect(error?.setting == setting)
    }
    for change: (inout ClassificationOptions) -> Void in [
      { $0.embeddings = "vectors.vec" }, { $0.embeddingsFrozen = true },
    ] {
      var options = try options()
      change(&options)
      #expect(throws: ConfigurationError.self) {
        try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options)
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("checkpoints")))
  }

  @Test func `they are quantized already, make no vectors and lend nothing`() throws {
    let model = try model()
    #expect(throws: ConfigurationError.self) { try model.quantized() }
    for level in FeatureOptions.Level.allCases {
      #expect(throws: ConfigurationError.self) { try model.featureDimension(FeatureOptions(level: level)) }
    }
    #expect(model.embeddings == nil)
    _ = try files(model, "base.charcnn")
    var options = ClassificationOptions()
    let error = #expect(throws: ConfigurationError.self) { try options.use(base: folder.path("base.charcnn")) }
    #expect(error?.problem.contains("n-grams alone") == true)
    #expect(throws: ConfigurationError.self) { try TextClassifier.untrained(for: "text", options: self.options()) }
    #expect(model.walkthrough(of: "apple plum").predictions.count == 3)
  }

  @Test(arguments: [true, false])
  func `a bundle that lacks the n-grams is refused, with a network and without`(hasNetwork: Bool) throws {
    let small = try ToyTexts.options("filters=16", "embedding=8", "blocks=1", "epochs=1")
    let options = try hasNetwork ? small : self.options()
    _ = try files(TextClassifier.train(on: Examples(ToyTexts.texts(300)), options: options).model, "good.charcnn")
    let bundle = try ModelBundle(contentsOf: folder.path("good.charcnn"))
    let names = ["config.json", "alphabet.json", "labels.json", "model.safetensors"]
    let crafted = folder.path("crafted.charcnn")
    try ModelBundle.write(to: crafted, files: try names.map { BundleFile($0, bytes: try bundle.data(named: $0)) })
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: crafted) }
    if hasNetwork { return }
    var files = try names.map { BundleFile($0, bytes: try bundle.data(named: $0)) }
    let configuration = String(decoding: try bundle.data(named: "config.json"), as: UTF8.self)
    files[0] = BundleFile(
      "config.json", bytes: Array(configuration.replacingOccurrences(of: "\"solved\"", with: "\"steps\"").utf8))
    let other = folder.path("other.charcnn")
    try ModelBundle.write(to: other, files: files)
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: other) }
  }

  @Test func `a search tells how far it is`() throws {
    var reports: [SolvingReport] = []
    var order: [String] = []
    _ = try TextClassifier.train(
      on: Examples(ToyTexts.texts(600)), options: options(),
      progress: { event in
        switch event {
        case .solving(let report):
          reports.append(report)
          order.append("solving")
        case .prepared(let summary):
          #expect(summary.epochs == 0 && summary.parameters > 0)
          #expect(summary.warnings.withoutCopies.isEmpty, "\(summary.warnings)")
          order.append("prepared")
        default: break
        }
      })
    #expect(order.first == "solving" && order.last == "prepared")
    #expect(reports.allSatisfy { (0...1).contains($0.fraction) && $0.seconds >= 0 })
  }

  @Test func `a search that is stopped or out of time gives what it has, and says so`() throws {
    /// Somebody may want it to end once the texts have been passed over.
    func train(_ options: ClassificationOptions, stops: Bool) throws -> (TextClassifier, StopReason, [String]) {
      var warnings: [String] = []
      let isStopped = Atomic(false)
      let (model, summary) = try TextClassifier.train(
        on: Examples(ToyTexts.texts(300)), options: options,
        progress: { event in
          if case .prepared(let summary) = event { warnings = summary.warnings.withoutCopies }
          if case .solving(let report) = event, report.passes > 0 { isStopped.store(stops, ordering: .relaxed) }
        }, isCancelled: { isStopped.load(ordering: .relaxed) })
      return (model, summary.stopReason, warnings)
    }
    var short = try options()
    short.timeLimit = .nanoseconds(1)
    let (late, reason, warnings) = try train(short, stops: false)
    #expect(reason == .timeLimit && warnings.count == 1 && warnings[0].contains("before its optimum"), "\(warnings)")
    #expect(try late.evaluate(on: Examples(ToyTexts.texts(200, seed: 4))).accuracy > 0.8)
    // On one thread, so that nothing is found while it is told that a pass is done.
    var alone = try options()
    alone.threads = 1
    let (stopped, stop, notes) = try train(alone, stops: true)
    #expect(stop == .cancelled && notes.count == 1, "\(notes)")
    #expect(try stopped.evaluate(on: Examples(ToyTexts.texts(200, seed: 4))).accuracy > 0.8)
    #expect(throws: TrainingError.stoppedBeforeFirstStep) {
      try TextClassifier.train(on: Examples(ToyTexts.texts(300)), options: options(), isCancelled: { true })
    }
  }

  @Test func `a network beside a search that is stopped has learned nothing, and half of the time is the network's`()
    throws
  {
    var options = try ToyTexts.options("ngramTraining=solved")
    #expect(throws: TrainingError.stoppedBeforeFirstStep) {
      try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options, isCancelled: { true })
    }
    options.timeLimit = .seconds(1_000)
    let summary = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options).summary
    #expect(summary.epochs == 2 && summary.stopReason == .finished)
  }
}
