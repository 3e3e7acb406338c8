import CharCNNToolkit
import Foundation
import Testing

/// Why pairs match and tokens have their tags.
@Suite struct TaskExplanationTests {
  private func sum(_ explanation: TextClassifier.Explanation) -> Double {
    (explanation.contributions + explanation.secondContributions).reduce(0) { $0 + $1.value }
  }

  @Test(arguments: MatchingObjective.allCases, [["epochs=4"], ["epochs=1", "ngrams=none", "overlaps=none"]])
  func `both texts of a pair add up to its score`(objective: MatchingObjective, settings: [String]) throws {
    let (matcher, _) = try TextMatcher.train(
      on: ToyPairs.pairs(objective, 60), options: ToyPairs.options(objective, settings))
    let pairs = [("she sees the cat", "he holds a cat"), ("she sees the ｃat", "tree"), ("", "a stone"), ("ab", "ab")]
    for (first, second) in pairs {
      let explanation = try matcher.explanation(of: first, second)
      let difference = explanation.total - explanation.baseline
      #expect(abs(sum(explanation) - difference) < 1e-9 * max(1, abs(difference)))
      #expect(explanation.isComplete || abs(explanation.gap) < 2e-4, "\(explanation.gap) of \(difference)")
      #expect(explanation.contributions.map { String(first[$0.range]) } == first.map { String($0) })
      #expect(explanation.secondContributions.map { String(second[$0.range]) } == second.map { String($0) })
      let match = matcher.match(first, second)
      switch objective {
      case .classification:
        let probability = try #require(match.hypotheses.first).probability
        #expect(abs(explanation.total - log(probability / (1 - probability))) < 1e-2 && explanation.isLogOdds)
      case .contrastive, .regression:
        #expect(abs(explanation.total - match.score) < 1e-4 && !explanation.isLogOdds)
      }
      let occluded = try matcher.explanation(of: first, second, method: .occlusion)
      #expect(abs(occluded.total - explanation.total) < 1e-6)
    }
  }

  @Test(arguments: [false, true], ["both", "network", "ngrams"])
  func `what a text has adds up to its score`(areGrades: Bool, parts: String) throws {
    let settings = (areGrades ? ["ordinal=true"] : []) + (parts == "network" ? ["ngrams=none"] : [])
    let (regressor, _) = try TextRegressor.train(
      on: areGrades ? ToyScores.grades(200) : ToyScores.texts(200),
      options: ToyScores.options(settings, model: parts == "ngrams" ? "ngrams" : nil))
    for text in ["splendid river splendid", "a table, a ｗindow", "", "x", String(repeating: "splendid ", count: 40)] {
      let explanation = try regressor.explanation(of: text)
      let difference = explanation.total - explanation.baseline
      #expect(abs(sum(explanation) - difference) < 1e-9 * max(1, abs(difference)))
      #expect(explanation.isComplete, "\(explanation.gap) of \(difference)")
      #expect(explanation.contributions.map { String(text[$0.range]) } == text.map { String($0) })
      #expect(explanation.probability == regressor.score(for: text) && !explanation.isLogOdds)
      let shown = min(max(explanation.total, regressor.range.lowerBound), regressor.range.upperBound)
      #expect(abs(shown - regressor.score(for: text)) < 1e-3)
      let occluded = try regressor.explanation(of: text, method: .occlusion)
      #expect(abs(occluded.total - explanation.total) < 1e-6)
    }
    if parts != "network" {
      // The word that makes the score, and not those around it.
      let text = "seven splendid often"
      let word = try #require(text.range(of: "splendid"))
      let found = try regressor.explanation(of: text).contributions
      let own = found.filter { word.overlaps($0.range) }.reduce(0) { $0 + $1.value }
      #expect(own > 0 && own > abs(found.filter { !word.overlaps($0.range) }.reduce(0) { $0 + $1.value }))
    }
  }

  @Test(arguments: [TaggingUnit.character, .word], [TagOutputKind.crf, .softmax])
  func `a tag is made of the characters around it`(unit: TaggingUnit, output: TagOutputKind) throws {
    let sentences = unit == .word ? ToySentences.words(40) : ToySentences.characters(40)
    let (tagger, _) = try SequenceTagger.train(
      on: Examples(sentences, name: "toys"),
      options: ToySentences.options(unit, ["epochs=6", "output=\(output.rawValue)"]))
    let text = unit == .word ? "the red cat sees a tree" : "张三看见李四海"
    let explanations = try tagger.explanations(of: text)
    let answer = tagger.tags(in: text)[0]
    #expect(explanations.count == (unit == .word ? answer.tokens.count : answer.spans.count))
    for explanation in explanations {
      let difference = explanation.total - explanation.baseline
      #expect(abs(sum(explanation) - difference) < 1e-9 * max(1, abs(difference)))
      #expect(explanation.isComplete, "\(explanation.gap) of \(difference)")
      let token = try #require(answer.tokens.first { $0.range == explanation.token })
      #expect(token.tag == explanation.label && token.probability == explanation.probability)
      #expect(abs(1 / (1 + exp(-explanation.total)) - token.probability) < 1e-3)
      #expect(explanation.contributions.count == text.filter { $0 != " " }.count)
    }
    let second = text.index(text.startIndex, offsetBy: unit == .word ? 5 : 1)
    let chosen = try tagger.explanations(of: text, at: second, for: tagger.labels[0])
    #expect(chosen.count == 1 && chosen[0].label == tagger.labels[0])
    #expect(throws: ConfigurationError.self) { try tagger.explanations(of: text, for: "no tag") }
    #expect(throws: ConfigurationError.self) { try tagger.explanations(of: "", at: "".startIndex) }
    var asked = 0
    let abandoned = try tagger.explanations(of: text) {
      asked += 1
      return asked == 2
    }
    #expect(abandoned.count == 1)
  }

  @Test func `the strongest character of a word's tag is one of the word`() throws {
    let (tagger, _) = try SequenceTagger.train(
      on: Examples(ToySentences.words(60), name: "toys"), options: ToySentences.options(.word, ["epochs=10"]))
    let text = "the old river finds a stone"
    let explanations = try tagger.explanations(of: text)
    let own = try explanations.count { explanation in
      let strongest = try #require(explanation.contributions.max { $0.value < $1.value })
      return try #require(explanation.token).overlaps(strongest.range)
    }
    #expect(own >= 5, "\(own) of \(explanations.count)")
  }
}
