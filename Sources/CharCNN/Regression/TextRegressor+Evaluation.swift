public import CharCNNEvaluation
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextRegressor {
  /// The answer to a text with a score.
  public struct EvaluatedText: Sendable, Hashable, Codable {
    /// The number of the text, from 1; records that are left out have numbers too.
    public let row: Int
    /// The text.
    public let text: String
    /// Its score.
    public let score: Double
    /// What the model says.
    public let prediction: Prediction

    /// An answer.
    public init(row: Int, text: String, score: Double, prediction: Prediction) {
      self.row = row
      self.text = text
      self.score = score
      self.prediction = prediction
    }
  }

  /// Measures the model on texts with scores, read in pieces; a text is a high one above the middle of ``range``.
  ///
  /// - Parameters:
  ///   - examples: Texts with scores.
  ///   - progress: Receives the number of texts done.
  /// - Throws: `DataError` for faulty records; ``TrainingError/noExamples(path:isInMemory:)`` for examples without one; `CancellationError`
  ///   where the task that calls is cancelled.
  public func evaluate(on examples: Examples<LabeledText>, progress: (_ texts: Int) -> Void) throws -> ScoreReport {
    try evaluate(on: examples, cut: nil, progress: progress, answered: nil).report
  }

  /// Measures the model and hands on every single answer.
  ///
  /// - Parameters:
  ///   - examples: Texts with scores.
  ///   - cut: The score above which a text is a high one, for the area under ROC; nil for the middle of ``range``.
  ///   - progress: Receives the number of texts done.
  ///   - answered: Receives each text with its answer, in order; nil keeps no texts.
  /// - Returns: The report, and what a file has that was left out.
  /// - Throws: What ``evaluate(on:progress:)`` throws; ``ConfigurationError`` for a cut that is no number; what `answered` throws.
  public func evaluate(
    on examples: Examples<LabeledText>, cut: Double?, progress: (_ texts: Int) -> Void = { _ in },
    answered: ((EvaluatedText) throws -> Void)? = nil
  ) throws -> (report: ScoreReport, reading: ReadingReport) {
    if let cut, !cut.isFinite { throw ConfigurationError(setting: "cut", problem: "must be a number, not \(cut)") }
    var accumulator = ScoreAccumulator(scale)
    var piece = MemoryCorpus()
    var originals: [(text: String, row: Int, score: Double)] = []
    var cutTexts = 0
    func flush() throws {
      for (said, original) in zip(outputs(of: piece), originals) {
        let answer = accumulator.add(said[...], score: original.score)
        guard let answered else { continue }
        try answered(
          EvaluatedText(
            row: original.row, text: original.text, score: original.score, prediction: prediction(answer)))
      }
      progress(accumulator.count)
      piece = MemoryCorpus()
      originals.removeAll(keepingCapacity: true)
    }
    let reading = try examples.forEachText { example, _, row in
      let score = try example.score(of: examples, row: row)
      piece.append(label: 0) {
        let outcome = wholeEncoder.encode(example.text, into: &$0)
        if outcome.wasCut || outcome.count > lengths.shortest { cutTexts += 1 }
      }
      originals.append((answered == nil ? "" : example.text, row, score))
      if piece.count == Self.evaluationPiece { try flush() }
    }
    if piece.count > 0 { try flush() }
    if accumulator.count == 0 {
      throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory)
    }
    return (try accumulator.report(cut: cut).counting(cutTexts: cutTexts), reading)
  }

  /// Texts that are encoded before they are predicted.
  private static let evaluationPiece = 2_048
}
