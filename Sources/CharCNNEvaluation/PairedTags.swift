/// The tags that two models give the same sentences.
package struct PairedTags {
  /// What a model has in a sentence.
  package struct Counts: Hashable, Sendable {
    /// Tokens with the right tag.
    var tokens = 0
    /// Spans that are there, that it finds, and those of them that are right.
    var (actual, predicted, right) = (0, 0, 0)

    /// The counts of a sentence.
    ///
    /// - Parameters:
    ///   - tags: For each token whether its tag is right.
    ///   - actual: The spans that are there.
    ///   - predicted: Those that are found.
    package init(tags: [Bool], actual: [TaggingAccumulator.Span], predicted: [TaggingAccumulator.Span]) {
      tokens = tags.count { $0 }
      let spans = Set(actual)
      (self.actual, self.predicted) = (spans.count, predicted.count)
      right = predicted.count { spans.contains($0) }
    }

    init() {}

    /// The harmonic mean of precision and recall of spans.
    var spanF1: Double { actual + predicted == 0 ? 0 : 2 * Double(right) / Double(actual + predicted) }

    mutating func add(_ other: Counts, times count: Int) {
      tokens += count * other.tokens
      actual += count * other.actual
      predicted += count * other.predicted
      right += count * other.right
    }
  }

  private struct Sentence: Hashable {
    var tokens: Int
    var first: Counts
    var second: Counts
  }

  private struct Cell: Hashable {
    var tag: String
    var first: Bool
    var second: Bool
  }

  private var sentences: [Sentence: Int] = [:]
  private var cells: [Cell: Int] = [:]

  /// None yet.
  package init() {}

  /// Takes a sentence.
  ///
  /// - Parameters:
  ///   - actual: The right tag of each token.
  ///   - tags: For each token whether the first model is right, and whether the second one is.
  ///   - first: What the first model has.
  ///   - second: What the second one has.
  package mutating func add(
    actual: [String], tags: [(first: Bool, second: Bool)], first: Counts, second: Counts
  ) {
    for (tag, right) in zip(actual, tags) {
      cells[Cell(tag: tag, first: right.first, second: right.second), default: 0] += 1
    }
    sentences[Sentence(tokens: actual.count, first: first, second: second), default: 0] += 1
  }

  /// What there is to say of the difference; there is one token at least.
  ///
  /// Samples are drawn of sentences, since the tags of a sentence depend on each other.
  package func comparison() -> TaggingReport.Comparison {
    func key(_ sentence: Sentence) -> [Int] {
      [sentence.tokens]
        + [sentence.first, sentence.second].flatMap { [$0.tokens, $0.actual, $0.predicted, $0.right] }
    }
    let sorted = sentences.sorted { key($0.key).lexicographicallyPrecedes(key($1.key)) }
    func sums(_ counts: [Int]) -> (tokens: Int, first: Counts, second: Counts) {
      var (tokens, first, second) = (0, Counts(), Counts())
      for (sentence, count) in zip(sorted.map(\.key), counts) where count > 0 {
        tokens += count * sentence.tokens
        first.add(sentence.first, times: count)
        second.add(sentence.second, times: count)
      }
      return (tokens, first, second)
    }
    let all = sums(sorted.map(\.value))
    precondition(all.tokens > 0, "tags to compare")
    func accuracy(_ counts: Counts, _ tokens: Int) -> Double { Double(counts.tokens) / Double(tokens) }
    var bootstrap = PoissonBootstrap()
    var (accuracies, spans): ([Double], [Double]) = ([], [])
    while accuracies.count < PoissonBootstrap.samples {
      let drawn = sums(sorted.map { bootstrap.draw($0.value) })
      // A sample of few sentences may be empty, and says nothing then.
      guard drawn.tokens > 0 else { continue }
      accuracies.append(accuracy(drawn.second, drawn.tokens) - accuracy(drawn.first, drawn.tokens))
      spans.append(drawn.second.spanF1 - drawn.first.spanF1)
    }
    let tags = Dictionary(grouping: cells, by: \.key.tag).map { tag, own in
      let counts = Discordance(own.map { ($0.key.first, $0.key.second, $0.value) })
      let support = own.reduce(0) { $0 + $1.value }
      return ClassificationReport.Comparison.Label(
        label: tag, support: support, recall: Double(counts.second) / Double(support),
        otherRecall: Double(counts.first) / Double(support), onlyOther: counts.onlyFirst, onlyThis: counts.onlySecond,
        pValue: counts.pValue)
    }
    let counts = Discordance(cells.map { ($0.key.first, $0.key.second, $0.value) })
    let (this, other) = (accuracy(all.second, all.tokens), accuracy(all.first, all.tokens))
    return TaggingReport.Comparison(
      sentences: sorted.reduce(0) { $0 + $1.value }, tokens: all.tokens, accuracy: this, otherAccuracy: other,
      difference: this - other, differenceInterval: PoissonBootstrap.interval(accuracies), spanF1: all.second.spanF1,
      otherSpanF1: all.first.spanF1, spanF1Interval: PoissonBootstrap.interval(spans), onlyOther: counts.onlyFirst,
      onlyThis: counts.onlySecond, pValue: counts.pValue,
      tags: tags.sorted {
        (($1.onlyThis - $1.onlyOther).magnitude, $0.label) < (($0.onlyThis - $0.onlyOther).magnitude, $1.label)
      })
  }
}
