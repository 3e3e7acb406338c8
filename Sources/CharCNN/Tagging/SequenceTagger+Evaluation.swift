import CharCNNCompute
public import CharCNNEvaluation
import CharCNNTraining

extension SequenceTagger {
  /// Measures the tagger. Tags that it does not know count as wrong.
  ///
  /// - Parameters:
  ///   - examples: Sentences with tags; words are cut into characters for a tagger of those.
  ///   - progress: Receives the number of sentences done.
  /// - Throws: `DataError` at the first faulty line; ``TrainingError/noExamples(path:isInMemory:)`` for examples without one;
  ///   `CancellationError` where the task that calls is cancelled.
  public func evaluate(on examples: Examples<TaggedSentence>, progress: (_ sentences: Int) -> Void) throws
    -> TaggingReport
  {
    let all = try examples.read().prepared(for: unit, scheme: scheme, isKnown: true)
    var accumulator = TaggingAccumulator(known: Set(labels))
    let evaluator = TaggingEvaluator(network: network, labels: labels, device: device)
    var loss = 0.0
    var rows = 0
    try workspaces.withWorkspace { workspace in
      for first in stride(from: 0, to: all.count, by: Self.evaluationPiece) {
        try examples.checkNow()
        let piece = Array(all[first..<min(first + Self.evaluationPiece, all.count)])
        let encoded = PreparedSentences.encode(piece, unit: unit, labels: labelSet, encoder: encoder)
        // Sentences with tags that the model does not know have no loss and count no rows.
        let own = try evaluator.add(
          encoded, to: &accumulator, store: store, workspace: workspace, check: examples.checkNow)
        loss += own.loss
        rows += own.rows
        progress(first + piece.count)
      }
    }
    return accumulator.report(loss: rows == 0 ? nil : loss / Double(rows))
  }

  /// Sentences that are encoded before they are predicted.
  private static let evaluationPiece = 1_024
}
