/// Counts right and wrong tags and spans, sentence by sentence.
public struct TaggingAccumulator: Sendable {
  /// A span of a sentence's tokens.
  public struct Span: Hashable, Sendable {
    /// What it is.
    public var type: String
    /// Its tokens.
    public var tokens: Range<Int>

    /// A span.
    public init(type: String, tokens: Range<Int>) {
      self.type = type
      self.tokens = tokens
    }
  }

  private struct Counts {
    var actual = 0
    var predicted = 0
    var right = 0

    /// Precision, recall and F1; 0 where there is nothing to divide by.
    var scores: (precision: Double, recall: Double, f1: Double) {
      func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
      return (ratio(right, predicted), ratio(right, actual), ratio(2 * right, actual + predicted))
    }
  }

  private struct Pair: Hashable {
    let actual: String
    let predicted: String
  }

  private var types: [String: Counts] = [:]
  private var wrong: [Pair: Int] = [:]
  private var unseen: [String: Int] = [:]
  private var tokens = 0
  private var rightTokens = 0
  private var sentences = 0
  private var rightSentences = 0
  private let known: Set<String>?

  /// Nothing counted.
  ///
  /// - Parameter known: The tags that the model knows; nil if all are known.
  public init(known: Set<String>? = nil) { self.known = known }

  /// Counts a sentence.
  ///
  /// - Parameters:
  ///   - actual: The right tag of each token.
  ///   - predicted: The predicted tag of each token, as many.
  ///   - spans: The spans that either list of tags marks; a span counts as right if both have it exactly.
  public mutating func add(actual: [String], predicted: [String], spans: (_ tags: [String]) -> [Span]) {
    sentences += 1
    var isRight = true
    for (actual, predicted) in zip(actual, predicted) {
      tokens += 1
      if actual == predicted {
        rightTokens += 1
      } else {
        isRight = false
        wrong[Pair(actual: actual, predicted: predicted), default: 0] += 1
      }
      if let known, !known.contains(actual) { unseen[actual, default: 0] += 1 }
    }
    if isRight { rightSentences += 1 }
    let actualSpans = Set(spans(actual))
    for span in actualSpans { types[span.type, default: Counts()].actual += 1 }
    for span in spans(predicted) {
      types[span.type, default: Counts()].predicted += 1
      if actualSpans.contains(span) { types[span.type, default: Counts()].right += 1 }
    }
  }

  /// The scores of what was counted.
  ///
  /// - Parameter loss: The mean negative log-likelihood of a token.
  public func report(loss: Double? = nil) -> TaggingReport {
    let all = types.values.reduce(into: Counts()) {
      $0.actual += $1.actual
      $0.predicted += $1.predicted
      $0.right += $1.right
    }
    let scores = types.map { label, counts in
      let (precision, recall, f1) = counts.scores
      return LabelScore(
        label: label, precision: precision, recall: recall, f1: f1, support: counts.actual,
        predictions: counts.predicted)
    }
    let confused = wrong.map { Confusion(actual: $0.key.actual, predicted: $0.key.predicted, count: $0.value) }
    let (precision, recall, f1) = all.scores
    return TaggingReport(
      spanF1: f1, spanPrecision: precision, spanRecall: recall,
      accuracy: tokens == 0 ? 0 : Double(rightTokens) / Double(tokens), tokens: tokens, sentences: sentences,
      sentenceAccuracy: sentences == 0 ? 0 : Double(rightSentences) / Double(sentences),
      // JSON has no infinity.
      loss: loss.flatMap { $0.isFinite ? $0 : nil },
      types: scores.sorted { ($1.support, $0.label) < ($0.support, $1.label) },
      mostConfused: Array(
        confused.sorted { ($1.count, $0.actual, $0.predicted) < ($0.count, $1.actual, $1.predicted) }.prefix(20)),
      unseenTags: unseen)
  }
}
