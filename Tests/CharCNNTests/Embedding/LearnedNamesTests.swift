import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers that learn from the names of their labels.
@Suite struct LearnedNamesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Texts of the last word of each group; the label is its first word and a word of the groups' own.
  private func texts(_ count: Int) -> [(text: String, label: String)] {
    (0..<count).map { number in
      let group = ToyVectors.groups[number % ToyVectors.groups.count]
      return ("\(group[2]) \(group[2])", "\(group[0])_\(group[1])")
    }
  }

  private func options(_ base: String?, names: Bool, threads: Int = 2) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    if let base { try options.use(base: base) }
    try options.set("minimumCount=1")
    options.labelNames = names
    options.threads = threads
    return options
  }

  @Test(arguments: [6, 60, 3_000]) func `a name is a text of its label`(count: Int) throws {
    let known = Examples<LabeledText>(texts(count))
    var data = DataSummary()
    let model = try TextClassifier.train(on: known, options: options(nil, names: true)) { event in
      if case .prepared(let prepared) = event { data = prepared }
    }.model
    let alone = try TextClassifier.train(on: known, options: options(nil, names: false)).model
    let names = ToyVectors.groups.map { ("\($0[0]) \($0[1])", "\($0[0])_\($0[1])") }
    func right(_ model: TextClassifier) -> Int { names.count { model.predictedLabel(for: $0.0) == $0.1 } }
    #expect(right(model) == 6 && right(alone) < 4)
    // The names are no texts of the data.
    #expect(data.trainingExamples + data.validationExamples == count)
    #expect(data.notes.contains { $0.contains("\"apple bread\"") || $0.contains("\"bread cheese\"") })
  }

  @Test func `the same bytes on any number of threads, after a run again, and with a network beside them`() throws {
    let known = Examples<LabeledText>(texts(60))
    func files(_ options: ClassificationOptions, _ name: String) throws -> [String: [UInt8]] {
      try TextClassifier.train(on: known, options: options).model.write(to: folder.path(name))
      return try folder.files(of: name)
    }
    let models = try [1, 2, 5].map { try files(options(nil, names: true, threads: $0), "\($0).charcnn") }
    #expect(models[0] == models[1] && models[0] == models[2])
    let written = try JSONEncoder().encode(options(nil, names: true))
    #expect(try JSONDecoder().decode(ClassificationOptions.self, from: written).labelNames)
    #expect(
      try !String(decoding: JSONEncoder().encode(options(nil, names: false)), as: UTF8.self).contains("labelNames"))
    var beside = ClassificationOptions()
    for setting in ["filters=8", "embedding=4", "blocks=1", "epochs=1", "minimumCount=1"] { try beside.set(setting) }
    beside.labelNames = true
    beside.threads = 1
    let model = try TextClassifier.train(on: known, options: beside).model
    #expect(model.predictedLabel(for: "bread cheese") == "bread_cheese")
  }

  @Test func `labels whose words the base knows are told about`() throws {
    let base = folder.path("base.charcnn")
    try ToyVectors.writeBase(to: base)
    func notes(_ texts: [(text: String, label: String)], names: Bool) throws -> [String] {
      var notes: [String] = []
      _ = try TextClassifier.train(on: Examples(texts), options: options(base, names: names)) { event in
        if case .prepared(let data) = event { notes = data.notes }
      }
      return notes
    }
    #expect(try notes(texts(60), names: false).contains { $0.contains("knows their names; `labelNames`") })
    #expect(try !notes(texts(60), names: true).contains { $0.contains("knows their names") })
    let numbers = texts(60).map { ($0.text, "\($0.label.count)") }
    #expect(try !notes(numbers, names: false).contains { $0.contains("names") })
  }

  @Test func `several labels have names too, and what cannot go together is refused`() throws {
    let sets = texts(120).enumerated().map { number, text in
      LabeledText(text.text, labels: number % 2 == 0 ? [text.label] : [text.label, "other"])
    }
    var several = try options(nil, names: true)
    several.labels = .several
    let model = try TextClassifier.train(on: Examples(sets), options: several).model
    #expect(model.predictions(for: ["bread cheese"], maximumCount: 1)[0][0].label == "bread_cheese")
    for setting in ["ngramTraining=steps", "ngrams=none"] {
      var wrong = ClassificationOptions()
      wrong.labelNames = true
      try wrong.set(setting)
      let refused = wrong
      let error = #expect(throws: ConfigurationError.self, "\(setting)") {
        try TextClassifier.train(on: Examples(texts(60)), options: refused)
      }
      #expect(error?.setting == "labelNames")
    }
    let weighed = folder.path("weighed.csv")
    try folder.write(
      "text,label,weight\n" + texts(60).enumerated().map { "\($1.text),\($1.label),\(1 + $0 % 3)\n" }.joined(),
      to: "weighed.csv")
    var reading = LabeledTextSource.Options()
    reading.weight = .name("weight")
    let source = try LabeledTextSource(path: weighed, options: reading)
    let wanted = try options(nil, names: true)
    #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: Examples(source), options: wanted) }
  }
}
