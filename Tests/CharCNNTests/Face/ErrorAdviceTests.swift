import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// What errors tell whoever writes a program: which thing is wrong, and what to do about this very case.
@Suite struct ErrorAdviceTests {
  @Test func `advice belongs to the case, or there is none`() throws {
    var options = ClassificationOptions()
    let unknown = #expect(throws: ConfigurationError.self) { try options.set("filter=3") }
    #expect(unknown?.problem == "is no setting" && unknown?.advice?.hasPrefix("did you mean filters? ") == true)
    let range = ConfigurationError(setting: "rate", problem: "must be above 0")
    #expect(range.advice == nil && range.recoverySuggestion == nil && range.description == "rate must be above 0")
    let value = #expect(throws: ValueError.self) { try CharacterVectors(dimension: 0) }
    #expect(value?.advice == nil && value?.description == "dimension must be at least 1, not 0")
    let error: any Error = ConfigurationError(setting: "base", problem: "is quantized", advice: "give the original")
    #expect(error.localizedDescription == "base is quantized; give the original")
  }

  @Test(arguments: [TaskBundle.causal, .contrastive, .characters, .words, .scores])
  func `a model of another task says what it is and what opens it`(other: TaskBundle) throws {
    let path = try other.path()
    let task = try ModelBundle(contentsOf: path).task()
    let types = [
      ModelTask.language: "CharacterLanguageModel", .matching: "TextMatcher", .tagging: "SequenceTagger",
      .regression: "TextRegressor",
    ]
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.kind == .otherTask && error?.path == path)
    #expect(error?.problem == "is a model of the task \(task.rawValue), not of classification")
    #expect(error?.advice == types[task].map { "open it with `\($0)`" })
    let folder = #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: path) }
    #expect(folder?.kind == .missing && folder?.problem.contains("finished model of the task \(task.rawValue)") == true)
    #expect(folder?.advice == error?.advice)
    if task != .tagging {
      #expect(throws: StorageError.self) { try SequenceTagger(contentsOf: path) }
    }
  }

  @Test func `a folder of checkpoints, and a checkpoint, say what they are`() throws {
    let folder = try TemporaryFolder()
    var options = try ToyTexts.options("epochs=2", "ngrams=none")
    options.checkpoint = CheckpointOptions(folder: folder.path("run"), interval: .zero)
    let texts = Examples(ToyTexts.texts(60))
    let steps = Guarded(0)
    _ = try TextClassifier.train(
      on: texts, options: options,
      isCancelled: {
        steps.withLock {
          $0 += 1
          return $0 > 5
        }
      })
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path("run")).max())
    for path in [folder.path("run"), folder.path("run/\(name)")] {
      let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
      #expect(error?.kind == .notABundle && error?.problem.contains("not a model") == true)
      #expect(error?.advice?.contains("`TrainingCheckpoint`") == true)
    }
    let inner = #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: folder.path("run/\(name)")) }
    #expect(inner?.advice == "give the folder that it lies in")

    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("run"))
    let other = #expect(throws: StorageError.self) { try SequenceTagger.resume(checkpoint) }
    #expect(other?.kind == .otherTask && other?.advice == "go on with it by TextClassifier.resume")
    let missing = #expect(throws: ConfigurationError.self) { try TextClassifier.resume(checkpoint) }
    #expect(missing?.advice == "give resume the training examples that the training began with")
    let held = #expect(throws: ConfigurationError.self) {
      try TextClassifier.resume(checkpoint, on: texts, validation: texts)
    }
    #expect(held?.setting == "validation")
    let changed = #expect(throws: TrainingError.self) {
      try TextClassifier.resume(checkpoint, on: Examples(ToyTexts.texts(63, seed: 9)))
    }
    #expect(changed?.place == "the training texts")
  }

  @Test func `a training whose file is gone says how to go on`() throws {
    let folder = try TemporaryFolder()
    var options = try ToyTexts.options("epochs=2", "ngrams=none")
    options.checkpoint = CheckpointOptions(folder: folder.path("run"), interval: .zero)
    let path = try folder.write(ToyTexts.texts(60).map { "\($0.label)\t\($0.text)\n" }.joined(), to: "a.tsv")
    let steps = Guarded(0)
    _ = try TextClassifier.train(
      on: Examples(contentsOf: path), options: options,
      isCancelled: {
        steps.withLock {
          $0 += 1
          return $0 > 5
        }
      })
    try FileManager.default.removeItem(atPath: path)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("run"))
    let error = #expect(throws: DataError.self) { try TextClassifier.resume(checkpoint) }
    #expect(error?.kind == .missingFile && error?.advice?.contains("trainingPaths") == true)
  }

  /// Errors of examples in memory that others of files have, too.
  private static func memoryErrors() throws -> [any Error] {
    let (texts, tagging) = (try ToyTexts.options(), try ToySentences.options(.word))
    let (labels, scores) = (try ToyPairs.options(.classification), try ToyPairs.options(.regression))
    let sentences = ToySentences.words(40)
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: texts).model
    let none: [LabeledText] = []
    return [
      { _ = try TextClassifier.train(on: Examples(none), options: texts) },
      { _ = try TextClassifier.train(on: Examples([("a", "x"), ("b", "x")]), options: texts) },
      { _ = try TextClassifier.train(on: Examples([("a", "x"), ("b", "y")]), options: texts) },
      { _ = try TextClassifier.train(on: Examples([("a", "x"), ("b", " ")]), options: texts) },
      { _ = try TextClassifier.train(on: Examples([LabeledText("a", label: nil)]), options: texts) },
      { _ = try classifier.evaluate(on: Examples(none)) },
      { _ = try classifier.evaluate(on: Examples([("a", "unheard of")])) },
      { _ = try TextMatcher.train(on: Examples([TextPair("a", "b", label: "1")]), options: labels) },
      { _ = try TextMatcher.train(on: Examples([TextPair("a", "b", label: nil)]), options: labels) },
      { _ = try TextMatcher.train(on: Examples([TextPair("a", "b", label: "much")]), options: scores) },
      { _ = try TextMatcher.train(on: Examples([TextPair("a", "b", label: "1")]), options: scores) },
      { _ = try SequenceTagger.train(on: Examples([TaggedSentence]()), options: tagging) },
      { _ = try SequenceTagger.train(on: Examples([sentences[0]]), options: tagging) },
      { _ = try SequenceTagger.train(on: Examples([TaggedSentence(words: ["a"], tags: ["X"])]), options: tagging) },
      {
        _ = try SequenceTagger.train(on: Examples([TaggedSentence(words: ["a", "b"], tags: ["X"])]), options: tagging)
      },
      { _ = try SequenceTagger.train(on: Examples([TaggedSentence(words: [""], tags: ["X"])]), options: tagging) },
      { _ = try CharacterLanguageModel.train(on: Examples([String]())) },
      { _ = try CharacterLanguageModel.train(on: Examples([""])) },
    ].map { (body: () throws -> Void) in
      do { try body() } catch { return error }
      return CancellationError()
    }
  }

  @Test func `errors of examples in memory advise nothing about files`() throws {
    for error in try Self.memoryErrors() {
      let error = try #require(error as? any CharCNNError)
      for word in ["file", "column", "separator", "`label`", "line"] {
        #expect(error.advice?.contains(word) != true, "\(error)")
      }
    }
  }

  @Test func `examples without a name are called by their part in the training`() throws {
    let options = try ToyTexts.options()
    let (good, blank) = (Examples(ToyTexts.texts(60)), [LabeledText("a", label: "")])
    func place(_ training: Examples<LabeledText>, _ validation: Examples<LabeledText>?) -> String? {
      #expect(throws: DataError.self) {
        try TextClassifier.train(on: training, validation: validation, options: options)
      }?.place
    }
    #expect(place(Examples(blank), good) == "the training texts:1")
    #expect(place(good, Examples(blank)) == "the validation texts:1")
    #expect(place(good, Examples(blank, name: "my tickets")) == "my tickets:1")
    #expect(Examples(blank).name == "the given texts")
  }

  @Test func `a detector is not calibrated on nothing, nor with settings that make no sense`() throws {
    var detector = LanguageDetector(
      try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model)
    let none = #expect(throws: ConfigurationError.self) { try detector.calibrate(on: [], answering: 0.5) }
    #expect(none?.setting == "texts")
    for value in [Double.nan, -0.1, 1.1] {
      detector.settings.minimumProbability = value
      let error = #expect(throws: ConfigurationError.self) { try detector.calibrate(on: ["plum"], answering: 0.5) }
      #expect(error?.setting == "minimumProbability")
    }
  }
}
