import CharCNNCompute
public import CharCNNEvaluation
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextClassifier {
  /// The answer of a classifier to a labelled text.
  public struct EvaluatedText: Sendable, Hashable, Codable {
    /// The number of the text, from 1; records that are left out have numbers too.
    public let row: Int
    /// The text.
    public let text: String
    /// Its label.
    public let label: String
    /// The likeliest label, with its probability.
    public let prediction: Hypothesis

    /// An answer.
    public init(row: Int, text: String, label: String, prediction: Hypothesis) {
      self.row = row
      self.text = text
      self.label = label
      self.prediction = prediction
    }
  }

  /// Measures the classifier on labelled texts, read in pieces. Labels that it does not know count as wrong.
  ///
  /// - Parameters:
  ///   - examples: Labelled texts.
  ///   - progress: Receives the number of texts done.
  /// - Throws: `DataError` for faulty records, or where it knows none of the labels; ``TrainingError/noExamples(path:isInMemory:)``
  ///   for examples without one; `CancellationError` where the task that calls is cancelled.
  public func evaluate(on examples: Examples<LabeledText>, progress: (_ texts: Int) -> Void) throws
    -> ClassificationReport
  {
    try evaluate(on: examples, progress: progress, answered: nil).report
  }

  /// Measures the classifier and hands on every single answer.
  ///
  /// - Parameters:
  ///   - examples: Labelled texts.
  ///   - progress: Receives the number of texts done.
  ///   - answered: Receives each text with its answer, in order; nil keeps no texts.
  /// - Returns: The report, and what a file has that was left out.
  /// - Throws: `DataError` for faulty records, or where it knows none of the labels; ``TrainingError/noExamples(path:isInMemory:)``
  ///   for examples without one; what `answered` throws.
  public func evaluate(
    on examples: Examples<LabeledText>, progress: (_ examples: Int) -> Void = { _ in },
    answered: ((EvaluatedText) throws -> Void)?
  ) throws -> (report: ClassificationReport, reading: ReadingReport) {
    let evaluator = Evaluator(network: network, device: device, chunkLength: textSettings.chunkLength, cascade: cascade)
    var accumulator = ClassificationAccumulator(labels: labels)
    var piece = MemoryCorpus()
    var unseen: [Int: String] = [:]
    var originals: [(text: String, label: String, row: Int)] = []
    var (done, cutTexts, alone) = (0, 0, 0)
    func flush() throws {
      alone += try evaluator.add(
        piece, unseenLabel: { unseen[$0] }, to: &accumulator, store: store,
        answered: { text, probabilities in
          guard let answered else { return }
          let (original, label, row) = originals[text]
          try answered(
            EvaluatedText(
              row: row, text: original, label: label, prediction: best(probabilities, maximumCount: 1)[0]))
        })
      done += piece.count
      progress(done)
      piece = MemoryCorpus()
      unseen = [:]
      originals.removeAll(keepingCapacity: true)
    }
    let reading = try examples.forEachText { text, label, _, row in
      let known = labelSet.index(of: label)
      if known == nil { unseen[piece.count] = label }
      piece.append(label: known ?? -1) {
        let outcome = wholeEncoder.encode(text, into: &$0)
        if outcome.wasCut || outcome.count > lengths.shortest { cutTexts += 1 }
      }
      if answered != nil { originals.append((text, label, row)) }
      if piece.count == Self.evaluationPiece { try flush() }
    }
    if piece.count > 0 { try flush() }
    if done == 0 { throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory) }
    let report = accumulator.report()
    if report.unseenLabels.values.reduce(0, +) == done {
      throw DataError.noKnownLabel(of: examples, given: report.unseenLabels.keys, known: labels)
    }
    let counted = report.counting(cutTexts: cutTexts)
    return (cascade == nil ? counted : counted.counting(answeredByNgrams: alone), reading)
  }

  /// Measures the classifier and hands on every single answer, on a thread of its own; see
  /// ``evaluate(on:progress:answered:)``.
  ///
  /// - Throws: What it throws there; `CancellationError` where the task was cancelled.
  public func evaluate(
    on examples: Examples<LabeledText>, progress: @escaping @Sendable (_ examples: Int) -> Void = { _ in },
    answered: @escaping @Sendable (EvaluatedText) throws -> Void
  ) async throws -> (report: ClassificationReport, reading: ReadingReport) {
    try await readInBackground(examples) {
      try self.evaluate(on: $0, progress: progress, answered: answered)
    }
  }

  /// Texts that are encoded before they are predicted.
  private static let evaluationPiece = 2_048
}
