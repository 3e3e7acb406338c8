import CharCNNToolkit
import TestSupport
import Testing

/// What all tests of texts in company share.
enum Company {
  /// Vectors of many texts are those of each alone, with the same bits.
  static func expectFeatures(
    _ one: any FeatureExtractor, _ three: any FeatureExtractor, _ levels: [FeatureOptions.Level], _ texts: [String]
  ) throws {
    for level in levels {
      let options = FeatureOptions(level: level)
      let together = try one.features(of: texts, options)
      #expect(try three.features(of: texts, options) == together)
      #expect(together.count == texts.count)
      let wrong = try texts.indices.filter { try one.features(of: [texts[$0]], options) != [together[$0]] }
      #expect(wrong.isEmpty, "\(wrong.count) texts of level \(level.rawValue), first \(wrong.prefix(5))")
    }
  }
}

/// As ``ClassifierCompanyTests``, of the other tasks' models.
@Suite struct TaskCompanyTests {
  private static let texts = MixedTexts.texts(1_200)

  @Test(arguments: TaskBundle.allCases)
  func `vectors of many texts, their words and characters are those of each alone`(bundle: TaskBundle) throws {
    try Company.expectFeatures(bundle.model(), bundle.model(threads: 3), bundle.levels, Self.texts)
  }

  @Test(arguments: [TaskBundle.contrastive, .regression])
  func `matches and vectors of many texts are those of each alone`(bundle: TaskBundle) throws {
    let one = try TextMatcher(contentsOf: bundle.path(), threads: 1)
    let three = try TextMatcher(contentsOf: bundle.path(), threads: 3)
    let pairs = zip(Self.texts, MixedTexts.texts(1_200, seed: 6)).map { (first: $0, second: $1) }
    let together = one.matches(for: pairs)
    #expect(three.matches(for: pairs) == together)
    let vectors = one.vectors(for: Self.texts)
    #expect(three.vectors(for: Self.texts) == vectors)
    for (number, pair) in pairs.enumerated() {
      #expect(one.match(pair.first, pair.second) == together[number], "pair \(number)")
      #expect(one.vector(for: pair.first) == vectors[number])
    }
  }

  @Test func `scores of many texts are those of each alone`() throws {
    let one = try TextRegressor(contentsOf: TaskBundle.scores.path(), threads: 1)
    let three = try TextRegressor(contentsOf: TaskBundle.scores.path(), threads: 3)
    let together = one.predictions(for: Self.texts)
    #expect(three.predictions(for: Self.texts) == together)
    for (number, text) in Self.texts.enumerated() { #expect(one.prediction(for: text) == together[number]) }
    let scored = Self.texts.enumerated().map { LabeledText($1, label: "\($0 % 7)") }
    #expect(try one.evaluate(on: Examples(scored)) == three.evaluate(on: Examples(scored)))
  }

  @Test func `labels of many pairs, and their evaluation, are those of each alone`() throws {
    let (trained, _) = try TextMatcher.train(
      on: ToyPairs.pairs(.classification, 60), options: ToyPairs.options(.classification, ["maximumLength=40"]))
    let folder = try TemporaryFolder()
    try trained.write(to: folder.path("m.charcnn"))
    let three = try TextMatcher(contentsOf: folder.path("m.charcnn"), threads: 3)
    let pairs = zip(Self.texts, MixedTexts.texts(1_200, seed: 6)).map { (first: $0, second: $1) }
    let together = trained.matches(for: pairs)
    #expect(three.matches(for: pairs) == together)
    for (number, pair) in pairs.enumerated() {
      #expect(trained.match(pair.first, pair.second) == together[number], "pair \(number)")
    }
    let labelled = pairs.enumerated().map { TextPair($1.first, $1.second, label: "\($0 % 2)") }
    let report = try trained.evaluate(on: Examples(labelled, name: "pairs"))
    #expect(try three.evaluate(on: Examples(labelled, name: "pairs")) == report)
    let right = together.enumerated().count { $1.label == "\($0 % 2)" }
    #expect(report.accuracy == Double(right) / Double(pairs.count))
  }

  @Test(arguments: [TaskBundle.characters, .words])
  func `tags of many sentences are those of each alone`(bundle: TaskBundle) throws {
    let one = try SequenceTagger(contentsOf: bundle.path(), threads: 1)
    let three = try SequenceTagger(contentsOf: bundle.path(), threads: 3)
    let sentences = Self.texts.flatMap { one.sentences(of: $0) }
    let together = one.tags(of: sentences, sequences: 2)
    #expect(sentences.count > 1_000 && together.count == sentences.count)
    #expect(three.tags(of: sentences, sequences: 2) == together)
    for (number, sentence) in sentences.enumerated() {
      #expect(one.tags(of: [sentence], sequences: 2) == [together[number]], "sentence \(number)")
    }
    #expect(Self.texts.flatMap { one.tags(in: $0, sequences: 2) } == together)
    // Of sentences with the tags that each gets alone, all are right.
    var tagged = sentences
    for number in tagged.indices {
      for (token, tag) in together[number].tags.enumerated() { tagged[number].tokens[token].tag = tag }
    }
    #expect(try one.evaluate(on: Examples(tagged, name: "sentences")).accuracy == 1)
    #expect(try three.evaluate(on: Examples(tagged, name: "sentences")).accuracy == 1)
  }

  @Test(arguments: [TaskBundle.causal, .masked])
  func `figures of many files are those of each alone`(bundle: TaskBundle) throws {
    let one = try CharacterLanguageModel(contentsOf: bundle.path(), threads: 1)
    let three = try CharacterLanguageModel(contentsOf: bundle.path(), threads: 3)
    let folder = try TemporaryFolder()
    let files = try (0..<12).map { number in
      let texts = Self.texts[number * 100..<number * 100 + 7 * number + 5].map { $0.filter { $0 != "\u{0}" } }
      return try folder.write(texts.joined(separator: "\n") + "plum\n", to: "\(number).txt")
    }
    let together = try one.evaluate(on: Examples(contentsOf: files))
    #expect(try three.evaluate(on: Examples(contentsOf: files)) == together)
    let alone = try files.map { try one.evaluate(on: Examples(contentsOf: $0)) }
    // What a masked model hides is drawn by the places in all files.
    guard bundle == .causal else { return }
    #expect(alone.reduce(0) { $0 + $1.characters } == together.characters)
    let nats = alone.reduce(0) { $0 + $1.natsPerCharacter * Double($1.characters) }
    #expect(abs(nats / Double(together.characters) - together.natsPerCharacter) < 1e-9)
    let prompts = ["plum", "", "张三", "🙂"]
    for prompt in prompts {
      #expect(try one.text(continuing: prompt, length: 30) == three.text(continuing: prompt, length: 30))
    }
  }

  @Test(arguments: VectorIndex.Similarity.allCases)
  func `neighbours of many queries are those of each alone`(similarity: VectorIndex.Similarity) throws {
    let matcher = try TextMatcher(contentsOf: TaskBundle.contrastive.path(), threads: 1)
    let vectors = matcher.vectors(for: Self.texts)
    let flat = vectors.flatMap { $0 }
    let queries = matcher.vectors(for: MixedTexts.texts(400, seed: 9))
    let (one, three) = (CPUDevice(threads: 1), CPUDevice(threads: 3))
    let index = try VectorIndex(flat, dimension: matcher.dimension, similarity: similarity, device: one)
    let other = try VectorIndex(flat, dimension: matcher.dimension, similarity: similarity, device: three)
    let together = try index.nearest(toEach: queries, count: 5)
    #expect(try other.nearest(toEach: queries, count: 5) == together)
    for number in 0..<400 {
      #expect(try index.nearest(to: queries[number], count: 5) == together[number], "query \(number)")
    }
  }
}
