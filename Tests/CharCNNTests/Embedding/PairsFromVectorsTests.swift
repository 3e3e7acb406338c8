import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Matchers that look at the vectors of a base.
@Suite struct PairsFromVectorsTests {
  private let folder: TemporaryFolder
  private let base: String

  init() throws {
    folder = try TemporaryFolder()
    base = folder.path("base.charcnn")
    try ToyVectors.writeBase(to: base)
  }

  /// Pairs of two words each; what they have to do with one another is whether they are of one group.
  ///
  /// - Parameter isKnown: Whether the words are those that pairs to learn from have: the first two of each group.
  private func pairs(_ objective: MatchingObjective, _ count: Int, known isKnown: Bool, seed: UInt64 = 5) -> [TextPair]
  {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { number in
      let group = stream.below(ToyVectors.groups.count)
      let isSame = number % 2 == 0
      let other = isSame ? group : (group + 1 + stream.below(ToyVectors.groups.count - 1)) % ToyVectors.groups.count
      func word(_ group: Int, _ place: Int) -> String { ToyVectors.groups[group][place] }
      // A word that no pair teaches, beside one that they do.
      let (first, second) = isKnown ? (word(group, 0), word(other, 1)) : (word(group, 2), word(other, 0))
      let label = objective == .regression ? (isSame ? "5" : "1") : (isSame ? "1" : "0")
      return TextPair("\(first) \(first)", "\(second)", label: label)
    }
  }

  private func options(
    _ objective: MatchingObjective, _ settings: [String] = [], from base: String?, threads: Int = 2
  ) throws -> MatchingOptions {
    var options = try ToyPairs.options(objective, ["epochs=12"] + settings)
    if let base { try options.use(base: base) }
    options.threads = threads
    return options
  }

  private func trained(
    _ objective: MatchingObjective, _ settings: [String] = [], from base: String?, threads: Int = 2
  ) throws -> TextMatcher {
    try TextMatcher.train(
      on: Examples(pairs(objective, 240, known: true)),
      options: options(objective, settings, from: base, threads: threads)
    ).model
  }

  private func files(_ model: TextMatcher, _ name: String) throws -> [String: [UInt8]] {
    try model.write(to: folder.path(name))
    return try folder.files(of: name)
  }

  @Test(arguments: MatchingObjective.allCases)
  func `words that no pair taught are known from the base`(objective: MatchingObjective) throws {
    let others = pairs(objective, 400, known: false)
    let alone = try trained(objective, from: nil)
    let model = try trained(objective, from: base)
    func quality(_ model: TextMatcher) throws -> Double {
      let report = try model.evaluate(on: Examples(others))
      return try #require(report.accuracy ?? report.pearson)
    }
    let (own, other) = (try quality(model), try quality(alone))
    #expect((own > 0.65 && own > other + 0.2) as Bool, "\(objective): \(own), \(other)")
    #expect(model.dimension == alone.dimension + ToyVectors.dimension)
    let rare = [("", "x"), ("字 river", "ωmega lake"), ("", "")].map { (first: $0.0, second: $0.1) }
    let asked = others.map { (first: $0.first, second: $0.second) } + rare
    let expected = model.matches(for: asked)
    _ = try files(model, "model.charcnn")
    let opened = try TextMatcher(contentsOf: folder.path("model.charcnn"))
    #expect(opened.matches(for: asked) == expected)
    #expect(opened.vectors(for: asked.map(\.first)) == model.vectors(for: asked.map(\.first)))
    #expect(try TextMatcher(data: model.data()).matches(for: asked) == expected)
    for (pair, answer) in zip(asked, expected) { #expect(model.matches(for: [pair]) == [answer]) }
  }

  @Test(arguments: MatchingObjective.allCases)
  func `the same bytes on any number of threads, and for a run that goes on without the base`(
    objective: MatchingObjective
  ) throws {
    let models = try [1, 2, 5].map {
      try files(trained(objective, ["epochs=3"], from: base, threads: $0), "threads-\($0).charcnn")
    }
    #expect(models[0]["vectors-ngrams.safetensors"] != nil)
    #expect(models[0] == models[1] && models[0] == models[2])
    let path = folder.path("checkpoints")
    let options = try options(objective, ["epochs=3"], from: base)
    let known = Examples(pairs(objective, 240, known: true))
    try TextMatcher.stop(in: path, on: known, options: options)
    try FileManager.default.removeItem(atPath: base)
    let (resumed, _) = try TextMatcher.resume(TrainingCheckpoint(contentsOf: path), on: known)
    #expect(try files(resumed, "resumed.charcnn") == models[0])
  }

  @Test(arguments: MatchingObjective.allCases)
  func `what the vectors say is explained by the characters of both texts`(objective: MatchingObjective) throws {
    let matcher = try trained(objective, from: base)
    for (first, second) in [("river lake", "water"), ("bread", "ｓtone rock"), ("", "song"), ("ab", "ab")] {
      let explanation = try matcher.explanation(of: first, second)
      let sum = (explanation.contributions + explanation.secondContributions).reduce(0) { $0 + $1.value }
      let difference = explanation.total - explanation.baseline
      #expect(abs(sum - difference) < 1e-9 * max(1, abs(difference)))
      #expect(explanation.isComplete || abs(explanation.gap) < 1e-3, "\(explanation.gap) of \(difference)")
      let occluded = try matcher.explanation(of: first, second, method: .occlusion)
      #expect(abs(occluded.total - explanation.total) < 1e-5)
    }
  }

  @Test func `another matcher that starts from such a one has its vectors too`() throws {
    try trained(.classification, from: base).write(to: folder.path("first.charcnn"))
    let next = try trained(.classification, ["epochs=2"], from: folder.path("first.charcnn"))
    let written = try files(next, "next.charcnn")
    #expect(written["vectors-ngrams.safetensors"] != nil)
    let pair = (first: "river", second: "lake")
    #expect(
      try TextMatcher(contentsOf: folder.path("next.charcnn")).matches(for: [pair]) == next.matches(for: [pair]))
    // With other instructions than those that the first one was opened with, the vectors are the same.
    for instructions in InstructionSet.available {
      var other = try options(.regression, ["epochs=2"], from: folder.path("first.charcnn"))
      other.instructions = instructions
      let known = Examples(pairs(.regression, 240, known: true))
      let (trained, summary) = try TextMatcher.train(on: known, validation: known, options: other)
      let path = folder.path("\(instructions).charcnn")
      try trained.write(to: path)
      let opened = try TextMatcher(ModelBundle(contentsOf: path), instructions: instructions)
      let (own, told) = (try opened.evaluate(on: known), summary.report)
      #expect(try abs(#require(own.pearson) - #require(told.pearson)) < 1e-6, "\(instructions): \(own), \(told)")
    }
    // A tagger of characters takes the body alone.
    var characters = try ToySentences.options(.character, ["epochs=1"])
    try characters.use(base: folder.path("first.charcnn"))
    var notes: [String] = []
    let tagger = try SequenceTagger.train(on: Examples(ToySentences.characters(40)), options: characters) { event in
      if case .prepared(let data) = event { notes = data.notes }
    }.model
    try tagger.write(to: folder.path("tagger.charcnn"))
    #expect(try folder.files(of: "tagger.charcnn")["vectors.json"] == nil && !notes.contains { $0.contains("vectors") })
  }

  @Test func `texts that the base reads otherwise, and damaged vectors, are refused`() throws {
    let known = Examples(pairs(.classification, 60, known: true))
    for setting in ["foldsCase=false", "text.normalization=nfc"] {
      let options = try options(.classification, [setting], from: base)
      let error = #expect(throws: ConfigurationError.self, "\(setting)") {
        try TextMatcher.train(on: known, options: options)
      }
      #expect(error?.description.contains("base.charcnn") == true)
    }
    let whole = try files(trained(.classification, ["epochs=1"], from: base), "whole.charcnn")
    for (name, old, new) in [
      ("config.json", #""version" : 2"#, #""version" : 1"#), ("vectors.json", #""dimension" : 8"#, #""dimension" : 7"#),
      ("vectors.json", #""length" : "#, #""characters" : [0, 900000], "length" : "#),
    ] {
      let text = String(decoding: whole[name] ?? [], as: UTF8.self)
      #expect(text.contains(old), "\(old)")
      let changed = whole.filter { $0.key != "manifest.json" }.sorted { $0.key < $1.key }.map { file, bytes in
        BundleFile(file, bytes: file == name ? Array(text.replacing(old, with: new).utf8) : bytes)
      }
      let path = folder.path("changed.charcnn")
      try ModelBundle.write(to: path, files: changed, overwrite: true)
      #expect(throws: StorageError.self, "\(new)") { try TextMatcher(contentsOf: path) }
    }
  }
}
