import CharCNNCompute
public import CharCNNEvaluation
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextMatcher {
  /// Measures the matcher. Labels that it does not know count as wrong.
  ///
  /// - Parameters:
  ///   - examples: Pairs with labels, or with scores for a matcher that gives them.
  ///   - progress: Receives the number of pairs read.
  /// - Throws: `DataError` for faulty records, or where the matcher knows none of the labels;
  ///   ``TrainingError/noExamples(path:isInMemory:)`` for examples without a pair; `CancellationError` where the task that calls is
  ///   cancelled.
  public func evaluate(on examples: Examples<TextPair>, progress: (_ pairs: Int) -> Void) throws -> MatchingReport {
    try evaluate(on: examples, progress: progress, answered: { _, _ in }).report
  }

  /// Measures the matcher and hands on every single answer.
  ///
  /// - Parameters:
  ///   - examples: Pairs with labels, or with scores for a matcher that gives them.
  ///   - progress: Receives the number of pairs read.
  ///   - answered: Receives the answer to each pair, with the number of the pair from 0 in the order of the examples.
  /// - Returns: The report, and what a file has that was left out.
  /// - Throws: What ``evaluate(on:progress:)`` throws; what `answered` throws.
  public func evaluate(
    on examples: Examples<TextPair>, progress: (_ pairs: Int) -> Void = { _ in },
    answered: (_ pair: Int, _ match: TextMatch) throws -> Void
  ) throws -> (report: MatchingReport, reading: ReadingReport) {
    var encoded = EncodedPairs(encoder: encoder, source: examples.source)
    let known = labelSet
    let reading = try examples.forEachPair { pair, reference in
      encoded.append(
        pair, labels: known, score: known == nil ? try pair.score(of: examples) : 0, reference: reference)
      progress(encoded.count)
    }
    if encoded.count == 0 { throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory) }
    if encoded.unseen.count == encoded.count {
      throw DataError.noKnownLabel(of: examples, given: encoded.unseen.values, known: labels)
    }
    let evaluator = MatchingEvaluator(network: network, labels: labels, device: device)
    let threshold = threshold ?? 0
    let report = try workspaces.withWorkspace { workspace in
      try evaluator.evaluate(encoded, store: store, workspace: workspace, check: examples.checkNow) { pair, outputs in
        try answered(pair, answer(outputs, threshold))
      }
    }
    return (report.counting(cutTexts: encoded.cutTexts), reading)
  }

  /// Measures the matcher and hands on every single answer, on a thread of its own; see
  /// ``evaluate(on:progress:answered:)``.
  ///
  /// - Throws: What it throws there; `CancellationError` where the task was cancelled.
  public func evaluate(
    on examples: Examples<TextPair>, progress: @escaping @Sendable (_ pairs: Int) -> Void = { _ in },
    answered: @escaping @Sendable (_ pair: Int, _ match: TextMatch) throws -> Void
  ) async throws -> (report: MatchingReport, reading: ReadingReport) {
    try await readInBackground(examples) { try self.evaluate(on: $0, progress: progress, answered: answered) }
  }
}
