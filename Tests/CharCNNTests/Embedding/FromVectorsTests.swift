import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Models that look at the vectors of a base beside their n-grams.
@Suite struct FromVectorsTests {
  private let folder: TemporaryFolder
  private let base: String

  init() throws {
    folder = try TemporaryFolder()
    base = folder.path("base.charcnn")
    try ToyVectors.writeBase(to: base)
  }

  /// Texts of the first word of each group, or of its other two; the label is the group.
  private func texts(_ count: Int, ofFirst isFirst: Bool, seed: UInt64 = 3) -> [(text: String, label: String)] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { number in
      let group = number % ToyVectors.groups.count
      let words = (0..<3).map { _ in ToyVectors.groups[group][isFirst ? 0 : 1 + stream.below(2)] }
      return (words.joined(separator: " "), "group \(group)")
    }
  }

  private func options(
    _ settings: [String] = [], from base: String?, model: String = "ngrams", threads: Int = 2
  ) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: model)
    if let base { try options.use(base: base) }
    options.threads = threads
    let small = model == "ngrams" ? [] : ["filters=8", "embedding=4", "blocks=1", "epochs=2"]
    for setting in small + ["minimumCount=1"] + settings { try options.set(setting) }
    return options
  }

  private func files(_ model: TextClassifier, _ name: String) throws -> [String: [UInt8]] {
    try model.write(to: folder.path(name))
    return try folder.files(of: name)
  }

  @Test func `words that no label taught are known from the base`() throws {
    let (known, other) = (Examples(texts(60, ofFirst: true)), texts(900, ofFirst: false))
    let alone = try TextClassifier.train(on: known, options: options(from: nil)).model
    var notes: [String] = []
    let model = try TextClassifier.train(on: known, options: options(from: base)) { event in
      if case .prepared(let data) = event { notes = data.notes }
    }.model
    #expect(try alone.evaluate(on: Examples(other)).accuracy < 0.5)
    #expect(try model.evaluate(on: Examples(other)).accuracy > 0.8)
    #expect(notes.contains { $0.contains("8 numbers of the base's vector") })
    #expect(model.parameterCount > alone.parameterCount + 8 * 6)
    _ = try files(model, "model.charcnn")
    let asked = other.map(\.text) + ["", "x", "字 river", "ωmega lake"]
    let expected = model.predictions(for: asked, maximumCount: 6)
    #expect(
      try TextClassifier(contentsOf: folder.path("model.charcnn")).predictions(for: asked, maximumCount: 6) == expected)
    #expect(try TextClassifier(data: model.data()).predictions(for: asked, maximumCount: 6) == expected)
    for (text, answer) in zip(asked, expected) { #expect(model.predictions(for: [text], maximumCount: 6) == [answer]) }
  }

  @Test func `one text a class is enough, and that nothing was measured is said`() throws {
    let known = ToyVectors.groups.enumerated().map { (text: $1[0], label: "group \($0)") }
    for base in [base, nil] {
      var data = DataSummary()
      let (model, summary) = try TextClassifier.train(on: Examples(known), options: options(from: base)) { event in
        if case .prepared(let prepared) = event { data = prepared }
      }
      #expect(data.validationExamples == 0 && data.trainingExamples == 6 && !data.validationIsSplit)
      #expect(data.warnings.contains { $0.contains("no class has a second text") })
      #expect(summary.report.examples == 0 && model.record?.validationExamples == 0)
      let path = folder.path(base == nil ? "alone.charcnn" : "one.charcnn")
      try model.write(to: path)
      let card = try String(contentsOfFile: "\(path)/README.md", encoding: .utf8)
      #expect(card.contains("| validation | none") && !card.contains("accuracy"))
      #expect(try TextClassifier(contentsOf: path).predictedLabel(for: "bread") == "group 2")
      let accuracy = try model.evaluate(on: Examples(texts(300, ofFirst: false))).accuracy
      #expect(base == nil ? accuracy < 0.5 : accuracy > 0.8, "\(accuracy)")
    }
    // Of two texts a class one could be held out, if there were more of them.
    #expect(throws: TrainingError.self) {
      try TextClassifier.train(on: Examples(known + known), options: options(from: base))
    }
    // Epochs and thresholds are chosen by texts that are measured with.
    #expect(throws: TrainingError.self) {
      try TextClassifier.train(on: Examples(known), options: options(from: nil, model: "gated"))
    }
    let several = known.map { LabeledText($0.text, labels: [$0.label]) }
    var asked = try options(from: base)
    asked.labels = .several
    let sets = asked
    #expect(throws: TrainingError.self) { try TextClassifier.train(on: Examples(several), options: sets) }
  }

  @Test func `few texts need no network, unless somebody names one`() throws {
    let known = texts(60, ofFirst: true)
    func trained(_ texts: [(text: String, label: String)], _ change: (inout ClassificationOptions) throws -> Void)
      throws
      -> TextClassifier
    {
      var options = ClassificationOptions()
      options.threads = 2
      try change(&options)
      return try TextClassifier.train(on: Examples(texts), options: options).model
    }
    #expect(try !trained(known) { try $0.use(base: base) }.architecture.hasNetwork)
    let named = try trained(known) {
      try $0.use(model: "gated")
      try $0.use(base: base)
      for setting in ["filters=8", "embedding=4", "blocks=1", "epochs=1"] { try $0.set(setting) }
    }
    #expect(try named.architecture.hasNetwork && files(named, "named.charcnn")["vectors.json"] != nil)
    let stepping = try trained(known) {
      try $0.use(base: base)
      try $0.set("epochs=1")
    }
    #expect(stepping.architecture.hasNetwork)
    let balanced = try trained(known) {
      try $0.use(base: base)
      $0.balance()
    }
    #expect(!balanced.architecture.hasNetwork)
  }

  @Test func `a size is that of all files, those of the base among them`() throws {
    let known = Examples<LabeledText>(texts(300, ofFirst: true))
    var options = try options(from: base)
    options.size = 60_000
    let bytes = try files(TextClassifier.train(on: known, options: options).model, "small.charcnn").values.reduce(0) {
      $0 + $1.count
    }
    #expect(bytes <= 60_000 && bytes > 20_000)
    options.size = 5_000
    let tooSmall = options
    let error = #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: known, options: tooSmall) }
    #expect(error?.setting == "size" && error?.description.contains("base.charcnn") == true)
  }

  @Test func `the same bytes on any number of threads, with a network and without`() throws {
    for name in ["ngrams", "gated"] {
      let models = try [1, 2, 5].map { threads in
        let model = try TextClassifier.train(
          on: Examples(texts(300, ofFirst: true)), options: options(from: base, model: name, threads: threads)
        ).model
        return try files(model, "\(name)-\(threads).charcnn")
      }
      #expect(models[0]["vectors-ngrams.safetensors"] != nil)
      #expect(models[0] == models[1] && models[0] == models[2])
    }
  }

  @Test func `a run that goes on has the vectors from its checkpoint, wherever the base is`() throws {
    let known = Examples<LabeledText>(texts(300, ofFirst: true))
    var options = try options(["epochs=3"], from: base, model: "gated")
    options.size = 120_000
    let expected = try files(TextClassifier.train(on: known, options: options).model, "plain.charcnn")
    let path = folder.path("checkpoints")
    try TextClassifier.stop(in: path, on: known, options: options)
    try FileManager.default.removeItem(atPath: base)
    let (resumed, _) = try TextClassifier.resume(TrainingCheckpoint(contentsOf: path), on: known)
    #expect(try files(resumed, "resumed.charcnn") == expected)
  }

  @Test func `a model that starts from one with vectors looks at them too`() throws {
    let known = Examples<LabeledText>(texts(300, ofFirst: true))
    let first = folder.path("first.charcnn")
    try TextClassifier.train(on: known, options: options(from: base, model: "gated")).model.write(to: first)
    try FileManager.default.removeItem(atPath: base)
    func following(_ settings: [String] = [], threads: Int = 2) throws -> ClassificationOptions {
      var options = ClassificationOptions()
      try options.use(base: first)
      options.threads = threads
      for setting in ["epochs=2"] + settings { try options.set(setting) }
      return options
    }
    let second = try TextClassifier.train(on: known, options: following()).model
    let written = try files(second, "second.charcnn")
    #expect(written["vectors.json"] != nil)
    #expect(try second.evaluate(on: Examples(texts(300, ofFirst: false))).accuracy > 0.8)
    #expect(try files(TextClassifier.train(on: known, options: following(threads: 5)).model, "5.charcnn") == written)
    let path = folder.path("checkpoints")
    try TextClassifier.stop(in: path, on: known, options: following())
    let (resumed, _) = try TextClassifier.resume(TrainingCheckpoint(contentsOf: path), on: known)
    #expect(try files(resumed, "resumed.charcnn") == written)
    // Where there is nothing that they could stand beside, it is said.
    var notes: [String] = []
    let without = try TextClassifier.train(on: known, options: following(["ngrams=none"])) { event in
      if case .prepared(let data) = event { notes = data.notes }
    }.model
    #expect(try files(without, "without.charcnn")["vectors.json"] == nil)
    #expect(notes.contains { $0.contains("first.charcnn has from a base are not looked at") }, "\(notes)")
    var scores = TextRegressor.Options()
    try scores.use(base: first)
    try scores.set("epochs=1")
    let scored = texts(120, ofFirst: true).map { (text: $0.text, label: String($0.label.suffix(1))) }
    try TextRegressor.train(on: Examples(scored), options: scores).model.write(to: folder.path("scores.charcnn"))
    #expect(try folder.files(of: "scores.charcnn")["vectors.json"] != nil)
  }

  @Test func `several labels and scores`() throws {
    let both = texts(120, ofFirst: true).map { LabeledText($0.text, labels: [$0.label, "any"]) }
    let others = texts(300, ofFirst: false).map { LabeledText($0.text, labels: [$0.label, "any"]) }
    var several = try options(from: base)
    several.labels = .several
    let model = try TextClassifier.train(on: Examples(both), options: several).model
    #expect(try model.evaluate(on: Examples(others)).microF1 ?? 0 > 0.7)
    func scored(_ count: Int, ofFirst isFirst: Bool) -> [(text: String, label: String)] {
      texts(count, ofFirst: isFirst).map { ($0.text, String($0.label.suffix(1))) }
    }
    var scores = TextRegressor.Options()
    try scores.use(model: "ngrams")
    try scores.use(base: base)
    scores.threads = 2
    let regressor = try TextRegressor.train(on: Examples(scored(120, ofFirst: true)), options: scores).model
    #expect(try regressor.evaluate(on: Examples(scored(300, ofFirst: false))).pearson ?? 0 > 0.6)
    let asked = texts(300, ofFirst: false).map(\.text)
    try regressor.write(to: folder.path("scores.charcnn"))
    let opened = try TextRegressor(contentsOf: folder.path("scores.charcnn"))
    #expect(opened.predictions(for: asked) == regressor.predictions(for: asked))
    for text in asked.prefix(3) {
      let explanation = try regressor.explanation(of: text)
      let sum = explanation.contributions.reduce(0) { $0 + $1.value }
      #expect(abs(sum - (explanation.total - explanation.baseline)) < 1e-6)
    }
  }

  @Test(arguments: ["ngrams", "gated"]) func `what the vector says is explained by its characters`(name: String) throws
  {
    for labels in [6, 2] {
      let known = texts(120, ofFirst: true).filter { $0.label < "group \(labels)" }
      let model = try TextClassifier.train(on: Examples(known), options: options(from: base, model: name)).model
      for (text, label) in texts(60, ofFirst: false).filter({ $0.label < "group \(labels)" }).prefix(12) {
        let explanation = try model.explanation(of: text, for: label)
        let sum = explanation.contributions.reduce(0) { $0 + $1.value }
        let difference = explanation.total - explanation.baseline
        #expect(abs(sum - difference) <= max(0.01 * abs(difference), 1e-5))
        #expect(abs(explanation.gap) <= max(0.01 * abs(difference), 1e-5))
        let occluded = try model.explanation(of: text, for: label, method: .occlusion)
        #expect(abs(occluded.total - explanation.total) < 1e-3)
        // Nothing but the vector knows these words, and they are the text's.
        if name == "ngrams" { #expect(difference > 0.1) }
      }
    }
  }

  @Test func `what cannot go with vectors is refused in a sentence`() throws {
    let known = Examples<LabeledText>(texts(60, ofFirst: true))
    for setting in [
      "chunkLength=8", "ngramTraining=steps", "foldsCase=false",
      "text.normalization=nfc",
    ] {
      let options = try options([setting], from: base, model: "gated")
      #expect(throws: ConfigurationError.self, "\(setting)") { try TextClassifier.train(on: known, options: options) }
    }
    let bare = try options(["ngrams=none"], from: base, model: "gated")
    #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: known, options: bare) }
    var published = ClassificationOptions()
    try published.use(model: "zhang-small")
    try published.use(base: base)
    #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: known, options: published) }
  }

  @Test func `a bundle whose vectors are damaged is refused`() throws {
    let model = try TextClassifier.train(on: Examples(texts(60, ofFirst: true)), options: options(from: base)).model
    let whole = try files(model, "whole.charcnn")
    func write(_ change: (String, [UInt8]) -> [UInt8]?) throws -> String {
      let path = folder.path("changed.charcnn")
      let names = whole.keys.filter { $0 != "manifest.json" }.sorted()
      let changed = names.compactMap { name in
        whole[name].flatMap { change(name, $0) }.map { BundleFile(name, bytes: $0) }
      }
      try ModelBundle.write(to: path, files: changed, overwrite: true)
      return path
    }
    #expect(try TextClassifier(contentsOf: write { $1 }).labels.count == 6)
    for missing in ["vectors.json", "vectors-ngrams.safetensors", "vectors-layers.safetensors"] {
      let path = try write { $0 == missing ? nil : $1 }
      #expect(throws: StorageError.self, "\(missing)") { try TextClassifier(contentsOf: path) }
    }
    for (name, old, new) in [
      ("config.json", #""version" : 6"#, #""version" : 5"#), ("vectors.json", #""rank" : 8"#, #""rank" : 9"#),
      ("vectors.json", #""dimension" : 8"#, #""dimension" : 7"#),
      ("vectors.json", #""alphabetSize" : "#, #""alphabetSize" : 9"#),
      ("vectors.json", #""alphabetSize" : "#, #""alphabetSize" : -"#),
      ("vectors.json", #""length" : "#, #""length" : -"#),
    ] {
      let text = String(decoding: whole[name] ?? [], as: UTF8.self)
      #expect(text.contains(old), "\(old)")
      let path = try write { $0 == name ? Array(text.replacing(old, with: new).utf8) : $1 }
      #expect(throws: StorageError.self, "\(new)") { try TextClassifier(contentsOf: path) }
    }
  }
}
