import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Models whose checksums hold and whose contents are hostile.
@Suite struct CraftedBundleTests {
  /// Writes a trained model whose `config.json` and weights were changed, with checksums that fit.
  private func craft(
    in folder: TemporaryFolder, settings: [String: Any] = [:], ngrams: [String: Any] = [:], text: [String: Any] = [:],
    weight: Float? = nil, of tensors: String = "", configuration: [String: Any]? = nil
  ) throws -> String {
    let path = folder.path("good.charcnn")
    try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options("ngramTraining=steps")).model
      .write(to: path)
    let bundle = try ModelBundle(contentsOf: path)
    var config = try #require(
      try JSONSerialization.jsonObject(with: Data(bundle.data(named: "config.json"))) as? [String: Any])
    var architecture = try #require(config["architecture"] as? [String: Any])
    architecture["settings"] = try merged(architecture["settings"], settings)
    config["architecture"] = architecture
    config["ngrams"] = try merged(config["ngrams"], ngrams)
    config["text"] = try merged(config["text"], text)
    if let configuration { config = configuration }
    let file = try bundle.safetensors()
    var weights = SafetensorsWriter()
    for name in file.names {
      let values = try file.floats(name)
      let replaced = name.hasPrefix(tensors) ? weight.map { [Float](repeating: $0, count: values.count) } : nil
      try weights.add(name, shape: file.shape(of: name), replaced ?? values)
    }
    let crafted = folder.path("crafted.charcnn")
    try ModelBundle.write(
      to: crafted,
      files: [
        BundleFile("config.json", bytes: Array(try JSONSerialization.data(withJSONObject: config))),
        BundleFile("alphabet.json", bytes: bundle.data(named: "alphabet.json")),
        BundleFile("labels.json", bytes: bundle.data(named: "labels.json")),
        BundleFile("model.safetensors", bytes: weights.bytes()),
      ])
    return crafted
  }

  private func merged(_ object: Any?, _ changes: [String: Any]) throws -> [String: Any] {
    try #require(object as? [String: Any]).merging(changes) { $1 }
  }

  @Test func `the unchanged copy opens`() throws {
    let folder = try TemporaryFolder()
    _ = try TextClassifier(contentsOf: craft(in: folder))
  }

  // The first three would take gigabytes if memory came before the shapes.
  @Test(arguments: [
    ["filters": [16_384], "widths": [64]], ["embedding": [4_096]], ["blocks": [64]], ["classes": [-1]],
    ["alphabetSize": [9_000_000_000_000_000_000]], ["length": [1_000_000_000]], ["stride": [0]],
  ])
  func `sizes that the weights do not have are refused`(changes: [String: [Int]]) throws {
    let folder = try TemporaryFolder()
    var settings: [String: Any] = [:]
    for (name, numbers) in changes { settings[name] = name == "widths" ? numbers : numbers[0] }
    let path = try craft(in: folder, settings: settings)
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
  }

  @Test func `tables and texts beyond reason are refused`() throws {
    let folder = try TemporaryFolder()
    let path = try craft(in: folder, text: ["maximumLength": Int.max])
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    let other = try TemporaryFolder()
    let wide = try craft(in: other, ngrams: ["ngrams": [2], "ngramBits": 26])
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: wide) }
  }

  @Test func `a configuration of a newer version is called that, whatever its members are`() throws {
    let folder = try TemporaryFolder()
    let path = try craft(in: folder, configuration: ["version": 9, "layers": ["new": true]])
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.kind == .newerVersion)
    #expect(error?.description.contains("version 9") == true)
  }

  @Test(arguments: [Float.nan, .infinity, 3e38])
  func `weights that give no probabilities are refused`(weight: Float) throws {
    let folder = try TemporaryFolder()
    let path = try craft(in: folder, weight: weight, of: "embedding")
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.kind == .nonFinite)
  }

  @Test(
    arguments: [
      ("ngrams.table.idf", 3e38), ("ngrams.table.idf", -1), ("ngrams.mixture", -0.5), ("ngrams.mixture", 1e6),
    ] as [(String, Float)])
  func `numbers that no training counts or fits are refused`(tensor: String, value: Float) throws {
    let folder = try TemporaryFolder()
    let path = try craft(in: folder, weight: value, of: tensor)
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.kind == .corrupted && error?.description.contains(tensor) == true)
  }

  @Test func `the smallest rarities still give probabilities`() throws {
    let folder = try TemporaryFolder()
    for value in [0, .leastNonzeroMagnitude] as [Float] {
      let classifier = try TextClassifier(
        contentsOf: craft(in: folder, weight: value, of: "ngrams.table.idf"))
      let answers = classifier.predictions(for: ["aaaa", "", "b"], maximumCount: 1)
      #expect(answers.allSatisfy { $0.allSatisfy { $0.probability.isFinite } })
      try FileManager.default.removeItem(atPath: folder.path("good.charcnn"))
      try FileManager.default.removeItem(atPath: folder.path("crafted.charcnn"))
    }
  }
}
