import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct CharacterLanguageModelTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Lines that a small model learns to spell.
  private func text(_ lines: Int, seed: UInt64 = 1) -> String {
    ToyTexts.texts(lines, seed: seed).map { $0.text + "\n" }.joined()
  }

  private func options(_ objective: LanguageObjective = .causal, _ assignments: String...) throws -> LanguageOptions {
    var options = LanguageOptions(objective)
    options.threads = 1
    let small = [
      "filters=16", "embedding=8", "blocks=2", "dilations=1,2", "window=32", "batchCharacters=256", "epochs=2",
      "rate=0.01",
    ]
    for assignment in small + assignments { try options.set(assignment) }
    return options
  }

  private func files(_ model: CharacterLanguageModel) throws -> [String: Data] {
    let path = folder.path("m.charcnn")
    try model.write(to: path, overwrite: true)
    return try FileManager.default.contentsOfDirectory(atPath: path).reduce(into: [:]) { files, name in
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  @Test(arguments: LanguageObjective.allCases)
  func `a model learns to spell, and any number of threads makes the same bytes`(objective: LanguageObjective) throws {
    let path = try folder.write(text(300), to: "text.txt")
    var options = try options(objective, "epochs=10")
    let (model, summary) = try CharacterLanguageModel.train(on: Examples(contentsOf: path), options: options)
    let report = summary.report
    // Letters of these words alone have about 4 bits; hidden ones have hidden neighbours.
    #expect(report.bitsPerCharacter < (objective == .causal ? 2.5 : 3.7))
    #expect(report.characters > 0 && summary.report.score == -report.natsPerCharacter)
    #expect(abs(report.bitsPerCharacter * log(2) - report.natsPerCharacter) < 1e-9)
    let expected = try files(model)
    #expect(expected.count == (objective == .causal ? 9 : 8))
    for threads in [2, 5] {
      options.threads = threads
      #expect(
        try files(CharacterLanguageModel.train(on: Examples(contentsOf: path), options: options).model) == expected)
    }
  }

  @Test(arguments: LanguageObjective.allCases)
  func `a run that goes on from a checkpoint makes the same bytes`(objective: LanguageObjective) throws {
    let path = try folder.write(text(120), to: "text.txt")
    let held = try folder.write(text(30, seed: 9), to: "held.txt")
    var options = try options(objective, "averaging=0.9")
    let expected = try files(
      CharacterLanguageModel.train(
        on: Examples(contentsOf: path), validation: Examples(contentsOf: held), options: options
      ).model)
    let checkpoints = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: checkpoints, interval: .zero)
    let steps = Guarded(0)
    let stop = { @Sendable () -> Bool in
      steps.withLock {
        $0 += 1
        return $0 > 5
      }
    }
    let first = try CharacterLanguageModel.train(
      on: Examples(contentsOf: path), validation: Examples(contentsOf: held), options: options, isCancelled: stop)
    #expect(first.summary.stopReason == .cancelled)
    do {
      var checkpoint = try TrainingCheckpoint(contentsOf: checkpoints)
      #expect(checkpoint.task == .language && checkpoint.trainingPaths == [path])
      #expect(throws: StorageError.self) { try TextClassifier.resume(checkpoint) }
      checkpoint.threads = 3
      #expect(try files(CharacterLanguageModel.resume(checkpoint).model) == expected)
    }
    try folder.write(text(121), to: "text.txt")
    let error = #expect(throws: TrainingError.self) {
      try CharacterLanguageModel.resume(TrainingCheckpoint(contentsOf: checkpoints))
    }
    #expect(error?.description.contains("text.txt") == true)
  }

  @Test func `a model that was written and opened says and writes the same`() throws {
    let path = try folder.write(text(200), to: "text.txt")
    let (model, _) = try CharacterLanguageModel.train(on: Examples(contentsOf: path), options: options())
    try model.write(to: folder.path("a.charcnn"))
    let opened = try CharacterLanguageModel(contentsOf: folder.path("a.charcnn"), threads: 2)
    #expect(opened.record == model.record && opened.alphabet == model.alphabet)
    #expect(try opened.evaluate(on: Examples(contentsOf: path)) == model.evaluate(on: Examples(contentsOf: path)))
    let written = try model.text(continuing: "ap", length: 40)
    #expect(written.unicodeScalars.count == 40)
    #expect(try opened.text(continuing: "ap", length: 40) == written)
    var other = CharacterLanguageModel.SamplingOptions()
    other.seed = 2
    #expect(try model.text(continuing: "ap", length: 40, options: other) != written)
    other.temperature = 0
    let likeliest = try model.text(continuing: "ap", length: 40, options: other)
    other.temperature = 1
    other.topK = 1
    other.seed = 3
    #expect(try model.text(continuing: "ap", length: 40, options: other) == likeliest)
    #expect(try ModelBundle(contentsOf: folder.path("a.charcnn")).task() == .language)
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: folder.path("a.charcnn")) }
  }

  @Test func `n-grams beside a network that knows nothing spell the words, and are told apart from none`() throws {
    let path = try folder.write(text(200), to: "text.txt")
    let held = try folder.write(text(40, seed: 5), to: "held.txt")
    func train(_ assignment: String) throws -> (model: CharacterLanguageModel, nats: Double) {
      let (model, summary) = try CharacterLanguageModel.train(
        on: Examples(contentsOf: path), validation: Examples(contentsOf: held),
        options: options(.causal, assignment, "rate=1e-30", "averaging=0"))
      return (model, summary.report.natsPerCharacter)
    }
    let (with, without) = (try train("ngrams=5"), try train("ngrams=none"))
    #expect(with.nats < 0.7 * without.nats)
    #expect(with.model.ngrams?.order == 5 && without.model.ngrams == nil)
    // What the run reported is what the model says of the same text.
    let again = try with.model.evaluate(on: Examples(contentsOf: held))
    #expect(abs(again.natsPerCharacter - with.nats) < 1e-9)
    var likeliest = CharacterLanguageModel.SamplingOptions()
    likeliest.temperature = 0.01
    let written = try with.model.text(continuing: "", length: 200, options: likeliest).dropLast(10)
    let words = Set(try String(contentsOfFile: path, encoding: .utf8).split { " \n".contains($0) })
    let spelled = written.split { " \n".contains($0) }
    #expect(spelled.count > 10 && spelled.dropFirst().dropLast().allSatisfy(words.contains), "\(written)")
  }

  @Test func `n-grams that no training counts are refused`() throws {
    let path = try folder.write(text(60), to: "text.txt")
    try CharacterLanguageModel.train(on: Examples(contentsOf: path), options: options(.causal, "ngrams=3", "epochs=1"))
      .model.write(
        to: folder.path("good.charcnn"))
    let bundle = try ModelBundle(contentsOf: folder.path("good.charcnn"))
    let file = try bundle.safetensors(named: "ngrams.safetensors")
    func craft(_ change: (String, [Int32]) -> [Int32]?) throws -> String {
      var ngrams = SafetensorsWriter()
      for name in file.names {
        guard let changed = change(name, try file.int32s(name)) else { continue }
        try ngrams.add(name, shape: [changed.count], changed)
      }
      let crafted = folder.path("crafted.charcnn")
      let others = try ["config.json", "alphabet.json", "model.safetensors"].map {
        BundleFile($0, bytes: try bundle.data(named: $0))
      }
      try ModelBundle.write(
        to: crafted, files: others + [BundleFile("ngrams.safetensors", bytes: ngrams.bytes())], overwrite: true)
      return crafted
    }
    _ = try CharacterLanguageModel(contentsOf: craft { $1 })
    for change: (String, [Int32]) -> [Int32]? in [
      { $0 == "levels.2.counts" ? nil : $1 }, { $0 == "levels.2.counts" ? $1.map { -$0 - 1 } : $1 },
      { $0 == "levels.3.characters" ? $1.map { $0 + 1_000 } : $1 },
      { $0 == "levels.1.firstChild" ? $1.reversed() : $1 }, { $1 + [0] },
    ] {
      let crafted = try craft(change)
      let error = #expect(throws: StorageError.self) { try CharacterLanguageModel(contentsOf: crafted) }
      #expect(error?.description.contains("ngrams.safetensors") == true)
    }
  }

  @Test func `impossible wishes are refused`() throws {
    let path = try folder.write(text(40), to: "text.txt")
    let (masked, _) = try CharacterLanguageModel.train(
      on: Examples(contentsOf: path), options: options(.masked, "epochs=1"))
    #expect(throws: ConfigurationError.self) { try masked.text(continuing: "a", length: 1) }
    for setting in ["padding=same", "window=3", "maskRate=1", "filters=7", "ngrams=1", "ngrams=9"] {
      #expect(throws: ConfigurationError.self) {
        try CharacterLanguageModel.train(on: Examples(contentsOf: path), options: options(.causal, setting))
      }
    }
    #expect(throws: ConfigurationError.self) {
      try CharacterLanguageModel.train(on: Examples(contentsOf: path), options: options(.masked, "ngrams=3"))
    }
    for setting in ["pooling=max", "classes=3", "nothing=1", "window"] {
      #expect(throws: ConfigurationError.self) { try options(.causal, setting) }
    }
    #expect(throws: DataError.self) {
      try CharacterLanguageModel.train(on: Examples(contentsOf: folder.path("none.txt")), options: options())
    }
    try Data([0x61, 0x0A, 0xFF, 0x62]).write(to: URL(fileURLWithPath: folder.path("bad.txt")))
    let error = #expect(throws: DataError.self) {
      try CharacterLanguageModel.train(on: Examples(contentsOf: folder.path("bad.txt")), options: options())
    }
    #expect(error?.line == 2 && error?.column == 1)
  }

  @Test func `texts read from their files again are those in memory`() throws {
    // Long lines and short ones, and letters of several bytes.
    let long = String(repeating: "Ünïcödé 文字 ", count: 9_000)
    let path = try folder.write(text(50) + long + "\n" + text(700, seed: 3), to: "text.txt")
    var builder = AlphabetBuilder()
    builder.add(text: long + text(60), settings: TextSettings(maximumLength: .max))
    let encoder = TextEncoder(settings: TextSettings(maximumLength: 3), alphabet: builder.build())
    let memory = try CharacterStream([PlainText(path: path), PlainText(path: path)], encoder: encoder)
    let file = try CharacterStream(
      [PlainText(path: path), PlainText(path: path)], encoder: encoder, memoryBudget: 1_000)
    #expect(memory.digest == file.digest && memory.segments == file.segments && memory.segments.count == 2)
    let length = memory.length(ofFile: 1)
    #expect(length > 100_000)
    for start in stride(from: 0, to: length - 5_000, by: 4_099) {
      func read(_ stream: CharacterStream) throws -> [Int32] {
        var buffer = [Int32](repeating: -1, count: 5_000)
        try buffer.withUnsafeMutableBufferPointer { try stream.copy(file: 1, from: start, into: $0) }
        return buffer
      }
      #expect(try read(memory) == read(file))
    }
  }

  @Test func `held-out blocks and the rest are all characters, once`() throws {
    let paths = try [folder.write(text(900), to: "a.txt"), folder.write(text(5), to: "b.txt")]
    var builder = AlphabetBuilder()
    builder.add(text: text(30), settings: TextSettings())
    let stream = try CharacterStream(
      paths.map { try PlainText(path: $0) }, encoder: TextEncoder(settings: TextSettings(), alphabet: builder.build()))
    let (training, validation) = stream.split(fraction: 0.1, block: 500, seed: 1)
    for file in 0..<2 {
      var seen = [Int](repeating: 0, count: stream.length(ofFile: file))
      for segment in training + validation where segment.file == file {
        for place in segment.range { seen[place] += 1 }
      }
      #expect(seen.allSatisfy { $0 == 1 })
    }
    let held = validation.reduce(0) { $0 + $1.range.count }
    let all = stream.segments.reduce(0) { $0 + $1.range.count }
    #expect(abs(Double(held) / Double(all) - 0.1) < 0.05)
    #expect(stream.split(fraction: 0.1, block: 500, seed: 2).validation != validation)
  }

  @Test func `a masked model is never measured on nothing`() throws {
    // So little is hidden that chance would hide none of these few characters.
    let path = try folder.write(text(6), to: "text.txt")
    let held = try folder.write("apple\n", to: "held.txt")
    let options = try options(.masked, "maskRate=0.0001", "maskSpan=1", "averaging=0")
    let (model, summary) = try CharacterLanguageModel.train(
      on: Examples(contentsOf: path), validation: Examples(contentsOf: held), options: options)
    let report = summary.report
    #expect(report.characters == 1 && report.natsPerCharacter > 0)
    #expect(try model.evaluate(on: Examples(contentsOf: held)).characters == 1)
    #expect(try model.evaluate(on: Examples(contentsOf: path)).characters == 1)
  }

  @Test func `characters that a model does not know are counted`() throws {
    let path = try folder.write(text(60), to: "text.txt")
    let (model, summary) = try CharacterLanguageModel.train(on: Examples(contentsOf: path), options: options())
    #expect(summary.report.unknown == nil)
    #expect(try model.evaluate(on: Examples(contentsOf: path)).unknown == 0)
    let foreign = try folder.write("apple 你好\n", to: "foreign.txt")
    let report = try model.evaluate(on: Examples(contentsOf: foreign))
    #expect(report.unknown == 2 && report.unknownShare == 2.0 / 9)
    let empty = folder.path("empty.txt")
    try Data([0xEF, 0xBB, 0xBF]).write(to: URL(fileURLWithPath: empty))
    let error = #expect(throws: TrainingError.self) {
      try CharacterLanguageModel.train(on: Examples(contentsOf: empty), options: options())
    }
    #expect(error?.description.hasPrefix("\(empty): has no example; give a file with text") == true)
  }
}
