public import CharCNNEvaluation
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextMatcher {
  /// Measures this matcher and another one on the same pairs, and says how likely chance alone makes their difference.
  ///
  /// - Parameters:
  ///   - other: The other matcher, which may have other labels.
  ///   - examples: Pairs with labels, which are read three times.
  /// - Throws: `DataError` for faulty records, or where one knows none of the labels; ``TrainingError/noExamples(path:isInMemory:)`` for
  ///   examples without one; ``ConfigurationError`` for matchers that give scores; `CancellationError` where the task that calls is
  ///   cancelled.
  public func comparison(with other: TextMatcher, on examples: Examples<TextPair>) throws
    -> ClassificationReport.Comparison
  {
    try refuseScores("other", of: [self, other])
    var actual: [String] = []
    _ = try examples.forEachPair { pair, _ in actual.append(pair.label ?? "") }
    func answers(_ matcher: TextMatcher) throws -> [String] {
      var found = [String?](repeating: nil, count: actual.count)
      _ = try matcher.evaluate(
        on: examples, answered: { pair, match in if pair < found.count { found[pair] = match.label } })
      return found.compactMap { $0 }
    }
    let (first, second) = (try answers(other), try answers(self))
    guard first.count == actual.count, second.count == actual.count else {
      throw DataError(
        .unreadable, path: examples.name, problem: "has changed since it was opened",
        advice: "keep the file as it is while it is in use")
    }
    var pairs = PairedAnswers()
    for (place, label) in actual.enumerated() { pairs.add(actual: label, first: first[place], second: second[place]) }
    return pairs.comparison()
  }

  /// Measures how much accuracy is left when characters of both texts go wrong; see `CharacterNoise`.
  ///
  /// - Parameters:
  ///   - examples: Pairs with labels.
  ///   - rates: The parts of the characters to which something happens.
  ///   - mostPairs: Number of pairs at most; of more, some that are spread evenly.
  ///   - progress: Receives the part of the work that is done.
  /// - Returns: The accuracy without noise, with all kinds of noise together, and with each alone.
  /// - Throws: `DataError` for faulty records; ``TrainingError/noExamples(path:isInMemory:)`` for examples without one;
  ///   ``ConfigurationError`` for rates that are not 0 to 1, and for a matcher that gives scores.
  public func robustness(
    on examples: Examples<TextPair>, rates: [Double] = [0.02, 0.05, 0.1, 0.2], mostPairs: Int = 2_000,
    progress: (_ fraction: Double) -> Void = { _ in }
  ) throws -> ClassificationReport.Robustness {
    try refuseScores("noise", of: [self])
    if let rate = rates.first(where: { !(0...1).contains($0) }) {
      throw ConfigurationError(setting: "noise", problem: "must be 0 to 1, not \(rate)")
    }
    let pairs = try spread(examples, most: max(mostPairs, 1))
    if pairs.isEmpty { throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory) }
    let kinds: [CharacterNoise.Kind?] = [nil] + CharacterNoise.Kind.allCases
    let characters = pairs.reduce(0) { $0 + $1.first.count + $1.second.count }
    var done = 0
    func measured(_ noise: CharacterNoise?) -> (accuracy: Double, changed: Double) {
      var changed = 0
      func noisy(_ text: String, _ stream: Int) -> String {
        guard let found = noise?.noisy(text, seed: 1, stream: UInt64(stream)) else { return text }
        changed += found.changed
        return found.text
      }
      let given = pairs.enumerated().map { number, pair in
        (first: noisy(pair.first, 2 * number), second: noisy(pair.second, 2 * number + 1))
      }
      let right = zip(matches(for: given), pairs).count { $0.label == $1.label }
      done += 1
      progress(Double(done) / Double(kinds.count * rates.count + 1))
      return (Double(right) / Double(pairs.count), Double(changed) / Double(max(characters, 1)))
    }
    let clean = measured(nil).accuracy
    let rows = kinds.map { kind in
      let found = rates.map { rate in
        measured(CharacterNoise(rate: rate, kinds: kind.map { [$0] } ?? CharacterNoise.Kind.allCases))
      }
      return ClassificationReport.Robustness.Row(
        kind: kind?.rawValue, accuracies: found.map(\.accuracy), changed: found.map(\.changed))
    }
    return ClassificationReport.Robustness(texts: pairs.count, accuracy: clean, rates: rates, rows: rows)
  }

  private func refuseScores(_ setting: String, of matchers: [TextMatcher]) throws(ConfigurationError) {
    guard matchers.contains(where: { $0.objective == .regression }) else { return }
    throw ConfigurationError(
      setting: setting, problem: "is for matchers that give labels, of which an answer is right or wrong",
      advice: "compare the correlations of the reports")
  }

  /// Some pairs that are spread evenly.
  private func spread(_ examples: Examples<TextPair>, most: Int) throws -> [TextPair] {
    var kept: [TextPair] = []
    var (number, stride) = (0, 1)
    _ = try examples.forEachPair { pair, _ in
      if number % stride == 0 { kept.append(pair) }
      number += 1
      guard kept.count > most else { return }
      stride *= 2
      kept = kept.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
    return kept
  }
}
