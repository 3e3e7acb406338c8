import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// The bits of models of scores, their files, and where they come from.
@Suite struct RegressorRunTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func files(_ model: TextRegressor, _ name: String) throws -> [String: [UInt8]] {
    let path = folder.path(name)
    try model.write(to: path, overwrite: true)
    let bundle = try ModelBundle(contentsOf: path)
    return try Dictionary(uniqueKeysWithValues: bundle.fileNames.map { ($0, try bundle.data(named: $0)) })
  }

  private static let variants: [[String]] = [[], ["ordinal=true"], ["ngramTraining=steps", "ngramBits=8"]]

  @Test(arguments: variants)
  func `the number of threads changes no byte of the model`(settings: [String]) throws {
    let models = try [1, 2, 3].map { threads in
      var options = try ToyScores.options(settings)
      options.threads = threads
      let texts = settings.contains("ordinal=true") ? ToyScores.grades(520) : ToyScores.texts(520)
      return try files(TextRegressor.train(on: texts, options: options).model, "threads\(threads).charcnn")
    }
    #expect(models[0]["scale.json"] == nil && models[0]["config.json"] != nil && models[0]["labels.json"] == nil)
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test(arguments: variants)
  func `going on from a checkpoint makes the same bytes`(settings: [String]) throws {
    let hasGrades = settings.contains("ordinal=true")
    let texts = hasGrades ? ToyScores.grades(120) : ToyScores.texts(120)
    var options = try ToyScores.options(settings)
    let expected = try files(TextRegressor.train(on: texts, options: options).model, "plain.charcnn")
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    var copies: [String] = []
    let (kept, _) = try TextRegressor.train(on: texts, options: options) { event in
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
      #expect(checkpoint.task == .regression)
      let (resumed, _) = try TextRegressor.resume(checkpoint, on: texts)
      #expect(try files(resumed, "resumed.charcnn") == expected, "checkpoint \(number)")
    }
    let changed = try TrainingCheckpoint(contentsOf: copies[1])
    #expect(throws: TrainingError.self) {
      try TextRegressor.resume(changed, on: hasGrades ? ToyScores.grades(119) : ToyScores.texts(119))
    }
    #expect(throws: (any Error).self) { try TextClassifier.resume(changed) }
  }

  @Test func `a run from a file goes on from that file`() throws {
    let rows = ToyScores.graded(90).map { "\($0.text)\t\($0.grade)\n" }.joined()
    let path = try folder.write("text\tscore\n" + rows, to: "train.tsv")
    let source = try Examples<LabeledText>(contentsOf: path, options: DataOptions(needsScores: true))
    var options = try ToyScores.options()
    let expected = try files(TextRegressor.train(on: source, options: options).model, "whole.charcnn")
    options.checkpoint = CheckpointOptions(folder: folder.path("state"), interval: .zero)
    _ = try TextRegressor.train(on: source, options: options)
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("state"))
    #expect(checkpoint.trainingPaths.first?.hasSuffix("train.tsv") == true)
    let (model, _) = try TextRegressor.resume(checkpoint)
    #expect(try files(model, "resumed.charcnn") == expected)
    #expect(model.columns?.label == "score")
  }

  @Test(arguments: [nil, "ngrams"], [false, true])
  func `a model that was written answers to the bit as it did`(model: String?, hasGrades: Bool) throws {
    let options = try ToyScores.options(hasGrades ? ["ordinal=true"] : [], model: model)
    let texts = hasGrades ? ToyScores.grades(150) : ToyScores.texts(150)
    let (regressor, _) = try TextRegressor.train(on: texts, options: options)
    let path = folder.path("scores.charcnn")
    try regressor.write(to: path)
    let opened = try TextRegressor(contentsOf: path, threads: 2)
    let held = ToyScores.graded(40, seed: 9).map(\.text)
    #expect(opened.predictions(for: held) == regressor.predictions(for: held))
    #expect(opened.record == regressor.record && opened.grades == regressor.grades && opened.range == regressor.range)
    #expect(try TextRegressor(data: regressor.data()).predictions(for: held) == regressor.predictions(for: held))
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.kind == .otherTask && error?.description.contains("TextRegressor") == true)
    let card = try #require(ModelBundle(contentsOf: path).card)
    #expect(card.contains(hasGrades ? "one of 5 grades from 1 to 5" : "a score from -1.5 to -0.02"), "\(card)")
    #expect(throws: StorageError.self) { try regressor.write(to: path) }
  }

  @Test(arguments: [
    ("deviation", 0.0), ("lowest", 99), ("mean", 0), ("grades", 3), ("version", 9),
  ])
  func `a configuration that makes no sense is refused`(member: String, value: Double) throws {
    let (regressor, _) = try TextRegressor.train(on: ToyScores.texts(60), options: ToyScores.options(["epochs=1"]))
    let path = folder.path("good.charcnn")
    try regressor.write(to: path)
    let bundle = try ModelBundle(contentsOf: path)
    var config = try #require(
      try JSONSerialization.jsonObject(with: Data(bundle.data(named: "config.json"))) as? [String: Any])
    var scale = try #require(config["scale"] as? [String: Any])
    switch member {
    case "version": config["version"] = Int(value)
    case "grades": scale["grades"] = [1, value, 2]
    case "mean": scale["mean"] = "none"
    default: scale[member] = value
    }
    config["scale"] = scale
    let crafted = folder.path("crafted.charcnn")
    let others = try bundle.fileNames.filter { $0 != "config.json" }.map {
      BundleFile($0, bytes: try bundle.data(named: $0))
    }
    try ModelBundle.write(
      to: crafted,
      files: [BundleFile("config.json", bytes: Array(try JSONSerialization.data(withJSONObject: config)))] + others)
    #expect(throws: StorageError.self) { try TextRegressor(contentsOf: crafted) }
  }

  @Test func `a damaged file is refused`() throws {
    let (regressor, _) = try TextRegressor.train(on: ToyScores.texts(60), options: ToyScores.options(model: "ngrams"))
    let path = folder.path("scores.charcnn")
    try regressor.write(to: path)
    let file = "\(path)/ngrams.safetensors"
    var bytes = try Data(contentsOf: URL(filePath: file))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: file))
    #expect(throws: StorageError.self) { try TextRegressor(contentsOf: path) }
  }

  @Test func `models of scores start from others, and others from them`() throws {
    let path = folder.path("base.charcnn")
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    try classifier.write(to: path)
    var options = TextRegressor.Options()
    try options.use(base: path)
    options.threads = 1
    options.training.epochs = 1
    let (regressor, summary) = try TextRegressor.train(on: ToyScores.texts(80), options: options)
    #expect(summary.epochs == 1 && regressor.architecture.name == "gated")
    let scores = folder.path("scores.charcnn")
    try regressor.write(to: scores)
    var others = try ToyTexts.options("epochs=1")
    try others.use(base: scores)
    #expect(try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: others).model.labels.count == 3)
    let (alone, _) = try TextRegressor.train(on: ToyScores.texts(60), options: ToyScores.options(model: "ngrams"))
    try alone.write(to: scores, overwrite: true)
    var refused = TextRegressor.Options()
    #expect(throws: ConfigurationError.self) { try refused.use(base: scores) }
  }
}
