import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct TextMatcherTests {
  static func trained(_ objective: MatchingObjective, _ assignments: [String] = []) throws -> TextMatcher {
    try TextMatcher.train(
      on: ToyPairs.pairs(objective, 160), options: ToyPairs.options(objective, ["epochs=12"] + assignments)
    ).model
  }

  @Test(arguments: MatchingObjective.allCases)
  func `a matcher learns what its pairs show`(objective: MatchingObjective) throws {
    let matcher = try Self.trained(objective)
    let report = try matcher.evaluate(on: ToyPairs.pairs(objective, 60, seed: 9))
    #expect(report.pairs == 60)
    #expect(try #require(report.loss) > 0)
    if objective == .regression {
      #expect(try #require(report.pearson) > 0.8, "\(report)")
      #expect(try #require(report.spearman) > 0.8)
      #expect(report.accuracy == nil && matcher.labels.isEmpty)
    } else {
      #expect(try #require(report.accuracy) > 0.85, "\(report)")
      #expect(try #require(report.f1) > 0.8 && report.positive == "1" && report.pearson == nil)
    }
    #expect(matcher.isSymmetric)
    let same = matcher.score("she sees the lamp", "he holds a lamp")
    let other = matcher.score("she sees the lamp", "he holds a river")
    if objective != .regression { #expect(same > other) }
    #expect(matcher.score("he holds a river", "she sees the lamp") == other)
  }

  @Test func `answers say what the objective has`() throws {
    let labels = try Self.trained(.classification, ["epochs=2"])
    let match = labels.match("she sees the cat", "he finds a cat")
    #expect(abs(match.hypotheses.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
    #expect(match.hypotheses.first?.label == match.label)
    #expect(match.score == match.hypotheses.first { $0.label == "1" }?.probability)
    #expect(labels.threshold == nil)
    let near = try Self.trained(.contrastive, ["epochs=4"])
    let threshold = try #require(near.threshold)
    let cosine = near.match("she sees the cat", "he finds a cat")
    #expect(cosine.score >= -1 && cosine.score <= 1 && cosine.hypotheses.isEmpty)
    #expect(cosine.label == (cosine.score >= threshold ? "1" : "0"))
    let scores = try Self.trained(.regression, ["epochs=2"])
    let score = scores.match("cat tree", "cat tree")
    #expect(score.label == nil && score.score >= 1 && score.score <= 5)
    #expect(scores.configuration.range == 1...5)
  }

  @Test(arguments: MatchingObjective.allCases)
  func `empty texts and unknown characters have answers, and many pairs the same as single ones`(
    objective: MatchingObjective
  ) throws {
    let matcher = try Self.trained(objective, ["epochs=1"])
    let pairs = [("", ""), ("", "she sees"), ("漢字", "🙂"), ("the cat", "the cat"), ("a", "the tree holds a stone")]
      .map { (first: $0.0, second: $0.1) }
    let together = matcher.matches(for: pairs)
    #expect(together.allSatisfy { $0.score.isFinite })
    for (pair, match) in zip(pairs, together) {
      let alone = matcher.match(pair.first, pair.second)
      #expect(abs(alone.score - match.score) < 1e-5 && alone.label == match.label)
    }
    #expect(matcher.matches(for: []).isEmpty)
  }

  @Test func `vectors of a contrastive matcher find matching texts in an index`() throws {
    let matcher = try Self.trained(.contrastive)
    let texts = ["he holds a river", "he sees a lamp", "he finds a stone", ""]
    let vectors = matcher.vectors(for: texts)
    #expect(vectors.allSatisfy { $0.count == matcher.dimension && $0.allSatisfy(\.isFinite) })
    var index = try VectorIndex(dimension: matcher.dimension)
    try index.append(contentsOf: vectors)
    let query = "she finds the lamp"
    let nearest = try #require(try index.nearest(to: matcher.vector(for: query), count: 1).first)
    #expect(texts[nearest.index] == "he sees a lamp")
    #expect(abs(nearest.score - matcher.score(query, texts[nearest.index])) < 1e-4)
  }

  @Test func `where the order matters it is learned`() throws {
    // The first text is longer than the second one, or the other way round.
    let words = ["cat", "tree", "river", "stone", "lamp"]
    let pairs = (0..<120).map { number in
      let (long, short) = (
        (0..<4).map { words[(number + $0) % 5] }.joined(separator: " "), words[(number / 2) % 5]
      )
      let isFirst = number % 3 == 0
      return TextPair(isFirst ? long : short, isFirst ? short : long, label: isFirst ? "first" : "second")
    }
    let options = try ToyPairs.options(.classification, ["epochs=8", "symmetric=false"])
    let (matcher, _) = try TextMatcher.train(on: Examples(pairs, name: "toys"), options: options)
    #expect(!matcher.isSymmetric)
    #expect(matcher.match("cat tree river stone", "lamp").label == "first")
    #expect(matcher.match("lamp", "cat tree river stone").label == "second")
  }

  /// The toys with other labels.
  private static func toys(_ match: String, _ other: String, _ count: Int = 160) -> Examples<TextPair> {
    Examples(
      ToyPairs.labels(count).map { TextPair($0.first, $0.second, label: $0.label == "1" ? match : other) }, name: "toys"
    )
  }

  @Test(arguments: [MatchingObjective.contrastive, .classification])
  func `the label of texts that match is known by its name, not by its place`(objective: MatchingObjective) throws {
    var positive: String?
    let (matcher, summary) = try TextMatcher.train(
      on: Self.toys("match", "mismatch"), options: ToyPairs.options(objective, ["epochs=12"])
    ) { event in
      if case .prepared(let data) = event { positive = data.positive }
    }
    #expect(positive == "match" && matcher.positive == "match" && matcher.configuration.positive == "match")
    #expect(matcher.labels == ["mismatch", "match"])
    #expect(summary.report.positive == "match")
    let report = try matcher.evaluate(on: Self.toys("match", "mismatch", 60))
    #expect(try #require(report.accuracy) > 0.85, "\(report)")
    #expect(matcher.match("she sees the lamp", "he sees a lamp").label == "match")
    #expect(matcher.score("she sees the lamp", "he sees a lamp") > matcher.score("she sees the lamp", "he sees a cat"))
  }

  @Test func `labels that nobody knows need a word about which of them matches`() throws {
    func train(_ match: String, _ other: String, _ objective: MatchingObjective, _ settings: [String] = []) throws
      -> TextMatcher
    {
      try TextMatcher.train(
        on: Self.toys(match, other, 80), options: ToyPairs.options(objective, ["epochs=10"] + settings)
      ).model
    }
    let error = #expect(throws: ConfigurationError.self) { try train("rot", "blau", .contrastive) }
    #expect(error?.setting == "positive")
    for word in ["rot", "blau", "`positive="] { #expect(error?.description.contains(word) == true) }
    for (match, other) in [("rot", "blau"), ("blau", "rot")] {
      let matcher = try train(match, other, .contrastive, ["positive=\(match)"])
      #expect(matcher.labels == [other, match] && matcher.positive == match)
      #expect(matcher.match("she sees the lamp", "she sees the lamp").label == match)
    }
    // Classes need no such word: the second counts, as it ever did.
    #expect(try train("blau", "rot", .classification, ["epochs=1"]).positive == "rot")
    // A word overrules what is known.
    #expect(try train("0", "1", .contrastive, ["epochs=1", "positive=0"]).labels == ["1", "0"])
    for wrong in ["positive=grau", "objective=regression positive=rot"] {
      let error = #expect(throws: ConfigurationError.self) {
        try train("rot", "blau", .classification, wrong.split(separator: " ").map(String.init))
      }
      #expect(error?.setting == "positive")
    }
    let three = ToyPairs.labels(30) + [TextPair("a", "b", label: "2")]
    let many = #expect(throws: ConfigurationError.self) {
      try TextMatcher.train(
        on: Examples(three, name: "toys"), options: ToyPairs.options(.classification, ["positive=2"]))
    }
    #expect(many?.setting == "positive")
  }

  @Test func `faulty pairs and settings are refused before training`() throws {
    func error(_ pairs: [TextPair], _ options: MatchingOptions) -> (any Error)? {
      do {
        _ = try TextMatcher.train(on: Examples(pairs, name: "toys"), options: options)
        return nil
      } catch { return error }
    }
    let labels = ToyPairs.labels(20)
    #expect(
      error([], try ToyPairs.options(.classification)) as? TrainingError == .noExamples(path: "toys", isInMemory: true))
    let ones = labels.filter { $0.label == "1" }
    #expect(
      error(ones, try ToyPairs.options(.classification)) as? TrainingError
        == .notEnoughClasses(path: "toys", label: "1", isInMemory: true))
    let score = error(ones, try ToyPairs.options(.regression)) as? TrainingError
    #expect(score == .oneScore(path: "toys", score: "1.0", isInMemory: true))
    #expect(score?.description.contains("classifier") == false)
    #expect(error(labels + [TextPair("a", "b")], try ToyPairs.options(.contrastive)) is DataError)
    #expect(error(labels + [TextPair("a", "b", label: "x")], try ToyPairs.options(.regression)) is DataError)
    #expect(error(labels + [TextPair("a", "b", label: "nan")], try ToyPairs.options(.regression)) is DataError)
    #expect(
      error(labels + [TextPair("a", "b", label: "2")], try ToyPairs.options(.contrastive)) is ConfigurationError)
    var options = MatchingOptions()
    for wrong in ["nothing=1", "classes=3", "filters", "objective=other", "chunkLength=8"] {
      #expect(throws: ConfigurationError.self) { try options.set(wrong) }
    }
    try options.set("text.normalization=nfc")
    #expect(options.text.normalization == .nfc && options.network.normalization == .layer)
  }

  @Test func `a label that training lacks counts as wrong`() throws {
    let matcher = try Self.trained(.classification, ["epochs=1"])
    let report = try matcher.evaluate(
      on: Examples([TextPair("a", "b", label: "other"), TextPair("a", "b", label: "1")], name: "held"))
    #expect(report.unseenLabels == ["other": 1] && report.pairs == 2)
    #expect(try #require(report.accuracy) <= 0.5)
  }
}
