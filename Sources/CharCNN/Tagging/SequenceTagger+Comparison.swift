public import CharCNNEvaluation
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension SequenceTagger {
  /// Measures this tagger and another one on the same sentences, and says how likely chance alone makes their difference.
  ///
  /// - Parameters:
  ///   - other: The other tagger, of words as this one, or of characters; it may have other tags and another scheme.
  ///   - examples: Sentences with tags.
  ///   - progress: Receives the number of sentences done.
  /// - Throws: `DataError` at the first faulty line; ``TrainingError/noExamples(path:isInMemory:)`` for examples without one;
  ///   ``ConfigurationError`` for a tagger of words and one of characters; `CancellationError` where the task that calls is cancelled.
  public func comparison(
    with other: SequenceTagger, on examples: Examples<TaggedSentence>, progress: (_ sentences: Int) -> Void = { _ in }
  ) throws -> TaggingReport.Comparison {
    guard unit == other.unit else {
      throw ConfigurationError(
        setting: "other", problem: "tags \(other.unit == .word ? "words" : "characters") where this one does not",
        advice: "compare two taggers of words, or two of characters")
    }
    let read = try examples.read()
    let own = read.prepared(for: unit, scheme: scheme, isKnown: true)
    let theirs = read.prepared(for: other.unit, scheme: other.scheme, isKnown: true)
    var pairs = PairedTags()
    for first in stride(from: 0, to: own.count, by: Self.comparedPiece) {
      try examples.checkNow()
      let piece = first..<min(first + Self.comparedPiece, own.count)
      let (mine, others) = (tags(of: Array(own[piece])), other.tags(of: Array(theirs[piece])))
      for (place, sentence) in piece.enumerated() {
        let actual = (this: own[sentence].tags, other: theirs[sentence].tags)
        let found = (this: mine[place].tags, other: others[place].tags)
        let right = zip(zip(actual.other, found.other), zip(actual.this, found.this)).map {
          (first: $0.0 == $0.1, second: $1.0 == $1.1)
        }
        pairs.add(
          actual: actual.this, tags: right,
          first: PairedTags.Counts(
            tags: right.map(\.first), actual: other.spans(of: actual.other), predicted: other.spans(of: found.other)),
          second: PairedTags.Counts(
            tags: right.map(\.second), actual: spans(of: actual.this), predicted: spans(of: found.this)))
      }
      progress(piece.upperBound)
    }
    return pairs.comparison()
  }

  /// Sentences that are tagged at once.
  private static let comparedPiece = 1_024

  /// The spans of a sentence's tags; where they mark none, every token is one.
  func spans(of tags: [String]) -> [TaggingAccumulator.Span] {
    scheme.marksSpans
      ? TagSpan.spans(of: tags).map { .init(type: $0.type, tokens: $0.tokens) }
      : tags.indices.map { .init(type: tags[$0], tokens: $0..<$0 + 1) }
  }

  /// Measures what is left when characters go wrong; see `CharacterNoise`. Noise stays within the tokens: none disappears or is cut in two. Of a
  /// tagger of characters each is a token, so that no character is swapped, left out or doubled.
  ///
  /// - Parameters:
  ///   - examples: Sentences with tags.
  ///   - rates: The parts of the characters to which something happens.
  ///   - mostSentences: Number of sentences at most; of more, some that are spread evenly.
  ///   - progress: Receives the part of the work that is done.
  /// - Returns: The figures without noise, with all kinds of noise together, and with each alone.
  /// - Throws: `DataError` at the first faulty line; ``TrainingError/noExamples(path:isInMemory:)`` for examples without one;
  ///   ``ConfigurationError`` for rates that are not 0 to 1; `CancellationError` where the task that calls is cancelled.
  public func robustness(
    on examples: Examples<TaggedSentence>, rates: [Double] = [0.02, 0.05, 0.1, 0.2], mostSentences: Int = 1_000,
    progress: (_ fraction: Double) -> Void = { _ in }
  ) throws -> TaggingReport.Robustness {
    if let rate = rates.first(where: { !(0...1).contains($0) }) {
      throw ConfigurationError(setting: "noise", problem: "must be 0 to 1, not \(rate)")
    }
    let all = try examples.read().prepared(for: unit, scheme: scheme, isKnown: true)
    let step = (all.count + max(mostSentences, 1) - 1) / max(mostSentences, 1)
    let sentences = stride(from: 0, to: all.count, by: max(step, 1)).map { all[$0] }
    let characters = sentences.reduce(0) { $0 + $1.tokens.reduce(0) { $0 + $1.text.count } }
    let possible: [CharacterNoise.Kind] =
      unit == .word ? CharacterNoise.Kind.allCases : [.key, .case, .lookalike, .width]
    let kinds: [CharacterNoise.Kind?] = [nil] + possible
    var done = 0
    func measured(_ noise: CharacterNoise?) throws -> (report: TaggingReport, changed: Double) {
      try examples.checkNow()
      var changed = 0
      var stream: UInt64 = 0
      let noisy = sentences.map { sentence in
        var noisy = sentence
        for place in noisy.tokens.indices {
          stream += 1
          let text = noisy.tokens[place].text
          guard let found = noise?.noisy(text, seed: 1, stream: stream), !found.text.isEmpty, found.text != text else {
            continue
          }
          noisy.tokens[place].text = found.text
          changed += found.changed
        }
        return noisy
      }
      var accumulator = TaggingAccumulator()
      for (sentence, answer) in zip(sentences, tags(of: noisy)) {
        accumulator.add(actual: sentence.tags, predicted: answer.tags, spans: spans(of:))
      }
      done += 1
      progress(Double(done) / Double(kinds.count * rates.count + 1))
      return (accumulator.report(), Double(changed) / Double(max(characters, 1)))
    }
    let clean = try measured(nil).report
    let rows = try kinds.map { kind in
      let found = try rates.map { try measured(CharacterNoise(rate: $0, kinds: kind.map { [$0] } ?? possible)) }
      return TaggingReport.Robustness.Row(
        kind: kind?.rawValue, spanF1s: found.map(\.report.spanF1), accuracies: found.map(\.report.accuracy),
        changed: found.map(\.changed))
    }
    return TaggingReport.Robustness(
      sentences: sentences.count, spanF1: clean.spanF1, accuracy: clean.accuracy, rates: rates, rows: rows)
  }
}

extension TaggedSentence {
  /// The tags; a token without one has an empty one.
  fileprivate var tags: [String] { tokens.map { $0.tag ?? "" } }
}
