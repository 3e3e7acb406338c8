import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct TrainingRunTests {
  private func train(
    _ options: ClassificationOptions, texts: [(text: String, label: String)] = ToyTexts.texts(90),
    validation: [(text: String, label: String)] = ToyTexts.texts(30, seed: 2),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> (
    classifier: TextClassifier, summary: TrainingSummary<ClassificationReport>,
    epochs: [EpochReport<ClassificationReport>], data: DataSummary
  ) {
    var epochs: [EpochReport<ClassificationReport>] = []
    var data = DataSummary()
    let (classifier, summary) = try TextClassifier.train(
      on: Examples(texts), validation: Examples(validation), options: options,
      progress: { event in
        if case .epoch(let report) = event { epochs.append(report) }
        if case .prepared(let prepared) = event { data = prepared }
      }, isCancelled: isCancelled)
    return (classifier, summary, epochs, data)
  }

  private func accuracy(_ classifier: TextClassifier, _ texts: [(text: String, label: String)]) -> Double {
    let predictions = classifier.predictions(for: texts.map(\.text))
    return Double(zip(predictions, texts).count { $0.first?.label == $1.label }) / Double(texts.count)
  }

  @Test(arguments: [
    ["epochs=12", "rate=0.01"], ["optimizer=sgd", "rate=0.2", "epochs=15", "averaging=0"],
    ["optimizer=adadelta", "rate=1", "schedule=constant", "epochs=25", "averaging=0", "patience=none"],
  ])
  func `every optimizer learns the words of the classes`(assignments: [String]) throws {
    var options = try ToyTexts.options()
    for assignment in assignments { try options.set(assignment) }
    let (classifier, summary, _, _) = try train(options)
    #expect(summary.accuracy > 0.9)
    #expect(accuracy(classifier, ToyTexts.texts(60, seed: 3)) > 0.9)
  }

  @Test func `a summary survives JSON, and one of an earlier version is read`() throws {
    var summary = try train(ToyTexts.options("epochs=1")).summary
    summary.notes = ["a note"]
    let data = try JSONEncoder().encode(summary)
    let read = try JSONDecoder().decode(TrainingSummary<ClassificationReport>.self, from: data)
    #expect(read.notes == ["a note"] && read.report == summary.report && read.seconds == summary.seconds)
    #expect(read.epochs == 1 && read.stopReason == .finished && read.parameters == summary.parameters)
    var members = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    members["notes"] = nil
    let earlier = try JSONSerialization.data(withJSONObject: members)
    let older = try JSONDecoder().decode(TrainingSummary<ClassificationReport>.self, from: earlier)
    #expect(older.notes.isEmpty && older.report == summary.report)
  }

  @Test func `the best epoch is kept`() throws {
    // A rate that is far too high goes up and down.
    let validation = ToyTexts.texts(60, seed: 2)
    let options = try ToyTexts.options(
      "epochs=6", "rate=0.1", "averaging=0", "schedule=constant", "patience=none", "clip=none")
    let (classifier, summary, epochs, _) = try train(options, validation: validation)
    #expect(epochs.map(\.epoch) == Array(1...6))
    let best = epochs.map(\.validation.accuracy).max()
    #expect(summary.accuracy == best)
    #expect(epochs.last(where: \.isBest)?.epoch == summary.bestEpoch)
    #expect(accuracy(classifier, validation) == best)
    #expect(classifier.record?.bestEpoch == summary.bestEpoch)
  }

  @Test func `training stops when validation does not get better`() throws {
    let strangers = ToyTexts.strangers()
    let (_, summary, epochs, data) = try train(
      ToyTexts.options("epochs=50", "patience=2"), validation: strangers)
    // Hardly a text can be right, so an early epoch stays the best, and two more are waited for.
    #expect(summary.stopReason == .converged && epochs.count == summary.bestEpoch + 2 && epochs.count < 50)
    #expect(summary.accuracy == 0)
    #expect(data.unseenLabels == ["unheard of": 11])
    #expect(data.warnings.contains { $0.contains("\"unheard of\"") })
  }

  @Test func `a time limit ends the run with a model`() throws {
    var options = try ToyTexts.options("epochs=100000", "patience=none")
    options.timeLimit = .milliseconds(300)
    let (_, summary, epochs, _) = try train(options)
    #expect(summary.stopReason == .timeLimit && summary.epochs == epochs.count && summary.epochs < 100_000)
  }

  @Test func `a time limit that is over before the first step is an error`() throws {
    var options = try ToyTexts.options()
    options.timeLimit = .nanoseconds(1)
    let run = options
    #expect(throws: TrainingError.stoppedBeforeFirstStep) { try train(run) }
  }

  @Test func `cancelling keeps the best model so far`() throws {
    let calls = Guarded(0)
    let validation = ToyTexts.texts(30, seed: 2)
    let (classifier, summary, epochs, _) = try train(
      ToyTexts.options("epochs=50", "rate=0.01", "ngrams=none"), validation: validation,
      isCancelled: {
        calls.withLock {
          $0 += 1
          // Six batches an epoch: in the midst of the third.
          return $0 > 15
        }
      })
    #expect(summary.stopReason == .cancelled && summary.epochs == 3)
    #expect(summary.accuracy == epochs.map(\.validation.accuracy).max())
    #expect(accuracy(classifier, validation) == summary.accuracy)
  }

  @Test func `cancelling at once is an error`() throws {
    #expect(throws: TrainingError.stoppedBeforeFirstStep) { try train(ToyTexts.options(), isCancelled: { true }) }
  }

  @Test func `a run that leaves the numbers stops with the step`() throws {
    let options = try ToyTexts.options(
      "optimizer=sgd", "rate=10", "momentum=0.99", "clip=none", "warmup=0", "schedule=constant", "epochs=200",
      "patience=none", "batchTexts=1")
    let error = #expect(throws: TrainingError.self) { try train(options) }
    guard case .notFinite(let step, let epoch, let advice)? = error else {
      Issue.record("\(String(describing: error)) instead of notFinite")
      return
    }
    #expect(step >= 1 && epoch == 1)
    // Advice that can be taken: settings that this model has, below its own.
    #expect(advice.contains("rate=0.0005") && !advice.contains("ngramRate="))
  }

  @Test func `a run that leaves the numbers later keeps the best epoch before`() throws {
    let options = try ToyTexts.options(
      "optimizer=sgd", "rate=10", "momentum=0.99", "clip=none", "warmup=0", "schedule=constant", "epochs=200",
      "patience=none")
    let (_, summary, epochs, _) = try train(options)
    #expect(summary.stopReason == .diverged && summary.epochs == epochs.count)
    // Six batches an epoch: the step lies in the epoch after the last whole one.
    #expect(summary.divergedAtStep.map { ($0 - 1) / 6 } == epochs.count)
    #expect(summary.accuracy == epochs.map(\.validation.accuracy).max())
  }

  @Test func `data that make no classifier are refused`() throws {
    let options = try ToyTexts.options()
    #expect(throws: TrainingError.notEnoughClasses(path: "the training texts", label: "a", isInMemory: true)) {
      try train(options, texts: [("x", "a"), ("y", "a")])
    }
    #expect(throws: TrainingError.noExamples(path: "the training texts", isInMemory: true)) {
      try train(options, texts: [])
    }
    #expect(throws: TrainingError.noValidation(path: "the validation texts", isInMemory: true)) {
      try train(options, validation: [])
    }
    // One text of each class leaves none to split off.
    #expect(throws: TrainingError.noValidation(path: "the training texts", isInMemory: true)) {
      try TextClassifier.train(on: Examples([("x", "a"), ("y", "b")]), options: options)
    }
  }

  @Test func `a few texts of each of many classes are enough`() throws {
    let texts = (0..<40).map { (text: "word\($0 / 4) again \($0)", label: "\($0 / 4)") }
    let (_, summary) = try TextClassifier.train(on: Examples(texts), options: ToyTexts.options("epochs=1"))
    #expect(summary.report.examples == 4)
  }

  @Test func `texts without a character are counted and told`() throws {
    let texts = ToyTexts.texts(90) + [("", "fruit"), ("", "metal")]
    let (_, _, _, data) = try train(ToyTexts.options(), texts: texts, validation: ToyTexts.texts(30) + [("", "river")])
    #expect(data.emptyTexts == 3)
    let warnings = data.warnings.withoutCopies
    #expect(warnings.contains { $0.hasPrefix("3 texts without") }, "\(warnings)")
    #expect(try train(ToyTexts.options()).data.warnings.withoutCopies.isEmpty)
  }

  @Test func `a fixed length trains and cuts or pads every text`() throws {
    let (classifier, summary, _, data) = try train(
      ToyTexts.options("length=12", "epochs=8", "rate=0.01", "ngrams=none"))
    #expect(data.cutTexts > 0 && data.warnings.withoutCopies.count == 1, "\(data.warnings)")
    #expect(summary.accuracy > 0.8)
    #expect(classifier.textSettings.maximumLength == 12)
    #expect(
      classifier.predictions(for: ["apple plum pear"]) == classifier.predictions(for: ["apple plum p and more"]))
  }

  @Test func `class-uniform epochs learn a rare class`() throws {
    var texts = ToyTexts.texts(90).filter { $0.label != "river" }
    texts += ToyTexts.texts(9).filter { $0.label == "river" }
    let (classifier, _, _, _) = try train(
      ToyTexts.options("sampling=classUniform", "epochs=12", "rate=0.01"), texts: texts)
    #expect(classifier.predictedLabel(for: "danube volga elbe") == "river")
  }

  @Test func `memory of steps stops growing`() throws {
    // Texts of the same length with the same characters, so that every batch takes the same memory: more than the least
    // that a workspace takes.
    let halves = [Array("abcdefgh"), Array("ijklmnop")]
    let encoder = TextEncoder(
      settings: TextSettings(), alphabet: try Alphabet(units: halves.flatMap { $0 }.map(String.init)))
    var corpus = MemoryCorpus()
    for number in 0..<96 {
      let letters = String(String(halves[number % 2]).reversed()) + String(halves[1 - number % 2])
      corpus.append(label: Int32(number % 2)) { encoder.encode(String(repeating: letters, count: 20), into: &$0) }
    }
    var configuration = GatedConfiguration()
    configuration.alphabetSize = 17
    configuration.classes = 2
    configuration.embedding = 8
    configuration.filters = 32
    configuration.blocks = 2
    configuration.characterDropout = 0
    let network = try GatedNetwork(configuration)
    let device = CPUDevice(threads: 2)
    var settings = TrainingSettings()
    settings.batchTexts = 16
    settings.patience = nil
    let trainer = Trainer(
      task: ClassificationTask(
        network: network,
        data: ClassificationTask.Data(training: corpus, validation: corpus, labels: ["a", "b"])),
      store: ParameterStore(layout: network.parameters, seed: 1, device: device), settings: settings, device: device)
    var counts: [Int] = []
    _ = try trainer.run(
      epochs: 4, timeLimit: nil, isCancelled: { false },
      progress: { if case .epoch = $0 { counts.append(trainer.allocationCount) } })
    #expect(counts.count == 4 && (counts.first ?? 0) > 0)
    #expect(Set(counts.dropFirst()).count == 1, "\(counts)")
    #expect(trainer.losses.count == 24)
  }
}
