import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers whose texts may have several labels, or none.
@Suite struct SeveralLabelsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let names = ["fruit", "metal", "river"]

  /// Texts of words of one, two or three kinds, or of none.
  private static func texts(_ count: Int, seed: UInt64 = 1) -> [LabeledText] {
    let words = [
      ["apple", "plum", "pear", "cherry"], ["iron", "copper", "zinc", "nickel"], ["danube", "volga", "elbe", "loire"],
    ]
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in
      var chosen = [["some", "more", "then", "there"][stream.below(4)]]
      var labels: [String] = []
      for kind in 0..<3 where stream.uniform() < 0.45 {
        labels.append(names[kind])
        for _ in 0...stream.below(2) { chosen.append(words[kind][stream.below(4)]) }
      }
      return LabeledText(chosen.joined(separator: " "), labels: labels)
    }
  }

  private func options(_ settings: String..., model: String? = nil, threads: Int = 2) throws -> ClassificationOptions {
    // N-grams alone have no epochs.
    var options = try model == nil ? ToyTexts.options() : ClassificationOptions()
    if let model { try options.use(model: model) }
    options.threads = threads
    for setting in settings { try options.set(setting) }
    return options
  }

  private func train(_ options: ClassificationOptions, _ count: Int = 600) throws -> (
    model: TextClassifier, summary: TrainingSummary<ClassificationReport>
  ) {
    try TextClassifier.train(on: Examples(Self.texts(count)), options: options)
  }

  /// N-grams beside the network, alone, as a table, and a network alone.
  private static let kinds: [(settings: [String], model: String?)] = [
    ([], nil), ([], "ngrams"), (["ngramTraining=steps", "epochs=4"], nil), (["ngrams=none", "epochs=8"], nil),
    (["chunkLength=16"], nil),
  ]

  @Test(arguments: kinds.indices) func `they answer, measured, together, one by one and from a file`(kind: Int) throws {
    var options = try options(model: Self.kinds[kind].model)
    for setting in Self.kinds[kind].settings { try options.set(setting) }
    let (model, summary) = try train(options)
    #expect(model.allowsSeveralLabels && model.labels == Self.names && model.thresholds?.count == 3)
    let least = kind == 3 ? 0.7 : 0.9
    #expect(summary.report.microF1 ?? 0 > least, "\(summary.report.figures)")
    #expect(model.record?.microF1 == summary.report.microF1)
    // More than one piece of an evaluation.
    let held = Self.texts(2_300, seed: 7) + [LabeledText("", labels: [])]
    let answers = model.assignedLabels(for: held.map(\.text))
    var evaluated: [[Hypothesis]?] = []
    let report = try model.evaluate(on: Examples(held), answered: { evaluated.append($0.assigned) }).report
    #expect(evaluated == answers && report.examples == held.count && report.microF1 ?? 0 > least)
    let whole = zip(answers, held).count { Set($0.map(\.label)) == Set($1.labels ?? []) }
    #expect(report.subsetAccuracy == Double(whole) / Double(held.count))
    #expect(answers.contains { $0.isEmpty } && answers.contains { $0.count > 1 })
    for answer in answers {
      #expect(zip(answer, answer.dropFirst()).allSatisfy { $0.probability >= $1.probability })
    }
    try model.write(to: folder.path("m.charcnn"))
    let opened = try TextClassifier(contentsOf: folder.path("m.charcnn"))
    #expect(opened.thresholds == model.thresholds && opened.assignedLabels(for: held.map(\.text)) == answers)
    for (text, answer) in zip(held, answers).prefix(200) {
      #expect(opened.assignedLabels(for: [text.text]) == [answer])
    }
    if !model.isQuantizedFromTheStart {
      let small = try opened.quantized()
      #expect(
        try small.thresholds == model.thresholds && small.evaluate(on: Examples(held)).microF1 ?? 0 > least - 0.02)
    }
  }

  @Test func `the same bytes on any number of threads`() throws {
    var all: [[String: [UInt8]]] = []
    for threads in [1, 2, 5] {
      try train(options(threads: threads), 300).model.write(to: folder.path("\(threads).charcnn"))
      all.append(try folder.files(of: "\(threads).charcnn"))
    }
    #expect(all[1] == all[0] && all[2] == all[0])
  }

  @Test func `two labels have scores of their own`() throws {
    let texts = Self.texts(600).map { LabeledText($0.text, labels: ($0.labels ?? []).filter { $0 != "river" }) }
    let model = try TextClassifier.train(on: Examples(texts), options: options(model: "ngrams")).model
    #expect(model.labels == ["fruit", "metal"])
    let answers = model.assignedLabels(for: ["plum iron", "plum", "iron", "danube"]).map { Set($0.map(\.label)) }
    #expect(answers == [["fruit", "metal"], ["fruit"], ["metal"], []])
    try model.write(to: folder.path("m.charcnn"))
    let opened = try TextClassifier(contentsOf: folder.path("m.charcnn"))
    #expect(opened.assignedLabels(for: ["plum iron"]) == model.assignedLabels(for: ["plum iron"]))
  }

  @Test func `one label each is learned where that is said, and a model of one label takes the first`() throws {
    var options = try options(model: "ngrams")
    options.labels = .one
    let texts = Self.texts(300).filter { $0.label != nil }
    let (model, summary) = try TextClassifier.train(on: Examples(texts), options: options)
    #expect(!model.allowsSeveralLabels && model.thresholds == nil && summary.report.microF1 == nil)
    #expect(model.assignedLabels(for: ["plum"]).map { $0.map(\.label) } == [["fruit"]])
    #expect(try model.evaluate(on: Examples(texts)).microF1 == nil)
    options.labels = .several
    let each = texts.map { LabeledText($0.text, label: $0.label) }
    let several = try TextClassifier.train(on: Examples(each), options: options).model
    #expect(several.allowsSeveralLabels)
    #expect(try JSONDecoder().decode(ClassificationOptions.self, from: JSONEncoder().encode(options)) == options)
  }

  @Test(arguments: ["cascade", "balance", "ngramBayes"]) func `what is for one label is refused`(name: String) throws {
    var options = try options()
    switch name {
    case "cascade": options.cascade = true
    case "balance": options.balance()
    default: try options.set("ngramBayes=0.1")
    }
    let error = #expect(throws: ConfigurationError.self) { try self.train(options, 100) }
    #expect(error?.description.contains("may have several") == true)
  }

  @Test func `rare labels are seen as often as others with uniform sampling`() throws {
    let model = try train(options("sampling=classUniform", "ngrams=none", "epochs=8")).model
    #expect(try model.evaluate(on: Examples(Self.texts(500, seed: 4))).microF1 ?? 0 > 0.7)
  }

  @Test func `labels of a validation file that training lacks count as missed and are told`() throws {
    let held = Self.texts(100, seed: 3) + [LabeledText("plum", labels: ["fruit", "sea"])]
    let (_, summary) = try TextClassifier.train(
      on: Examples(Self.texts(300)), validation: Examples(held), options: options(model: "ngrams"))
    #expect(summary.report.unseenLabels == ["sea": 1] && summary.report.examples == 101)
    let strange = [LabeledText("plum", labels: ["sea"]), LabeledText("zinc", labels: [])]
    #expect(throws: DataError.self) {
      try TextClassifier.train(
        on: Examples(Self.texts(300)), validation: Examples(strange), options: options(model: "ngrams"))
    }
    let model = try train(options(model: "ngrams"), 300).model
    #expect(throws: DataError.self) { try model.evaluate(on: Examples(strange)) }
    #expect(try model.evaluate(on: Examples([LabeledText("some", labels: [])])).subsetAccuracy == 1)
  }

  @Test(arguments: [#"{"thresholds":[0.5,0.5]}"#, #"{"thresholds":[0.5,2,0.5]}"#, #"{"thresholds":[0.5,-1,0.5]}"#])
  func `a bundle with other thresholds is refused`(labels: String) throws {
    try train(options(model: "ngrams"), 300).model.write(to: folder.path("m.charcnn"))
    let path = folder.path("m.charcnn")
    let text = try String(contentsOfFile: "\(path)/config.json", encoding: .utf8)
    let range = try #require(text.range(of: #""severalLabels" ?: ?\{[^}]*\}"#, options: .regularExpression))
    let forged = text.replacingCharacters(in: range, with: "\"severalLabels\":\(labels)")
    let bundle = try ModelBundle(contentsOf: path)
    let files = try folder.files(of: "m.charcnn").keys.filter { $0 != "manifest.json" }.map { name in
      BundleFile(name, bytes: name == "config.json" ? Array(forged.utf8) : try bundle.data(named: name))
    }
    try ModelBundle.write(to: folder.path("forged.charcnn"), files: files)
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: folder.path("forged.charcnn")) }
    #expect(error?.description.contains("threshold") == true)
  }
}

extension TextClassifier {
  fileprivate var isQuantizedFromTheStart: Bool { !architecture.hasNetwork && ngrams.isSolved }
}
