import CharCNNToolkit
import Synchronization
import Testing

@testable import CharCNN

/// Training in tasks. Nothing here depends on how fast it is: the data say how many steps there are.
@Suite struct AsyncTrainingTests {
  private func bytes(_ classifier: TextClassifier) throws -> [UInt8] { try classifier.data() }

  @Test func `waiting for a training gives what the blocking form gives`() async throws {
    let texts = Examples(ToyTexts.texts(90))
    let options = try ToyTexts.options("ngramBits=6")
    let epochs = Mutex(0)
    let waited = try await TextClassifier.train(on: texts, options: options) { event in
      if case .epoch = event { epochs.withLock { $0 += 1 } }
    }
    let blocking = try await Task.detached { try Self.blocking(texts, options) }.value
    #expect(try bytes(waited.model) == bytes(blocking))
    #expect(epochs.withLock { $0 } == waited.summary.epochs)
  }

  private static func blocking(_ texts: Examples<LabeledText>, _ options: ClassificationOptions) throws
    -> TextClassifier
  {
    try TextClassifier.train(on: texts, options: options).model
  }

  @Test func `the sequence of events ends with the model, in order`() async throws {
    let texts = Examples(ToyTexts.texts(90))
    let options = try ToyTexts.options("epochs=3")
    var epochs: [Int] = []
    var finished: TextClassifier?
    for try await update in TextClassifier.training(on: texts, options: options) {
      #expect(finished == nil)
      switch update {
      case .progress(.epoch(let epoch)): epochs.append(epoch.epoch)
      case .progress: break
      case .finished(let model, let summary):
        finished = model
        #expect(summary.epochs == 3)
      }
    }
    #expect(epochs == [1, 2, 3])
    let model = try #require(finished)
    #expect(try bytes(model) == bytes(await TextClassifier.train(on: texts, options: options).model))
  }

  @Test func `a text is written in the background, and no further when the task is cancelled`() async throws {
    let model = try CharacterLanguageModel(contentsOf: TaskBundle.causal.path())
    let waited = try await model.text(continuing: "a", length: 20)
    #expect(try await Task.detached { try Self.written(by: model) }.value == waited && waited.count == 20)
    let endless = Task { try await model.text(continuing: "a", length: .max) }
    endless.cancel()
    await #expect(throws: CancellationError.self) { try await endless.value }
  }

  private static func written(by model: CharacterLanguageModel) throws -> String {
    try model.text(continuing: "a", length: 20)
  }

  @Test func `answers of an evaluation come in the background, and no further when the task is cancelled`() async throws
  {
    let texts = ToyTexts.texts(60)
    let classifier = try await TextClassifier.train(on: Examples(texts), options: ToyTexts.options()).model
    let answers = Mutex<[String]>([])
    let (report, _) = try await classifier.evaluate(
      on: Examples(texts), answered: { answer in answers.withLock { $0.append(answer.text) } })
    #expect(report.examples == 60 && answers.withLock { $0 } == texts.map(\.text))
    let endless = Examples<LabeledText> { body in while true { try body(LabeledText("plum", label: "fruit")) } }
    let evaluation = Task { try await classifier.evaluate(on: endless, answered: { _ in }).report }
    evaluation.cancel()
    await #expect(throws: CancellationError.self) { try await evaluation.value }
  }

  @Test func `a faulty training throws out of the sequence`() async throws {
    let one = Examples([LabeledText("a", label: "x"), LabeledText("b", label: "x")])
    await #expect(throws: TrainingError.self) {
      for try await _ in TextClassifier.training(on: one) {}
    }
  }

  @Test func `cancelling ends training after the step, with the best model so far`() async throws {
    let texts = Examples(ToyTexts.texts(90))
    let options = try ToyTexts.options("epochs=10000", "patience=none")
    var last: TrainingSummary<ClassificationReport>?
    let task = Task {
      var result: TrainingSummary<ClassificationReport>?
      for try await update in TextClassifier.training(on: texts, options: options) {
        switch update {
        // The task cancels itself at the end of the second epoch.
        case .progress(.epoch(let epoch)) where epoch.epoch == 2: withUnsafeCurrentTask { $0?.cancel() }
        case .progress: break
        case .finished(_, let summary): result = summary
        }
      }
      return result
    }
    last = try await task.value
    let summary = try #require(last)
    #expect(summary.stopReason == .cancelled && summary.epochs < 10_000)
  }

  @Test func `cancelling while examples are read is answered within a few of them`() async throws {
    let read = Mutex(0)
    let endless = Examples<LabeledText>(name: "endless") { body in
      for number in 0... {
        read.withLock { $0 = number }
        if number == 1_000 { withUnsafeCurrentTask { $0?.cancel() } }
        try body(LabeledText("text \(number)", label: number.isMultiple(of: 2) ? "a" : "b"))
      }
    }
    // The blocking form in a task that is cancelled from within.
    let task = Task.detached { try Self.blocking(endless, ToyTexts.options()) }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(read.withLock { $0 } < 1_100)
  }

  @Test func `cancelling a task that waits ends the reading of its thread`() async throws {
    let read = Mutex(0)
    let started = AsyncStream<Void>.makeStream()
    let endless = Examples<LabeledText>(name: "endless") { body in
      for number in 0... {
        read.withLock { $0 = number }
        if number == 1_000 { started.continuation.finish() }
        try body(LabeledText("text \(number % 100)", label: number.isMultiple(of: 2) ? "a" : "b"))
      }
    }
    let task = Task { try await TextClassifier.train(on: endless, options: ToyTexts.options()) }
    for await _ in started.stream {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `cancelling in the first validation is answered within a batch, with no model to keep`() async throws {
    let (texts, options) = (Examples(ToyTexts.texts(60)), try ToyTexts.options())
    // Read from a file in each validation, and longer than a batch.
    let asked = Counter()
    let task = Task.detached {
      try TextClassifier.train(
        on: texts, validation: Examples(ToyTexts.texts(30_000, seed: 2)), options: options,
        cancellation: Cancellation(isAbandoned: {
          // Reading asks some hundred times and each step once; the first validation comes after them.
          asked.next() > 600
        }), progress: { _ in }
      ).model
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  @Test func `measuring is cancelled too`() async throws {
    let classifier = try await TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    let endless = Examples<LabeledText>(name: "endless") { body in
      while true { for (text, label) in ToyTexts.texts(90) { try body(LabeledText(text, label: label)) } }
    }
    let task = Task { try await classifier.evaluate(on: endless) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let report = try await classifier.evaluate(on: Examples(ToyTexts.texts(90)))
    #expect(report.examples == 90)
  }

  @Test(.timeLimit(.minutes(20))) func `leaving the loop ends the training`() async throws {
    let steps = Mutex(0)
    let endless = Examples<LabeledText>(name: "endless") { body in
      for number in 0... {
        steps.withLock { $0 = number }
        try body(LabeledText("text \(number % 100)", label: number.isMultiple(of: 2) ? "a" : "b"))
      }
    }
    for try await update in TextClassifier.training(on: endless, options: try ToyTexts.options()) {
      if case .progress(.reading) = update { break }
    }
    // The thread sees it with its next look; it would read for ever otherwise.
    while true {
      let before = steps.withLock { $0 }
      try await Task.sleep(for: .milliseconds(50))
      if steps.withLock({ $0 }) == before { break }
    }
  }
}
