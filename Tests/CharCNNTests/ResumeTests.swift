import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// A run that goes on from any of its checkpoints makes the bytes that it makes in one piece.
@Suite struct ResumeTests {
  /// What a training may differ in.
  struct Variant: CustomTestStringConvertible {
    var name: String
    var model: String?
    var settings: [String]
    var usesVectors = false
    var usesThesaurus = false
    var usesFiles = false
    var hasCascade = false
    var hasSeveralLabels = false

    var testDescription: String { name }

    static let all = [
      Variant(name: "AdamW with a table", settings: ["ngramTraining=steps"]),
      Variant(name: "SGD without an average", settings: ["optimizer=sgd", "rate=0.1", "averaging=0"]),
      Variant(name: "Adadelta, classes drawn", settings: ["optimizer=adadelta", "rate=1", "sampling=classUniform"]),
      Variant(
        name: "halved rate, network alone", settings: ["schedule=halving", "halvingEpochs=1", "ngrams=none"]),
      Variant(name: "table with a linear layer", settings: ["ngramWidth=4", "ngramDecay=0.01"]),
      Variant(name: "a table alone", model: "ngrams", settings: ["ngramTraining=steps", "ngramBits=8"]),
      Variant(
        name: "a table alone with a linear layer, of files", model: "ngrams",
        settings: ["ngramWidth=4", "ngramBits=8", "sampling=classUniform"], usesFiles: true),
      Variant(name: "AdamW with n-grams", settings: []),
      Variant(name: "bfloat16", settings: ["precision=bf16", "ngrams=none"]),
      Variant(
        name: "solved n-grams of more than the network reads beside a thesaurus",
        settings: ["maximumLength=8", "ngramLength=20", "cuts=0.5"], usesThesaurus: true),
      Variant(
        name: "solved n-grams of less than the network reads, of files",
        settings: ["ngramSize=10000", "ngramLength=9", "ngrams=none", "wordNgrams=1,2"],
        usesFiles: true),
      Variant(
        name: "solved n-grams of chunks beside files",
        settings: ["chunkLength=8", "ngramCost=1"],
        usesFiles: true),
      Variant(
        name: "solved n-grams that answer alone",
        settings: ["ngramCost=1", "ngrams=1", "wordNgrams=none", "wordPairs=none", "rate=0.1"],
        usesFiles: true, hasCascade: true),
      Variant(name: "n-grams that start as naive Bayes, cut texts", settings: ["ngramBayes=0.1", "cuts=0.5"]),
      Variant(
        name: "batch norm of vdcnn", model: "vdcnn-9",
        settings: [
          "embedding=4", "maps=4,6,8,8", "convolutions=2,2,2,2", "kMax=2", "hidden=8,8", "length=40", "averaging=0.9",
        ]),
      Variant(name: "thesaurus", settings: [], usesThesaurus: true),
      Variant(name: "texts cut to runs of words", settings: ["cuts=0.7"]),
      Variant(name: "long texts by chunks", settings: ["chunkLength=8"]),
      Variant(name: "frozen vectors", settings: [], usesVectors: true),
      Variant(name: "several labels a text", settings: [], hasSeveralLabels: true),
      Variant(name: "files for training and validation", settings: ["patience=1"], usesFiles: true),
    ]
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func options(_ variant: Variant) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    if let model = variant.model { try options.use(model: model) }
    options.threads = 1
    options.cascade = variant.hasCascade
    let hasTable = variant.settings.contains { $0 == "ngramTraining=steps" || $0.hasPrefix("ngramWidth") }
    let size = hasTable ? ["ngramBits=8"] : []
    let network = variant.model == nil ? ["filters=16", "embedding=8", "blocks=2"] + size : []
    // N-grams alone have no epochs before a setting says that they learn in steps.
    let ngrams = variant.settings.filter { $0.hasPrefix("ngram") }
    let others = ["epochs=2", "batchTexts=16", "minimumCount=1"] + variant.settings.filter { !$0.hasPrefix("ngram") }
    for assignment in network + ngrams + others {
      try options.set(assignment)
    }
    if variant.usesVectors {
      options.embeddings = try folder.write("2 8\na 1 2 3 4 5 6 7 8\ne 0 1 0 1 0 1 0 1\n", to: "letters.vec")
      options.embeddingsFrozen = true
    }
    if variant.usesThesaurus {
      options.thesaurus = try folder.write("UTF-8\napple|1\n-|quince|fig\niron|1\n-|steel\n", to: "th.dat")
    }
    return options
  }

  private func texts(_ variant: Variant) throws -> (Examples<LabeledText>, Examples<LabeledText>?) {
    let texts = ToyTexts.texts(70)
    if variant.hasSeveralLabels {
      let several = zip(texts, texts.dropFirst()).enumerated().map { place, pair in
        place % 5 == 0
          ? LabeledText("nothing of it", labels: [])
          : LabeledText("\(pair.0.text) \(pair.1.text)", labels: [pair.0.label, pair.1.label])
      }
      return (Examples(several), nil)
    }
    guard variant.usesFiles else { return (Examples(texts), nil) }
    func source(_ texts: [(text: String, label: String)], _ name: String) throws -> Examples<LabeledText> {
      let rows = texts.map { "\($0.text),\($0.label)\n" }.joined()
      return Examples(try LabeledTextSource(path: folder.write("text,label\n" + rows, to: name)))
    }
    // A cascade needs many.
    let held = ToyTexts.texts(variant.hasCascade ? 300 : 20, seed: 2)
    return (try source(texts, "train.csv"), try source(held, "dev.csv"))
  }

  /// The model's files.
  private func files(_ classifier: TextClassifier, _ name: String) throws -> [String: Data] {
    let path = folder.path(name)
    try classifier.write(to: path, overwrite: true)
    return try FileManager.default.contentsOfDirectory(atPath: path).reduce(into: [:]) { files, name in
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  /// Trains with a checkpoint after each step and keeps a copy of each, as a kill at that moment would have left it.
  private func train(
    _ options: ClassificationOptions, on texts: Examples<LabeledText>, validation: Examples<LabeledText>?
  )
    throws -> (
      files: [String: Data], copies: [String]
    )
  {
    var options = options
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    var copies: [String] = []
    let (classifier, _) = try TextClassifier.train(on: texts, validation: validation, options: options) { event in
      guard case .checkpoint(let report) = event else { return }
      #expect(report.problem == nil)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
      #expect((1...2).contains(names.count), "two are kept: \(names)")
      let copy = folder.path("copy-\(copies.count)")
      do {
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(path)/\(names.last ?? "")", toPath: "\(copy)/checkpoint-000001")
      } catch { Issue.record(error) }
      copies.append(copy)
    }
    return (try files(classifier, "one.charcnn"), copies)
  }

  @Test(arguments: Variant.all)
  func `going on from a checkpoint makes the same bytes`(variant: Variant) throws {
    let options = try options(variant)
    let (texts, validation) = try texts(variant)
    let (plain, _) = try TextClassifier.train(on: texts, validation: validation, options: options)
    let expected = try files(plain, "plain.charcnn")
    #expect((plain.cascade != nil) == variant.hasCascade)
    let run = try train(options, on: texts, validation: validation)
    #expect(run.files == expected, "checkpoints change nothing")
    // Two epochs of some batches, each with a checkpoint after every step and one after the validation.
    let steps = run.copies.count / 2 - 1
    try #require(steps >= 3 && run.copies.count == 2 * (steps + 1))
    // What became of the vectors is in the checkpoint.
    if let vectors = options.embeddings { try FileManager.default.removeItem(atPath: vectors) }
    // After the first step, the last of an epoch, its validation, in the midst of the next one, and at the end.
    for number in [0, steps - 1, steps, steps + 2, 2 * steps, 2 * steps + 1] {
      var checkpoint = try TrainingCheckpoint(contentsOf: run.copies[number])
      checkpoint.threads = 1 + number % 3
      let given: Examples<LabeledText>? = variant.usesFiles ? nil : texts
      let (classifier, summary) = try TextClassifier.resume(checkpoint, on: given)
      #expect(try files(classifier, "resumed-\(number).charcnn") == expected, "checkpoint \(number)")
      #expect(summary.stopReason == .finished && summary.epochs == 2)
    }
  }

  @Test func `cancelling leaves a checkpoint that goes on to the same bytes, several times`() throws {
    var options = try ToyTexts.options("ngramBits=8", "epochs=3")
    let texts = Examples<LabeledText>(ToyTexts.texts(60))
    let expected = try files(TextClassifier.train(on: texts, options: options).model, "plain.charcnn")
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    let steps = Counter()
    let first = try TextClassifier.train(on: texts, options: options, isCancelled: { steps.next() > 3 })
    #expect(first.summary.stopReason == .cancelled)
    let again = Counter()
    let second = try TextClassifier.resume(
      TrainingCheckpoint(contentsOf: path), on: texts, isCancelled: { again.next() > 4 })
    #expect(second.summary.stopReason == .cancelled)
    let checkpoint = try TrainingCheckpoint(contentsOf: path)
    #expect(checkpoint.position.steps == 7)
    let (classifier, _) = try TextClassifier.resume(checkpoint, on: texts)
    #expect(try files(classifier, "resumed.charcnn") == expected)
  }

  @Test func `early stopping is not forgotten`() throws {
    var options = try ToyTexts.options("ngramBits=8", "epochs=50", "patience=2")
    let texts = Examples<LabeledText>(ToyTexts.texts(30))
    let strangers = Examples<LabeledText>(ToyTexts.strangers())
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .zero)
    let run = try TextClassifier.train(on: texts, validation: strangers, options: options)
    #expect(run.summary.stopReason == .converged && run.summary.epochs == 3)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("checkpoints"))
    #expect(checkpoint.position.epochs == 3 && checkpoint.position.batches == 0)
    let (classifier, summary) = try TextClassifier.resume(checkpoint, on: texts, validation: strangers)
    #expect(summary.stopReason == .converged && summary.epochs == 3 && summary.bestEpoch == 1)
    #expect(try files(classifier, "a.charcnn") == files(run.model, "b.charcnn"))
  }

  @Test func `other data, labels, validation texts or synonyms are refused`() throws {
    let variant = Variant(name: "", settings: ["ngrams=none"], usesThesaurus: true, usesFiles: true)
    var options = try options(variant)
    let (texts, validation) = try texts(variant)
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    let calls = Counter()
    _ = try TextClassifier.train(on: texts, validation: validation, options: options, isCancelled: { calls.next() > 2 })
    for name in ["train.csv", "dev.csv", "th.dat"] {
      let file = URL(fileURLWithPath: folder.path(name))
      let before = try Data(contentsOf: file)
      let changed = String(decoding: before, as: UTF8.self).replacingOccurrences(
        of: name == "th.dat" ? "fig" : "plum", with: name == "th.dat" ? "pip" : "mulp")
      try Data(changed.utf8).write(to: file)
      let error = #expect(throws: TrainingError.self) {
        try TextClassifier.resume(TrainingCheckpoint(contentsOf: path))
      }
      #expect("\(error.map { "\($0)" } ?? "")".contains(name))
      try before.write(to: file)
    }
    try FileManager.default.removeItem(atPath: folder.path("dev.csv"))
    #expect(throws: DataError.self) { try TextClassifier.resume(TrainingCheckpoint(contentsOf: path)) }
  }

  @Test func `a run with automatic epochs ends after as many as it was begun for`() throws {
    let texts = ToyTexts.texts(40)
    let options = try ToyTexts.options("ngramBits=8", "epochs=3", "patience=none")
    let run = try train(options, on: Examples(texts), validation: nil)
    // As if an earlier version had chosen three, where this one would choose other ones.
    let bundle = try ModelBundle(contentsOf: "\(run.copies[0])/checkpoint-000001")
    let files = try bundle.fileNames.map { name -> BundleFile in
      var bytes = try bundle.data(named: name)
      if name == "run.json" {
        var object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        var training = try #require(object["training"] as? [String: Any])
        #expect(training.removeValue(forKey: "epochs") as? Int == 3 && object["epochs"] as? Int == 3)
        object["training"] = training
        bytes = Array(try JSONSerialization.data(withJSONObject: object))
      }
      return BundleFile(name, bytes: bytes)
    }
    let path = folder.path("automatic")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try ModelBundle.write(to: "\(path)/checkpoint-000001", files: files)
    let checkpoint = try TrainingCheckpoint(contentsOf: path)
    let (_, summary) = try TextClassifier.resume(checkpoint, on: Examples(texts))
    #expect(summary.stopReason == .finished && summary.epochs == 3)
    #expect(TrainingSettings.automaticEpochs(characters: 1_000, texts: 40) != 3)
  }

  @Test func `texts of an array must be given again`() throws {
    let texts = ToyTexts.texts(40)
    var options = try ToyTexts.options("ngramBits=8", "epochs=1")
    options.checkpoint = CheckpointOptions(
      folder: folder.path("checkpoints"), interval: .zero, userInfo: ["output": "a b"])
    _ = try TextClassifier.train(on: Examples(texts), options: options)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("checkpoints"))
    #expect(checkpoint.userInfo == ["output": "a b"] && checkpoint.trainingPaths.isEmpty)
    #expect(throws: ConfigurationError.self) { try TextClassifier.resume(checkpoint) }
    #expect(throws: TrainingError.self) {
      try TextClassifier.resume(checkpoint, on: Examples(Array(texts.dropLast()) + [("plum", "fruit")]))
    }
  }

  @Test func `the time before an interruption counts for the time limit`() throws {
    var options = try ToyTexts.options("ngramBits=8", "epochs=100000", "patience=none")
    options.timeLimit = .milliseconds(400)
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .zero)
    let texts = Examples<LabeledText>(ToyTexts.texts(40))
    let first = try TextClassifier.train(on: texts, options: options)
    #expect(first.summary.stopReason == .timeLimit)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("checkpoints"))
    let second = try TextClassifier.resume(checkpoint, on: texts)
    #expect(second.summary.stopReason == .timeLimit)
    #expect(second.summary.seconds >= checkpoint.position.seconds)
  }

  @Test func `a folder with checkpoints is neither overwritten unasked nor used twice at once`() throws {
    let path = folder.path("checkpoints")
    var options = try ToyTexts.options("ngramBits=8", "epochs=1")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    let texts = Examples<LabeledText>(ToyTexts.texts(40))
    _ = try TextClassifier.train(on: texts, options: options)
    let refused = options
    #expect(throws: StorageError.self) { try TextClassifier.train(on: texts, options: refused) }
    do {
      let open = try TrainingCheckpoint(contentsOf: path)
      let error = #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: path) }
      #expect(error?.kind == .inUse)
      #expect(open.position.epochs == 1)
    }
    options.checkpoint?.overwrite = true
    _ = try TextClassifier.train(on: texts, options: options)
    CheckpointFolder.remove(path)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a run that is shorter than the interval leaves no folder`() throws {
    var options = try ToyTexts.options("ngramBits=8", "epochs=1")
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"))
    _ = try TextClassifier.train(on: Examples(ToyTexts.texts(40)), options: options)
    #expect(!FileManager.default.fileExists(atPath: folder.path("checkpoints")))
  }

  @Test func `a folder that cannot be written is an error before anything is read`() throws {
    var options = try ToyTexts.options()
    let file = try folder.write("", to: "file")
    for path in ["\(file)/checkpoints", file, "/proc/charcnn-checkpoints", folder.path("no/such")] {
      options.checkpoint = CheckpointOptions(folder: path)
      let run = options
      #expect(throws: StorageError.self, "\(path)") {
        try TextClassifier.train(on: Examples(ToyTexts.texts(40)), options: run) { event in
          Issue.record("\(event)")
        }
      }
    }
  }

  @Test func `a checkpoint that cannot be written is told and training goes on`() throws {
    var options = try ToyTexts.options("ngramBits=8", "epochs=1")
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    var problems: [String] = []
    let (_, summary) = try TextClassifier.train(on: Examples(ToyTexts.texts(40)), options: options) { event in
      guard case .checkpoint(let report) = event else { return }
      if let problem = report.problem { problems.append(problem) }
      // The folder goes while it is in use.
      CheckpointFolder.remove(path)
    }
    #expect(!problems.isEmpty && problems.allSatisfy { $0.contains("checkpoints") })
    #expect(summary.stopReason == .finished)
  }
}

/// Ends a training after some steps: what asks before the first whether it should end is not counted.
final class StepLimit: Sendable {
  private let left: Guarded<(count: Int, isCounting: Bool)>

  init(_ most: Int) { left = Guarded((most, false)) }

  var isOver: Bool {
    left.withLock {
      if $0.isCounting { $0.count -= 1 }
      return $0.count < 0
    }
  }

  func note<Report>(_ event: TrainingEvent<Report>) {
    if case .prepared = event { left.withLock { $0.isCounting = true } }
  }
}

/// Counts calls, from any thread.
final class Counter: Sendable {
  private let count = Guarded(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
