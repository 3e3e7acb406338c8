import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// The promises of every training, kept by matchers: the same bytes on any number of threads and after any interruption,
/// and checked bundles.
@Suite struct MatcherRunTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func files(_ matcher: TextMatcher, _ name: String) throws -> [String: Data] {
    let path = folder.path(name)
    try matcher.write(to: path, overwrite: true)
    return try FileManager.default.contentsOfDirectory(atPath: path).reduce(into: [:]) { files, name in
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  @Test(arguments: MatchingObjective.allCases)
  func `the number of threads changes no byte of the model`(objective: MatchingObjective) throws {
    let models = try [1, 2, 3].map { threads in
      var options = try ToyPairs.options(objective, ["filters=64", "batchTexts=24"])
      options.threads = threads
      let (matcher, _) = try TextMatcher.train(on: ToyPairs.pairs(objective, 80), options: options)
      return try files(matcher, "threads\(threads).charcnn")
    }
    #expect(models[0].count == (objective == .regression ? 8 : 9))
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test(arguments: MatchingObjective.allCases)
  func `going on from a checkpoint makes the same bytes`(objective: MatchingObjective) throws {
    let pairs = ToyPairs.pairs(objective, 60)
    var options = try ToyPairs.options(objective)
    let (plain, _) = try TextMatcher.train(on: pairs, options: options)
    let expected = try files(plain, "plain.charcnn")
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    var copies: [String] = []
    let (kept, _) = try TextMatcher.train(on: pairs, options: options) { event in
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
      #expect(checkpoint.task == .matching)
      let (resumed, _) = try TextMatcher.resume(checkpoint, on: pairs)
      #expect(try files(resumed, "resumed.charcnn") == expected, "checkpoint \(number)")
    }
    let changed = try TrainingCheckpoint(contentsOf: copies[1])
    #expect(throws: TrainingError.self) {
      try TextMatcher.resume(changed, on: ToyPairs.pairs(objective, 59))
    }
    #expect(throws: (any Error).self) { try TextClassifier.resume(changed) }
  }

  @Test func `a run from a file goes on from that file`() throws {
    let lines = ToyPairs.labels(60).map { "\($0.first)\t\($0.second)\t\($0.label ?? "")\n" }
    let source = try Examples<TextPair>(contentsOf: folder.write(lines.joined(), to: "train.tsv"))
    var options = try ToyPairs.options(.contrastive)
    let (plain, _) = try TextMatcher.train(on: source, validation: source, options: options)
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .zero)
    _ = try TextMatcher.train(on: source, validation: source, options: options)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("checkpoints"))
    #expect(checkpoint.trainingPaths.first?.hasSuffix("train.tsv") == true)
    let (resumed, _) = try TextMatcher.resume(checkpoint)
    #expect(try files(resumed, "resumed.charcnn") == files(plain, "plain.charcnn"))
  }

  @Test func `which label matches is stored with checkpoints and models`() throws {
    let pairs = Examples<TextPair>(
      ToyPairs.labels(60).map { TextPair($0.first, $0.second, label: $0.label == "1" ? "a" : "b") }, name: "toys")
    var options = try ToyPairs.options(.contrastive, ["positive=a"])
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .zero)
    let (plain, _) = try TextMatcher.train(on: pairs, options: options)
    let (resumed, _) = try TextMatcher.resume(
      TrainingCheckpoint(contentsOf: folder.path("checkpoints")), on: pairs)
    #expect(try files(resumed, "resumed.charcnn") == files(plain, "plain.charcnn"))
    let opened = try TextMatcher(contentsOf: folder.path("plain.charcnn"))
    #expect(opened.labels == ["b", "a"] && opened.configuration.positive == "a" && opened.positive == "a")
  }

  @Test(arguments: MatchingObjective.allCases)
  func `a model that was written matches as before`(objective: MatchingObjective) throws {
    let (matcher, summary) = try TextMatcher.train(
      on: ToyPairs.pairs(objective, 60), options: ToyPairs.options(objective))
    #expect(summary.report.pairs > 0)
    let path = folder.path("m.charcnn")
    try matcher.write(to: path)
    #expect(try ModelBundle(contentsOf: path).task() == .matching)
    let opened = try TextMatcher(contentsOf: path, threads: 2)
    let pairs = [("she sees the cat", "he holds a lamp"), ("", "cat")].map { (first: $0.0, second: $0.1) }
    #expect(opened.matches(for: pairs) == matcher.matches(for: pairs))
    #expect(opened.record == matcher.record && opened.threshold == matcher.threshold)
    #expect(opened.configuration == matcher.configuration)
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.description.contains("matching") == true)
  }

  @Test func `a matcher starts from a classifier, and another matcher from it`() throws {
    let path = folder.path("base.charcnn")
    let texts = (1...20).flatMap { [("a wonderful film \($0)", "good"), ("a dull film \($0)", "bad")] }
    let classifier = try TextClassifier.train(
      on: Examples(texts.map { (text: $0.0, label: $0.1) }), options: ToyTexts.options("epochs=1")
    ).model
    try classifier.write(to: path)
    var options = MatchingOptions()
    try options.use(base: path)
    for assignment in [
      "epochs=1", "ngramBits=8", "ngramWidth=4", "hidden=8", "rate=1e-30", "averaging=0", "batchTexts=8",
    ] {
      try options.set(assignment)
    }
    options.threads = 1
    let (matcher, _) = try TextMatcher.train(on: ToyPairs.pairs(.classification, 40), options: options)
    #expect(Array(matcher.alphabet.units.prefix(classifier.alphabet.count - 1)) == classifier.alphabet.units)
    // At such a rate layers stay the base's own.
    let other = folder.path("matcher.charcnn")
    try matcher.write(to: other)
    let name = "blocks.0.convolutions.0.weight"
    let weights = try [path, other].map { try ModelBundle(contentsOf: $0).safetensors().floats(name) }
    #expect(weights[0] == weights[1])
    var next = MatchingOptions(.contrastive)
    try next.use(base: other)
    for assignment in ["epochs=1", "ngramBits=8", "ngramWidth=4", "batchTexts=8"] { try next.set(assignment) }
    _ = try TextMatcher.train(on: ToyPairs.pairs(.contrastive, 40), options: next)
  }

  @Test func `damaged and hostile bundles are refused`() throws {
    let good = folder.path("good.charcnn")
    try TextMatcher.train(
      on: ToyPairs.pairs(.classification, 40), options: ToyPairs.options(.classification, ["epochs=1"])
    ).model.write(to: good)
    for name in ["config.json", "labels.json", "alphabet.json", "model.safetensors"] {
      let bad = folder.path("bad-\(name).charcnn")
      try FileManager.default.copyItem(atPath: good, toPath: bad)
      let url = URL(fileURLWithPath: "\(bad)/\(name)")
      var data = try Data(contentsOf: url)
      data[data.count / 2] ^= 1
      try data.write(to: url)
      #expect(throws: StorageError.self) { try TextMatcher(contentsOf: bad) }
    }
    let bundle = try ModelBundle(contentsOf: good)
    func craft(_ name: String, settings: [String: Any?] = [:], weight: Float? = nil) throws -> String {
      var config = try #require(
        try JSONSerialization.jsonObject(with: Data(bundle.data(named: "config.json"))) as? [String: Any])
      var network = try #require(config["network"] as? [String: Any])
      for (name, value) in settings { network[name] = value }
      config["network"] = network
      let file = try bundle.safetensors()
      var weights = SafetensorsWriter()
      for tensor in file.names {
        let values = try file.floats(tensor)
        let replaced = tensor.hasPrefix("hidden") ? weight.map { [Float](repeating: $0, count: values.count) } : nil
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
    _ = try TextMatcher(contentsOf: craft("same"))
    let hostile: [[String: Any?]] = [
      ["ngramBits": 22], ["ngramBits": 60], ["ngramBits": -1], ["classes": 9], ["filters": 15], ["symmetric": nil],
      ["objective": "regression"], ["objective": "contrastive"], ["objective": "other"], ["margin": -1],
      ["ngrams": [0]],
      ["overlaps": [100]], ["overlaps": [1, 1, 1, 1, 1, 1, 1, 1, 1]], ["hidden": [1_000_000_000]],
      ["ngramWidth": 1_000_000], ["alphabetSize": 1_000_000_000_000], ["lowest": 3, "highest": 1],
    ]
    for (number, settings) in hostile.enumerated() {
      let path = try craft("settings\(number)", settings: settings)
      #expect(throws: StorageError.self, "\(settings)") { try TextMatcher(contentsOf: path) }
    }
    for (number, weight) in [Float.nan, .infinity, 3e38].enumerated() {
      let path = try craft("weight\(number)", weight: weight)
      #expect(throws: StorageError.self) { try TextMatcher(contentsOf: path) }
    }
  }
}
