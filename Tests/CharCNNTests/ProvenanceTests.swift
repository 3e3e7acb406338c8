import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// A model knows where it comes from, and two models what differs between them.
@Suite struct ProvenanceTests {
  private func options(_ settings: String...) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    for setting in settings { try options.set(setting) }
    return options
  }

  @Test func `a classifier knows its data, its figures and its limits, and keeps them`() throws {
    let folder = try TemporaryFolder()
    let rows = ToyTexts.texts(90).map { "\($0.text),\($0.label)\n" }.joined()
    let data = try folder.write("text,label\n" + rows, to: "toys.csv")
    let (model, summary) = try TextClassifier.train(on: Examples(contentsOf: data), options: options())
    let path = folder.path("m.charcnn")
    try model.write(
      to: path, describedBy: ModelBundle.Description(name: "Toys", note: "A | note.", licence: "CC0"))
    let bundle = try ModelBundle(contentsOf: path)
    let provenance = try #require(try bundle.provenance())
    #expect(provenance.training?.name == "toys.csv" && provenance.training?.digest?.count == 64)
    #expect(provenance.training?.examples == 81 && provenance.validation?.examples == 9)
    #expect(provenance.validation?.digest == nil && provenance.seed == 1 && provenance.command == nil)
    #expect(provenance.metrics["accuracy"] == summary.accuracy)
    #expect(provenance.limits?.alphabet == model.alphabet.count)
    #expect(provenance.description?.name == "Toys")
    let card = try #require(bundle.card)
    #expect(card.hasPrefix("# Toys\n") && card.contains("| licence | CC0 |") && card.contains("A | note."))
    #expect(card.contains("81 examples of toys.csv, SHA-256 "))
    // What opens it keeps it.
    let opened = try TextClassifier(contentsOf: path)
    #expect(opened.record?.provenance == provenance)
    try opened.write(to: folder.path("again.charcnn"))
    #expect(try ModelBundle(contentsOf: folder.path("again.charcnn")).provenance() == provenance)
  }

  @Test func `a calibration is remembered, by the digest that a training on its texts would have`() throws {
    let folder = try TemporaryFolder()
    let rows = ToyTexts.texts(60, seed: 4).map { "\($0.text),\($0.label)\n" }.joined()
    let held = try Examples<LabeledText>(contentsOf: folder.write("text,label\n" + rows, to: "held.csv"))
    let model = try TextClassifier.train(on: Examples(ToyTexts.texts(90)), options: options()).model
    #expect(model.record?.provenance?.calibration == nil)
    let calibrated = try model.calibrated(on: held, goal: .coverage(0.8)).classifier
    try calibrated.write(to: folder.path("m.charcnn"))
    let bundle = try ModelBundle(contentsOf: folder.path("m.charcnn"))
    let data = try #require(try bundle.provenance()?.calibration)
    #expect(data.name == "held.csv" && data.examples == 60)
    #expect(bundle.card?.contains("| calibrated with | 60 examples of held.csv") == true)
    let learned = try TextClassifier.train(on: held, options: options()).model
    #expect(learned.record?.provenance?.training?.digest == data.digest)
  }

  @Test func `the same training gives the same bytes, with checkpoints and without`() throws {
    let folder = try TemporaryFolder()
    let texts = Examples<LabeledText>(ToyTexts.texts(60))
    var options = try ToyTexts.options("epochs=1")
    let one = try TextClassifier.train(on: texts, options: options).model
    options.checkpoint = CheckpointOptions(folder: folder.path("c"), interval: .zero)
    options.threads = 1
    let other = try TextClassifier.train(on: texts, options: options).model
    #expect(try one.data() == other.data())
  }

  @Test func `a description that leaves no room is refused`() throws {
    let folder = try TemporaryFolder()
    let model = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options()).model
    let error = #expect(throws: ConfigurationError.self) {
      try model.write(
        to: folder.path("m"), describedBy: ModelBundle.Description(note: String(repeating: "x", count: 1_001)))
    }
    #expect(error?.setting == "note")
  }

  @Test func `models of every task know where they come from`() throws {
    let tagger = try SequenceTagger.train(
      on: Examples(ToySentences.words(30), name: "toys"), options: ToySentences.options(.word, ["epochs=1"])
    ).model
    let matcher = try TextMatcher.train(
      on: ToyPairs.pairs(.classification, 40), options: ToyPairs.options(.classification, ["epochs=1"])
    ).model
    for archive in [try tagger.data(), try matcher.data()] {
      let provenance = try #require(try ModelBundle(archive: archive).provenance())
      #expect(provenance.training?.digest != nil && provenance.metrics["accuracy"] != nil)
      #expect((provenance.training?.examples ?? 0) > (provenance.validation?.examples ?? 0))
    }
  }

  @Test func `two models say what differs between them`() throws {
    let texts = ToyTexts.texts(90)
    let more: [(text: String, label: String)] = [("a new thing", "new"), ("a new one", "new")]
    let first = try TextClassifier.train(
      on: Examples<LabeledText>(texts), options: ToyTexts.options("epochs=1", "seed=1")
    ).model
    let second = try TextClassifier.train(
      on: Examples<LabeledText>(texts + more),
      options: ToyTexts.options("epochs=1", "seed=2")
    ).model
    let (one, other) = (try ModelBundle(archive: first.data()), try ModelBundle(archive: second.data()))
    #expect(try BundleDifference(one, one).isIdentical)
    let difference = try BundleDifference(one, other)
    #expect(!difference.isIdentical)
    let seed = try #require(difference.settings.first { $0.name == "training.seed" })
    #expect(seed.first == "1" && seed.second == "2")
    #expect(difference.labels?.onlySecond == ["new"] && difference.labels?.onlyFirst == [])
    #expect(difference.data.contains { $0.name == "training.digest" })
    #expect(difference.data.contains { $0.name == "training.examples" })
    let weights = try #require(difference.weights)
    #expect(weights.common > 0 && !weights.differing.isEmpty && (weights.largest ?? 0) > 0)
    #expect(!weights.reshaped.isEmpty, "the output has a label more")
  }
}
