import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Taggers of words that look at the vectors of a base.
@Suite struct WordsFromVectorsTests {
  private let folder: TemporaryFolder
  private let base: String

  init() throws {
    folder = try TemporaryFolder()
    base = folder.path("base.charcnn")
    try ToyVectors.writeBase(to: base)
  }

  /// Sentences of words whose tag is their group.
  ///
  /// - Parameter isKnown: Whether the words are those that sentences to learn from have: the first two of each group.
  private func sentences(_ count: Int, known isKnown: Bool, seed: UInt64 = 7) -> [TaggedSentence] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in
      let groups = (0..<5).map { _ in stream.below(ToyVectors.groups.count) }
      let words = groups.map { ToyVectors.groups[$0][isKnown ? stream.below(2) : 2] }
      // Letters as they stand at the beginning of a sentence, which the base does not tell apart.
      return TaggedSentence(words: [words[0].capitalized] + words.dropFirst(), tags: groups.map { "G\($0)" })
    }
  }

  private func options(_ settings: [String] = [], from base: String?, threads: Int = 2) throws -> TaggingOptions {
    var options = try ToySentences.options(.word, ["epochs=12"] + settings)
    if let base { try options.use(base: base) }
    options.threads = threads
    return options
  }

  private func trained(_ settings: [String] = [], from base: String?, threads: Int = 2) throws -> SequenceTagger {
    try SequenceTagger.train(
      on: Examples(sentences(160, known: true)), options: options(settings, from: base, threads: threads)
    ).model
  }

  private func files(_ model: SequenceTagger, _ name: String) throws -> [String: [UInt8]] {
    try model.write(to: folder.path(name))
    return try folder.files(of: name)
  }

  @Test func `words that no sentence taught are known from the base`() throws {
    let others = sentences(300, known: false)
    let alone = try trained(from: nil).evaluate(on: Examples(others)).accuracy
    var notes: [String] = []
    let model = try SequenceTagger.train(
      on: Examples(sentences(160, known: true)), options: options(from: base)
    ) { event in
      if case .prepared(let data) = event { notes = data.notes }
    }.model
    #expect(notes.contains { $0.contains("8 numbers") })
    #expect(!model.textSettings.foldsCase)
    let report = try model.evaluate(on: Examples(others))
    #expect(report.accuracy > 0.8 && report.accuracy > alone + 0.2, "\(report.accuracy), \(alone)")
    _ = try files(model, "model.charcnn")
    let opened = try SequenceTagger(contentsOf: folder.path("model.charcnn"))
    let asked = others.prefix(200) + [TaggedSentence(words: ["字", "ωmega", "LAKE"])]
    #expect(opened.tags(of: Array(asked)) == model.tags(of: Array(asked)))
    for sentence in asked.suffix(40) { #expect(opened.tags(of: [sentence]) == model.tags(of: [sentence])) }
  }

  @Test func `the same bytes on any number of threads, and for a run that goes on without the base`() throws {
    let models = try [1, 2, 5].map {
      try files(trained(["epochs=3"], from: base, threads: $0), "threads-\($0).charcnn")
    }
    #expect(models[0]["vectors-ngrams.safetensors"] != nil)
    #expect(models[0] == models[1] && models[0] == models[2])
    let path = folder.path("checkpoints")
    let options = try options(["epochs=3"], from: base)
    let known = Examples(sentences(160, known: true))
    try SequenceTagger.stop(in: path, on: known, options: options)
    try FileManager.default.removeItem(atPath: base)
    let (resumed, _) = try SequenceTagger.resume(TrainingCheckpoint(contentsOf: path), on: known)
    #expect(try files(resumed, "resumed.charcnn") == models[0])
  }

  @Test func `what the vectors say is explained by the characters, and another tagger has them too`() throws {
    let tagger = try trained(from: base)
    for explanation in try tagger.explanations(of: "Rain lake bread ｒoad 字") {
      let sum = explanation.contributions.reduce(0) { $0 + $1.value }
      let difference = explanation.total - explanation.baseline
      #expect(abs(sum - difference) < 1e-9 * max(1, abs(difference)))
      #expect(explanation.isComplete, "\(explanation.gap) of \(difference)")
    }
    try tagger.write(to: folder.path("first.charcnn"))
    let next = try trained(["epochs=1"], from: folder.path("first.charcnn"))
    #expect(try files(next, "next.charcnn")["vectors-ngrams.safetensors"] != nil)
  }

  @Test func `a tagger of characters has no use for vectors, and damaged ones are refused`() throws {
    var characters = try ToySentences.options(.character)
    try characters.use(base: base)
    let refused = characters
    let error = #expect(throws: ConfigurationError.self) {
      try SequenceTagger.train(on: Examples(ToySentences.characters(40)), options: refused)
    }
    #expect(error?.setting == "base" && error?.description.contains("tagger of characters") == true)
    let bytes = try options(["text.unit=byte"], from: base)
    #expect(throws: ConfigurationError.self) {
      try SequenceTagger.train(on: Examples(sentences(40, known: true)), options: bytes)
    }
    let whole = try files(trained(["epochs=1"], from: base), "whole.charcnn")
    for (name, old, new) in [
      ("config.json", #""version" : 2"#, #""version" : 1"#), ("vectors.json", #""rank" : 8"#, #""rank" : 9"#),
      ("vectors.json", #""characters" : ["#, #""characters" : [-1, "#),
    ] {
      let text = String(decoding: whole[name] ?? [], as: UTF8.self)
      #expect(text.contains(old), "\(old)")
      let changed = whole.filter { $0.key != "manifest.json" }.sorted { $0.key < $1.key }.map { file, bytes in
        BundleFile(file, bytes: file == name ? Array(text.replacing(old, with: new).utf8) : bytes)
      }
      let path = folder.path("changed.charcnn")
      try ModelBundle.write(to: path, files: changed, overwrite: true)
      #expect(throws: StorageError.self, "\(new)") { try SequenceTagger(contentsOf: path) }
    }
  }
}
