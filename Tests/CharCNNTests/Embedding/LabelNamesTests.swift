import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers that know labels by their names.
@Suite struct LabelNamesTests {
  private let base: TextEmbedder

  init() throws {
    base = try TextEmbedder.train(
      on: Examples(ToyVectors.texts(900)), options: ToyVectors.options(["hidden=none", "epochs=20"])
    ).model
  }

  @Test func `a text has the label whose name points where it does`() throws {
    let folder = try TemporaryFolder()
    let model = try base.classifier(labels: ["river", "bread_cheese", "song-drum"])
    #expect(model.labels == ["bread_cheese", "river", "song-drum"])
    let texts = (0..<500).map { ["apple cheese", "lake water", "flute flute drum"][$0 % 3] }
    let answers = model.predictions(for: texts, maximumCount: 3)
    for (place, answer) in answers.enumerated() {
      #expect(answer[0].label == model.labels[place % 3])
      // The softmax of the cosines times 20.
      let cosines = ["bread cheese", "river", "song drum"].map { base.similarity(of: texts[place], to: $0) }
      let shares = cosines.map { exp(20 * $0) }
      #expect(abs(answer[0].probability - (shares.max() ?? 0) / shares.reduce(0, +)) < 1e-3)
    }
    try model.write(to: folder.path("topics.charcnn"))
    let opened = try TextClassifier(contentsOf: folder.path("topics.charcnn"))
    #expect(opened.predictions(for: texts, maximumCount: 3) == answers)
    let labelled = texts.enumerated().map { (text: $1, label: model.labels[$0 % 3]) }
    #expect(try model.evaluate(on: Examples(labelled)).accuracy == 1)
    let explanation = try model.explanation(of: "lake water", for: "river")
    let difference = explanation.total - explanation.baseline
    #expect(
      abs(explanation.contributions.reduce(0) { $0 + $1.value } - difference) <= max(0.01 * abs(difference), 1e-5))
  }

  @Test func `two labels, and words around their names`() throws {
    let model = try base.classifier(labels: ["rain", "train"], template: "wind {} snow")
    let plain = try base.classifier(labels: ["rain", "train"])
    #expect(model.predictedLabel(for: "snow wind") == "rain" && plain.predictedLabel(for: "bus road") == "train")
    let (worded, bare) = (
      model.predictions(for: ["bus"], maximumCount: 2), plain.predictions(for: ["bus"], maximumCount: 2)
    )
    #expect(worded != bare && abs(bare[0].reduce(0) { $0 + $1.probability } - 1) < 1e-4)
  }

  @Test func `a text of which the base knows nothing is told apart`() throws {
    let folder = try TemporaryFolder()
    try base.classifier(labels: ["river", "bread"]).write(to: folder.path("topics.charcnn"))
    let model = try TextClassifier(contentsOf: folder.path("topics.charcnn"))
    #expect(!model.hasNoEvidence(in: "lake water") && model.hasNoEvidence(in: "дом") && model.hasNoEvidence(in: ""))
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    let known: [(text: String, label: String)] = (0..<60).map { number in
      let word = number.isMultiple(of: 2) ? "river" : "bread"
      return ("\(word) \(number)", word)
    }
    let ordinary = try TextClassifier.train(on: Examples(known), options: options).model
    #expect(!ordinary.hasNoEvidence(in: "дом"))
  }

  @Test func `labels that cannot be told apart are refused`() throws {
    for labels in [
      [], ["river"], ["river", "river"], ["river", "дом"], ["river", ""], ["river", " "], ["river bed", "river_bed"],
      ["river", " river"], ["river", "River"],
    ] {
      #expect(throws: ConfigurationError.self, "\(labels)") { try base.classifier(labels: labels) }
    }
    #expect(throws: ConfigurationError.self) { try base.classifier(labels: ["river", "bread"], template: "about") }
    #expect(throws: ConfigurationError.self) { try base.classifier(labels: ["river", "bread"], template: "{} {}") }
  }
}

/// Pairs of texts whose scores the cosine of their vectors follows.
@Suite struct CosineOfPairsTests {
  @Test func `the correlations of a report are those of the cosines, over more than one batch`() throws {
    let base = try TextEmbedder.train(
      on: Examples(ToyVectors.texts(600)), options: ToyVectors.options(["hidden=none"])
    ).model
    let texts = ToyVectors.texts(2_600, seed: 5).map(\.text)
    let pairs = (0..<1_300).map { TextPair(texts[2 * $0], texts[2 * $0 + 1], label: "0") }
    let cosines = pairs.map { base.similarity(of: $0.first, to: $0.second) }
    let scored = zip(pairs, cosines).map { TextPair($0.first, $0.second, label: "\(5 * $1 * $1 * $1 + 1)") }
    let report = try base.evaluate(onPairs: Examples(scored)).report
    #expect(report.pairs == 1_300 && report.cutTexts == 0)
    #expect(abs((report.spearman ?? 0) - 1) < 1e-6 && (report.pearson ?? 0) < 0.9999)
    #expect(throws: (any Error).self) { try base.evaluate(onPairs: Examples([TextPair]())) }
    #expect(throws: DataError.self) { try base.evaluate(onPairs: Examples([TextPair("a", "b", label: "much")])) }
  }
}
