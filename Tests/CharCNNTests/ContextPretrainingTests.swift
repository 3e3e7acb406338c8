import CharCNN
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct ContextPretrainingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Lines of some ten words of one class each.
  private func text(_ lines: Int, seed: UInt64 = 1) -> String {
    let texts = ToyTexts.texts(12 * lines, seed: seed)
    return (0..<lines).map { line in
      let words = (0..<4).map { texts[12 * line + 3 * $0 + line % 3].text }
      return words.joined(separator: line.isMultiple(of: 2) ? " " : ", ") + "\n"
    }.joined()
  }

  private func options(_ assignments: String...) throws -> ContextOptions {
    var options = ContextOptions()
    options.threads = 1
    let small = [
      "filters=16", "embedding=8", "blocks=2", "window=32", "batchCharacters=256", "epochs=2", "rate=0.01", "draws=4",
      "common=1",
    ]
    for assignment in small + assignments { try options.set(assignment) }
    return options
  }

  private func files(_ model: TextClassifier) throws -> [String: Data] {
    let path = folder.path("m.charcnn")
    try model.write(to: path, overwrite: true)
    return try FileManager.default.contentsOfDirectory(atPath: path).reduce(into: [:]) { files, name in
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  @Test func `a window tells which words stand around it, and any number of threads makes the same bytes`() throws {
    let path = try folder.write(text(300), to: "text.txt")
    var options = try options("epochs=12")
    let (model, summary) = try TextClassifier.pretrain(on: [path], options: options)
    #expect(model.labels.count == 18 && model.labels.contains("copper"))
    let report = try #require(summary.report.context)
    // Guessing among all words costs 2.9 nats, among those of the right class 1.8.
    #expect(report.natsPerWord < 2.2 && report.words > 0 && summary.report.score == -report.natsPerWord)
    let hypotheses = model.predictions(for: ["zinc and iron"], maximumCount: 3)[0]
    let metals: Set = ["iron", "copper", "zinc", "nickel", "silver", "tin"]
    #expect(hypotheses.allSatisfy { metals.contains($0.label) })
    let expected = try files(model)
    for threads in [2, 5] {
      options.threads = threads
      #expect(try files(TextClassifier.pretrain(on: [path], options: options).classifier) == expected)
    }
  }

  @Test func `a pre-training that goes on from a checkpoint makes the same bytes`() throws {
    let path = try folder.write(text(120), to: "text.txt")
    let held = try folder.write(text(30, seed: 9), to: "held.txt")
    var options = try options("averaging=0.9")
    let expected = try files(TextClassifier.pretrain(on: [path], validation: [held], options: options).classifier)
    let checkpoints = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: checkpoints, interval: .zero)
    let steps = Mutex(0)
    let stop = { @Sendable () -> Bool in
      steps.withLock {
        $0 += 1
        return $0 > 5
      }
    }
    let first = try TextClassifier.pretrain(on: [path], validation: [held], options: options, isCancelled: stop)
    #expect(first.summary.stopReason == .cancelled)
    do {
      let checkpoint = try TrainingCheckpoint(opening: checkpoints)
      #expect(checkpoint.task == .context && checkpoint.trainingPath == path)
      #expect(throws: StorageError.self) { try TextClassifier.resume(checkpoint) }
      #expect(try files(TextClassifier.resumePretraining(checkpoint).classifier) == expected)
    }
    try folder.write(text(121), to: "text.txt")
    let error = #expect(throws: TrainingError.self) {
      try TextClassifier.resumePretraining(TrainingCheckpoint(opening: checkpoints))
    }
    #expect(error?.description.contains("text.txt") == true)
  }

  @Test func `a classifier starts from a network that was pre-trained on context`() throws {
    let path = try folder.write(text(200), to: "text.txt")
    let base = folder.path("base.charcnn")
    try TextClassifier.pretrain(on: [path], options: options("epochs=4")).classifier.write(to: base)
    var options = TrainingOptions()
    options.threads = 1
    try options.use(base: base)
    for assignment in ["epochs=20", "batchTexts=8", "minimumCount=1", "ngrams=none", "frozenLayers=3", "rate=0.02"] {
      try options.set(assignment)
    }
    let (tuned, summary) = try TextClassifier.train(on: .array(ToyTexts.texts(60)), options: options)
    #expect(tuned.labels == ["fruit", "metal", "river"] && summary.accuracy > 0.5)
    let path2 = folder.path("tuned.charcnn")
    try tuned.write(to: path2)
    let name = "blocks.1.convolutions.0.weight"
    let (theirs, own) = try (ModelBundle.open(base).safetensors(), ModelBundle.open(path2).safetensors())
    #expect(try own.floats(name) == theirs.floats(name))
  }

  @Test func `scripts without spaces have pairs of characters for words`() throws {
    let line = "猫が好きです。 tea 猫が大好きです。\n"
    let path = try folder.write(String(repeating: line, count: 40), to: "text.txt")
    let labels = try TextClassifier.pretrain(on: [path], options: options("epochs=1")).classifier.labels
    #expect(labels.contains("猫が") && labels.contains("tea") && !labels.contains { $0.contains("。") })
  }

  @Test func `texts without frequent words and impossible settings are refused`() throws {
    let rare = try folder.write((0..<40).map { "\($0) 1234 5678 9012 3456\n" }.joined(), to: "rare.txt")
    let error = #expect(throws: ConfigurationError.self) { try TextClassifier.pretrain(on: [rare], options: options()) }
    #expect(error?.description.contains("words") == true)
    let short = try folder.write("a\nb\n", to: "short.txt")
    #expect(throws: TrainingError.self) { try TextClassifier.pretrain(on: [short], options: options()) }
    let path = try folder.write(text(40), to: "text.txt")
    for setting in ["window=3", "draws=0", "vocabulary=1", "common=0", "reach=1", "filters=7"] {
      #expect(throws: ConfigurationError.self) { try TextClassifier.pretrain(on: [path], options: options(setting)) }
    }
    for setting in ["classes=3", "nothing=1", "window"] {
      #expect(throws: ConfigurationError.self) { try options(setting) }
    }
  }
}
