import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers whose n-grams answer alone where they are sure.
@Suite struct CascadeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func options(_ settings: String..., threads: Int = 2) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    options.threads = threads
    options.cascade = true
    // Single characters tell little, so that the network counts.
    let small = ["filters=16", "embedding=8", "blocks=1", "epochs=8", "rate=0.02", "minimumCount=1"]
    for assignment in small + ["ngrams=1", "wordNgrams=none", "wordPairs=none"] + settings {
      try options.set(assignment)
    }
    return options
  }

  /// Texts of which some have a label that does not fit, so that nothing is right about all of them.
  private static func texts(_ count: Int, seed: UInt64 = 1) -> [(text: String, label: String)] {
    ToyTexts.texts(count, seed: seed).enumerated().map { number, text in
      number % 7 == 3 ? (text.text, "metal") : text
    }
  }

  private static let held = texts(400, seed: 2)

  private func trained(_ options: ClassificationOptions) throws -> TextClassifier.Trained {
    try TextClassifier.train(
      on: Examples(Self.texts(300)), validation: Examples(Self.held), options: options)
  }

  private func files(_ model: TextClassifier, _ name: String) throws -> [String: [UInt8]] {
    try model.write(to: folder.path(name))
    return try folder.files(of: name)
  }

  @Test func `on the validation texts it is at least as often right, and the model does what the report says`() throws {
    let (model, summary) = try trained(options())
    let cascade = try #require(model.cascade)
    let report = try #require(summary.cascade)
    #expect(cascade.share > 0 && cascade.threshold >= 0 && cascade.weight > 0)
    #expect(report.accuracy >= report.accuracyWithout && report.accuracy == summary.report.accuracy)
    #expect(report.share == cascade.share && summary.report.ngramShare == cascade.share && summary.notes.isEmpty)
    #expect(report.seconds > 0 && report.secondsWithout > 0)
    let measured = try model.evaluate(on: Examples(Self.held))
    #expect(measured.accuracy == report.accuracy && measured.ngramShare == cascade.share)
    #expect(model.record?.accuracy == report.accuracy)
    // A look inside gives the answers that predictions give, and says whose they are.
    for (text, _) in Self.held.prefix(60) {
      let walkthrough = model.walkthrough(of: text)
      let answer = try #require(model.predictions(for: [text], maximumCount: 1)[0].first)
      #expect(walkthrough.predictions.first == answer)
      let mixed = walkthrough.steps.last?.values.max().map(Double.init)
      #expect(walkthrough.notes.contains { $0.contains("the cascade answers") } == (mixed != answer.probability))
    }
    let options = try options()
    var whole = options
    whole.cascade = false
    let (without, other) = try trained(whole)
    #expect(other.report.accuracy == report.accuracyWithout && other.cascade == nil && without.cascade == nil)
    #expect(try without.evaluate(on: Examples(Self.held)).ngramShare == nil)
  }

  @Test func `a bundle keeps it, with the same bytes on any number of threads`() throws {
    let model = try trained(options(threads: 1)).model
    let one = try files(model, "one.charcnn")
    #expect(try files(trained(options(threads: 3)).model, "three.charcnn") == one)
    let opened = try TextClassifier(contentsOf: folder.path("one.charcnn"))
    #expect(opened.cascade != nil && opened.cascade == model.cascade)
    let texts = ToyTexts.texts(2_500, seed: 9).map(\.text) + ["", "x", "字"]
    let expected = model.predictions(for: texts, maximumCount: 3)
    #expect(opened.predictions(for: texts, maximumCount: 3) == expected)
    for number in stride(from: 0, to: texts.count, by: 31) {
      #expect(opened.predictions(for: [texts[number]], maximumCount: 3)[0] == expected[number])
    }
    let card = String(decoding: try #require(one["README.md"]), as: UTF8.self)
    #expect(card.contains("| cascade | n-grams answer alone from a margin of"))
    let small = try model.quantized()
    #expect(small.cascade == model.cascade)
    #expect(try TextClassifier(data: small.data()).cascade == model.cascade)
  }

  @Test func `nothing of it is in a model without, nor in its options`() throws {
    var options = try options()
    options.cascade = false
    let configuration = try #require(try files(trained(options).model, "plain.charcnn")["config.json"])
    #expect(!String(decoding: configuration, as: UTF8.self).contains("cascade"))
    func written(_ options: ClassificationOptions) throws -> String {
      String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
    }
    #expect(try !written(options).contains("cascade"))
    options.cascade = true
    #expect(try JSONDecoder().decode(ClassificationOptions.self, from: JSONEncoder().encode(options)).cascade)
  }

  @Test(arguments: [
    "model=ngrams", "model=kim", "ngrams=none", "ngramTraining=steps", "ngramBits=10", "chunkLength=20",
  ])
  func `what cannot have one refuses it`(setting: String) throws {
    var options = ClassificationOptions()
    options.cascade = true
    if let name = setting.split(separator: "=").last, setting.hasPrefix("model") {
      try options.use(model: String(name))
    } else {
      try options.set(setting)
    }
    let error = #expect(throws: ConfigurationError.self) {
      _ = try TextClassifier.train(on: Examples(Self.texts(60)), options: options)
    }
    #expect(error?.setting == "cascade")
    #expect(error?.advice != nil)
  }

  /// Writes a model whose `config.json` was changed, with checksums that fit.
  private func crafted(_ path: String, _ change: (inout [String: Any]) -> Void) throws -> String {
    let bundle = try ModelBundle(contentsOf: path)
    var config = try #require(
      try JSONSerialization.jsonObject(with: Data(bundle.data(named: "config.json"))) as? [String: Any])
    change(&config)
    let crafted = folder.path("crafted.charcnn")
    try ModelBundle.write(
      to: crafted,
      files: [BundleFile("config.json", bytes: Array(try JSONSerialization.data(withJSONObject: config)))]
        + ["alphabet.json", "labels.json", "model.safetensors", "ngrams.safetensors"].compactMap { name in
          (try? bundle.data(named: name)).map { BundleFile(name, bytes: Array($0)) }
        }, overwrite: true)
    return crafted
  }

  @Test func `a bundle with a cascade that cannot be is refused`() throws {
    let good = folder.path("good.charcnn")
    try trained(options()).model.write(to: good)
    func cascade(_ changes: [String: Any]) throws -> String {
      try crafted(good) { config in
        config["cascade"] = (config["cascade"] as? [String: Any] ?? [:]).merging(changes) { $1 }
      }
    }
    #expect(try TextClassifier(contentsOf: cascade([:])).cascade != nil)
    let wrong: [[String: Any]] = [
      ["threshold": -0.5], ["weight": -1], ["weight": 0], ["weight": 1e9], ["share": -0.1], ["share": 1.5],
      ["threshold": "much"],
      ["threshold": NSNull()],
    ]
    for changes in wrong {
      #expect(throws: StorageError.self, "\(changes)") { _ = try TextClassifier(contentsOf: cascade(changes)) }
    }
    for version in [1, 2] {
      let old = try crafted(good) { $0["version"] = version }
      #expect(throws: StorageError.self) { _ = try TextClassifier(contentsOf: old) }
    }
    let chunks = try crafted(good) { config in
      config["text"] = (config["text"] as? [String: Any] ?? [:]).merging(["chunkLength": 20]) { $1 }
    }
    #expect(throws: StorageError.self) { _ = try TextClassifier(contentsOf: chunks) }
    // The cascade of another model in one without solved n-grams, and in one without a network.
    let field = try JSONSerialization.jsonObject(
      with: JSONEncoder().encode(NgramCascade(threshold: 1, weight: 1, share: 1)))
    for setting in ["ngrams=none", "ngramTraining=steps", "alone"] {
      var options = ClassificationOptions()
      if setting == "alone" {
        options.architecture = .ngrams
      } else {
        options = try ToyTexts.options(setting)
      }
      let path = folder.path("other \(setting).charcnn")
      try trained(options).model.write(to: path)
      let error = #expect(throws: StorageError.self) {
        _ = try TextClassifier(contentsOf: crafted(path) { $0["cascade"] = field })
      }
      #expect(error?.problem.contains("cascade") == true, "\(setting)")
    }
  }

  @Test func `a network that overflows is refused however sure the n-grams are`() throws {
    let good = folder.path("good.charcnn")
    try trained(options()).model.write(to: good)
    let bundle = try ModelBundle(contentsOf: good)
    let file = try bundle.safetensors()
    var weights = SafetensorsWriter()
    for name in file.names {
      let values = try file.floats(name)
      try weights.add(
        name, shape: file.shape(of: name),
        name.hasPrefix("ngrams") ? values : [Float](repeating: .greatestFiniteMagnitude, count: values.count))
    }
    let path = folder.path("huge.charcnn")
    var files = [BundleFile("model.safetensors", bytes: weights.bytes())]
    for name in ["config.json", "alphabet.json", "labels.json", "ngrams.safetensors"] {
      files.append(BundleFile(name, bytes: Array(try bundle.data(named: name))))
    }
    try ModelBundle.write(to: path, files: files)
    #expect(throws: StorageError.self) { _ = try TextClassifier(contentsOf: path) }
  }
}
