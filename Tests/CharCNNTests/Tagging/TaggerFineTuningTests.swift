import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Taggers that start from a base, and what else starts from taggers.
@Suite struct TaggerFineTuningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A language model of the toy characters, at `language.charcnn`.
  private func languageModel(_ objective: LanguageObjective = .masked) throws -> String {
    let lines = ToySentences.characters(200).map { $0.tokens.map(\.text).joined() + "\n" }
    let text = try folder.write(lines.joined(), to: "text.txt")
    var options = LanguageOptions(objective)
    options.threads = 1
    for assignment in [
      "filters=16", "embedding=8", "blocks=2", "dilations=1,2", "window=32", "batchCharacters=256", "epochs=1",
      "rate=0.01", "foldsCase=false",
    ] {
      try options.set(assignment)
    }
    let path = folder.path("language.charcnn")
    try CharacterLanguageModel.train(on: Examples(contentsOf: text), options: options).model.write(
      to: path, overwrite: true)
    return path
  }

  /// A tagger at `UNIT.charcnn`.
  private func tagger(_ unit: TaggingUnit) throws -> String {
    let path = folder.path("\(unit).charcnn")
    try SequenceTagger.train(on: sentences(unit), options: ToySentences.options(unit)).model.write(to: path)
    return path
  }

  private func sentences(_ unit: TaggingUnit) -> Examples<TaggedSentence> {
    Examples(unit == .word ? ToySentences.words(40) : ToySentences.characters(40), name: "toys")
  }

  /// The same sentences with as many other tags.
  private func renamed(_ unit: TaggingUnit) -> Examples<TaggedSentence> {
    let all = unit == .word ? ToySentences.words(40) : ToySentences.characters(40)
    return Examples(
      all.map { sentence in
        TaggedSentence(words: sentence.tokens.map(\.text), tags: sentence.tokens.map { ($0.tag ?? "") + "X" })
      }, name: "renamed")
  }

  private func options(_ unit: TaggingUnit, from base: String, _ assignments: [String] = []) throws -> TaggingOptions {
    var options = TaggingOptions(unit)
    options.threads = 1
    try options.set("ngramBits=8")
    try options.use(base: base)
    for assignment in ["epochs=1", "batchTexts=8", "minimumCount=1"] + assignments { try options.set(assignment) }
    return options
  }

  private func weights(_ path: String) throws -> SafetensorsFile { try ModelBundle(contentsOf: path).safetensors() }

  /// A tagger that was trained by so little that its weights are those that it started from.
  private func started(_ unit: TaggingUnit, from base: String, on sentences: Examples<TaggedSentence>) throws
    -> (tagger: SequenceTagger, weights: SafetensorsFile)
  {
    let options = try options(unit, from: base, ["rate=1e-30", "averaging=0", "weightDecay=0"])
    let tagger = try SequenceTagger.train(on: sentences, options: options).model
    try tagger.write(to: folder.path("started.charcnn"), overwrite: true)
    return (tagger, try weights(folder.path("started.charcnn")))
  }

  /// Names of the tensors that are the base's own, to what the smallest steps may have changed.
  private func same(_ weights: SafetensorsFile, _ base: SafetensorsFile) throws -> Set<String> {
    Set(
      try weights.names.filter { name in
        guard base.names.contains(name), try base.shape(of: name) == weights.shape(of: name) else { return false }
        return try zip(weights.floats(name), base.floats(name)).allSatisfy { abs($0 - $1) < 1e-20 }
      })
  }

  @Test func `a tagger starts from the body of a language model, and new characters follow the known ones`() throws {
    let base = try languageModel()
    let model = try CharacterLanguageModel(contentsOf: base)
    let others = ToySentences.characters(40).map { $0.tokens.map(\.text) + ["问"] }
    let sentences = others.map { TaggedSentence(words: $0, tags: $0.map { $0 == "问" ? "B-A" : "O" }) }
    let (tagger, started) = try started(.character, from: base, on: Examples(sentences, name: "toys"))
    #expect(tagger.alphabet.units == model.alphabet.units + ["问"])
    #expect(tagger.textSettings.normalization == model.textSettings.normalization)
    #expect(tagger.textSettings.foldsCase == model.textSettings.foldsCase)
    #expect(tagger.textSettings.maximumLength == TaggingOptions(.character).text.maximumLength)
    let theirs = try weights(base)
    let body = Set(started.names.filter { $0.hasPrefix("blocks.") })
    #expect(body.count >= 8)
    #expect(try same(started, theirs) == body)
    let known = try theirs.floats("embedding.weight")
    let all = try started.floats("embedding.weight")
    #expect(Array(all.prefix(known.count)) == known && all.count == known.count + 8)
    guard case .character(let configuration) = tagger.architecture else { throw CocoaError(.featureUnsupported) }
    let own = CharacterTaggerConfiguration()
    #expect(configuration.dilations == [1, 2] && configuration.filters == 16 && configuration.embedding == 8)
    #expect(configuration.dropout == own.dropout && configuration.blockDropout == own.blockDropout)
  }

  @Test func `a body that pools lends to a tagger that dilates, and keeps its n-grams`() throws {
    let path = folder.path("matcher.charcnn")
    // A table of the shape that the tagger's has.
    let settings = ["blocks=3", "ngramBits=8", "ngramWidth=8", "epochs=1"]
    try TextMatcher.train(
      on: ToyPairs.pairs(.classification, 40), options: ToyPairs.options(.classification, settings)
    ).model.write(to: path)
    let theirs = try weights(path)
    let (tagger, started) = try started(.character, from: path, on: sentences(.character))
    guard case .character(let configuration) = tagger.architecture else { throw CocoaError(.featureUnsupported) }
    #expect(configuration.dilations == [1, 2, 4])
    #expect(try theirs.shape(of: "ngrams.weight") == started.shape(of: "ngrams.weight"))
    #expect(try started.floats("ngrams.weight").allSatisfy { abs($0) < 1e-20 })
    #expect(try same(started, theirs) == Set(started.names.filter { $0.hasPrefix("blocks.") }))
    #expect(tagger.textSettings.foldsCase)
  }

  @Test(arguments: TaggingUnit.allCases)
  func `a tagger lends all to the same tags, and its body and n-grams to others`(unit: TaggingUnit) throws {
    let base = try tagger(unit)
    let theirs = try weights(base)
    let (again, all) = try started(unit, from: base, on: sentences(unit))
    #expect(again.architecture == (try SequenceTagger(contentsOf: base)).architecture)
    #expect(try same(all, theirs) == Set(all.names))
    let (_, other) = try started(unit, from: base, on: renamed(unit))
    let heads = Set(other.names.filter { $0.hasPrefix("output.w") || $0.hasPrefix("crf.") })
    #expect(heads.count == 4)
    #expect(try same(other, theirs).isDisjoint(with: heads))
    #expect(try same(other, theirs).union(heads).union(["output.bias"]) == Set(other.names))
  }

  @Test func `classifiers and matchers start from a tagger of characters`() throws {
    let base = try tagger(.character)
    let theirs = try weights(base)
    var options = ClassificationOptions()
    options.threads = 1
    try options.use(base: base)
    #expect(options.text.maximumLength == TextSettings().maximumLength && !options.text.foldsCase)
    for assignment in ["epochs=1", "batchTexts=16", "rate=1e-30", "averaging=0", "minimumCount=1"] {
      try options.set(assignment)
    }
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(40)), options: options).model
    try classifier.write(to: folder.path("classifier.charcnn"))
    let body = Set(theirs.names.filter { $0.hasPrefix("blocks.") })
    #expect(try same(weights(folder.path("classifier.charcnn")), theirs) == body)

    var matching = MatchingOptions()
    matching.threads = 1
    try matching.use(base: base)
    for assignment in ["epochs=1", "batchTexts=16", "rate=1e-30", "averaging=0", "ngramBits=8", "ngramWidth=8"] {
      try matching.set(assignment)
    }
    try TextMatcher.train(on: ToyPairs.pairs(.classification, 40), options: matching).model.write(
      to: folder.path("pairs.charcnn"))
    #expect(try same(weights(folder.path("pairs.charcnn")), theirs) == body)

    let words = try tagger(.word)
    #expect(throws: ConfigurationError.self) { try options.use(base: words) }
    #expect(throws: ConfigurationError.self) { try matching.use(base: words) }
  }

  @Test func `an interrupted fine-tuning goes on without its base, to the same bytes`() throws {
    let base = try languageModel()
    let sentences = Examples<TaggedSentence>(
      ToySentences.characters(40).map {
        TaggedSentence(words: $0.tokens.map(\.text) + ["!"], tags: $0.tokens.map { $0.tag ?? "" } + ["O"])
      },
      name: "toys")
    var options = try options(.character, from: base, ["epochs=3"])
    func bytes(_ tagger: SequenceTagger) throws -> Data {
      try tagger.write(to: folder.path("m.charcnn"), overwrite: true)
      return try Data(contentsOf: URL(fileURLWithPath: folder.path("m.charcnn/model.safetensors")))
    }
    let expected = try bytes(SequenceTagger.train(on: sentences, options: options).model)
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .zero)
    var copies = 0
    _ = try SequenceTagger.train(on: sentences, options: options) { event in
      guard case .checkpoint = event else { return }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path("checkpoints")).sorted()) ?? []
      let copy = folder.path("copy-\(copies)")
      try? FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      try? FileManager.default.copyItem(
        atPath: folder.path("checkpoints/\(names.last ?? "")"), toPath: "\(copy)/checkpoint-000001")
      copies += 1
    }
    try FileManager.default.removeItem(atPath: base)
    for number in stride(from: 0, to: copies, by: 4) {
      let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("copy-\(number)"))
      #expect(try bytes(SequenceTagger.resume(checkpoint, on: sentences).model) == expected, "checkpoint \(number)")
    }
    #expect(copies > 6)
  }

  @Test func `impossible combinations are refused with the reason`() throws {
    func refusal(_ unit: TaggingUnit, from base: String, _ assignments: String...) -> String {
      let error = #expect(throws: ConfigurationError.self) {
        let options = try options(unit, from: base, assignments)
        _ = try SequenceTagger.train(on: sentences(unit), options: options)
      }
      return error?.description ?? ""
    }
    let masked = try languageModel()
    #expect(refusal(.word, from: masked).contains("word tagger"))
    #expect(refusal(.character, from: masked, "filters=32").contains("blocks.0"))
    #expect(refusal(.character, from: masked, "foldsCase=true").contains("foldsCase"))
    #expect(refusal(.character, from: masked, "unit=byte").contains("unit"))
    #expect(refusal(.character, from: try languageModel(.causal)).contains("masked"))
    let (characters, words) = (try tagger(.character), try tagger(.word))
    #expect(refusal(.word, from: characters).contains("word tagger"))
    #expect(refusal(.character, from: words).contains("word tagger"))
    for (name, settings, word) in [
      ("strided", ["stride=2", "filters=16"], "stride"), ("kim", ["maps=4"], "gated"),
    ] as [(String, [String], String)] {
      var options = ClassificationOptions()
      options.threads = 1
      if name == "kim" { try options.use(model: name) }
      for assignment in ["epochs=1", "embedding=8", "minimumCount=1"] + settings { try options.set(assignment) }
      let path = folder.path("\(name).charcnn")
      try TextClassifier.train(on: Examples(ToyTexts.texts(40)), options: options).model.write(to: path)
      #expect(refusal(.character, from: path).contains(word), "\(name)")
    }
    // What has no weights may change.
    for assignment in ["dilations=1", "output=softmax", "ngrams=none", "inputDropout=0"] {
      _ = try SequenceTagger.train(
        on: sentences(.character), options: options(.character, from: characters, [assignment]))
    }
  }
}
