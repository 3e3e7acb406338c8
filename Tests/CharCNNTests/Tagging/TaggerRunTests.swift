import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// The promises of every training, kept by taggers: the same bytes on any number of threads and after any interruption,
/// and checked bundles.
@Suite struct TaggerRunTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sentences(_ unit: TaggingUnit) -> Examples<TaggedSentence> {
    Examples(unit == .word ? ToySentences.words(60) : ToySentences.characters(60, scheme: .bio), name: "toys")
  }

  private func files(_ tagger: SequenceTagger, _ name: String) throws -> [String: Data] {
    let path = folder.path(name)
    try tagger.write(to: path, overwrite: true)
    return try FileManager.default.contentsOfDirectory(atPath: path).reduce(into: [:]) { files, name in
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  @Test(arguments: TaggingUnit.allCases)
  func `the number of threads changes no byte of the model`(unit: TaggingUnit) throws {
    let models = try [1, 2, 3].map { threads in
      var options = try ToySentences.options(unit, ["filters=64", "batchCharacters=200", "spanSwaps=0.3"])
      options.threads = threads
      let (tagger, _) = try SequenceTagger.train(on: sentences(unit), options: options)
      return try files(tagger, "threads\(threads).charcnn")
    }
    #expect(models[0].count == 9)
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test(arguments: TaggingUnit.allCases)
  func `going on from a checkpoint makes the same bytes`(unit: TaggingUnit) throws {
    var options = try ToySentences.options(unit, ["spanSwaps=0.4"])
    let (plain, _) = try SequenceTagger.train(on: sentences(unit), options: options)
    let expected = try files(plain, "plain.charcnn")
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    var copies: [String] = []
    let (kept, _) = try SequenceTagger.train(on: sentences(unit), options: options) { event in
      guard case .checkpoint(let report) = event else { return }
      #expect(report.problem == nil)
      let copy = folder.path("copy-\(copies.count)")
      do {
        let newest = try FileManager.default.contentsOfDirectory(atPath: path).sorted().last ?? ""
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(path)/\(newest)", toPath: "\(copy)/checkpoint-000001")
      } catch { Issue.record(error) }
      copies.append(copy)
    }
    #expect(try files(kept, "kept.charcnn") == expected, "checkpoints change nothing")
    #expect(copies.count > 4)
    for number in [0, copies.count / 2, copies.count - 2] {
      let checkpoint = try TrainingCheckpoint(contentsOf: copies[number])
      #expect(checkpoint.task == .tagging)
      let (resumed, _) = try SequenceTagger.resume(checkpoint, on: sentences(unit))
      #expect(try files(resumed, "resumed.charcnn") == expected, "checkpoint \(number)")
    }
    let changed = try TrainingCheckpoint(contentsOf: copies[1])
    #expect(throws: TrainingError.self) {
      try SequenceTagger.resume(changed, on: Examples(ToySentences.words(59), name: "others"))
    }
    #expect(throws: (any Error).self) { try TextClassifier.resume(changed) }
  }

  @Test func `a run from a file goes on from that file`() throws {
    let lines = ToySentences.words(60).map { sentence in
      sentence.tokens.map { "\($0.text)\t\($0.tag ?? "")\n" }.joined()
    }
    let source = try Examples<TaggedSentence>(contentsOf: folder.write(lines.joined(separator: "\n"), to: "train.tsv"))
    var options = try ToySentences.options(.word)
    let (plain, _) = try SequenceTagger.train(on: source, options: options)
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .zero)
    var steps = 0
    _ = try SequenceTagger.train(
      on: source, options: options, progress: { if case .checkpoint = $0 { steps += 1 } })
    #expect(steps > 2)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("checkpoints"))
    #expect(checkpoint.trainingPaths.first?.hasSuffix("train.tsv") == true)
    let (resumed, _) = try SequenceTagger.resume(checkpoint)
    #expect(try files(resumed, "resumed.charcnn") == files(plain, "plain.charcnn"))
  }

  @Test(arguments: TaggingUnit.allCases)
  func `a model that was written predicts as before`(unit: TaggingUnit) throws {
    let (tagger, summary) = try SequenceTagger.train(on: sentences(unit), options: ToySentences.options(unit))
    #expect(summary.report.sentences > 0)
    let path = folder.path("m.charcnn")
    try tagger.write(to: path)
    #expect(try ModelBundle(contentsOf: path).task() == .tagging)
    let opened = try SequenceTagger(contentsOf: path, threads: 2)
    let text = unit == .word ? "the red cat sees a house" : "王五看见李四海"
    #expect(opened.tags(in: text, sequences: 2) == tagger.tags(in: text, sequences: 2))
    #expect(opened.record == tagger.record)
    #expect(opened.record?.accuracy == summary.report.accuracy)
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.description.contains("tagging") == true)
  }

  @Test func `damaged and hostile bundles are refused`() throws {
    let good = folder.path("good.charcnn")
    try SequenceTagger.train(on: sentences(.word), options: ToySentences.options(.word)).model.write(to: good)
    for name in ["config.json", "labels.json", "alphabet.json", "model.safetensors"] {
      let bad = folder.path("bad-\(name).charcnn")
      try FileManager.default.copyItem(atPath: good, toPath: bad)
      let url = URL(fileURLWithPath: "\(bad)/\(name)")
      var data = try Data(contentsOf: url)
      data[data.count / 2] ^= 1
      try data.write(to: url)
      #expect(throws: StorageError.self) { try SequenceTagger(contentsOf: bad) }
    }
    let bundle = try ModelBundle(contentsOf: good)
    func craft(_ name: String, settings: [String: Any] = [:], weight: Float? = nil) throws -> String {
      var config = try #require(
        try JSONSerialization.jsonObject(with: Data(bundle.data(named: "config.json"))) as? [String: Any])
      var architecture = try #require(config["architecture"] as? [String: Any])
      let all = try #require(architecture["settings"] as? [String: Any])
      architecture["settings"] = all.merging(settings) { $1 }
      config["architecture"] = architecture
      let file = try bundle.safetensors()
      var weights = SafetensorsWriter()
      for tensor in file.names {
        let values = try file.floats(tensor)
        let replaced = tensor.hasPrefix("crf") ? weight.map { [Float](repeating: $0, count: values.count) } : nil
        try weights.add(tensor, shape: file.shape(of: tensor), replaced ?? values)
      }
      let path = folder.path("\(name).charcnn")
      try ModelBundle.write(
        to: path,
        files: [
          BundleFile("config.json", bytes: Array(try JSONSerialization.data(withJSONObject: config))),
          BundleFile("alphabet.json", bytes: bundle.data(named: "alphabet.json")),
          BundleFile("labels.json", bytes: bundle.data(named: "labels.json")),
          BundleFile("model.safetensors", bytes: weights.bytes()),
        ])
      return path
    }
    _ = try SequenceTagger(contentsOf: craft("same"))
    for (number, settings)
      in ([["ngramBits": 22], ["ngramBits": 60], ["classes": 9], ["filters": 15]] as [[String: Any]])
      .enumerated()
    {
      let path = try craft("settings\(number)", settings: settings)
      #expect(throws: StorageError.self) { try SequenceTagger(contentsOf: path) }
    }
    for (number, weight) in [Float.nan, .infinity].enumerated() {
      let path = try craft("weight\(number)", weight: weight)
      #expect(throws: StorageError.self) { try SequenceTagger(contentsOf: path) }
    }
    // Large and finite: the sums are taken term by term, and the answers stay numbers.
    let large = try SequenceTagger(contentsOf: craft("large", weight: 1e30))
    #expect(large.tags(in: "the cat")[0].tokens.allSatisfy { $0.probability.isFinite })
  }

  @Test func `a file without blank lines between its sentences is told as such`() throws {
    let folder = try TemporaryFolder()
    let rows = (1...101).flatMap { number in
      ["Ann\tB-PER", "sees\tO", "big\tO", "Rome\tB-LOC", ".\tO"].map { "Sentence: \(number)\t\($0)\n" }
    }
    let source = try Examples<TaggedSentence>(
      contentsOf: try folder.write("Sentence #\tWord\tTag\n" + rows.joined(), to: "all.txt"))
    let error = #expect(throws: DataError.self) { _ = try SequenceTagger.train(on: source) }
    #expect(error?.problem.contains("no blank line separates sentences, and all 505 tokens") == true)
    // With sentences to measure by it may be meant, and is only told.
    let held = try Examples<TaggedSentence>(
      contentsOf: try folder.write("Ann\tB-PER\nsees\tO\nRome\tB-LOC\n", to: "held.txt"))
    var options = TaggingOptions(for: source)
    try options.set("epochs=1")
    var warnings: [String] = []
    _ = try SequenceTagger.train(
      on: source, validation: held, options: options,
      progress: { if case .prepared(let summary) = $0 { warnings = summary.warnings } })
    #expect(warnings.contains { $0.contains("no blank line separates sentences") })
    // One short sentence lacks others, not blank lines.
    #expect(throws: TrainingError.self) { _ = try SequenceTagger.train(on: held) }
  }
}
