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
    /// Where a text may have several labels: all of this one; ``label`` is the first of them, or empty. Nil otherwise.
    public let labels: [String]?
    /// Where a text may have several labels: those that it was given, the likeliest first; nil otherwise.
    public let assigned: [Hypothesis]?
    /// Whether the model says that it does not know; nil for one that answers everything.
    public let isUnknown: Bool?

    /// An answer.
    public init(
      row: Int, text: String, label: String, prediction: Hypothesis, labels: [String]? = nil,
      assigned: [Hypothesis]? = nil, isUnknown: Bool? = nil
    ) {
      self.isUnknown = isUnknown
      self.labels = labels
      self.assigned = assigned
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
    try evaluate(on: examples, outside: nil, progress: progress, answered: answered)
  }

  /// Measures the classifier with texts of no class beside labelled ones, which a classifier should not answer.
  ///
  /// - Parameters:
  ///   - examples: Labelled texts.
  ///   - outside: Texts of no class; their labels do not matter. Nil where there are none.
  ///   - progress: Receives the number of labelled texts done.
  ///   - answered: Receives each labelled text with its answer, in order; nil keeps no texts.
  /// - Returns: The report, and what the file of labelled texts has that was left out.
  /// - Throws: As there; ``ConfigurationError`` for texts of no class where a text may have several labels or none.
  public func evaluate(
    on examples: Examples<LabeledText>, outside: Examples<LabeledText>?, progress: (_ examples: Int) -> Void = { _ in },
    answered: ((EvaluatedText) throws -> Void)?
  ) throws -> (report: ClassificationReport, reading: ReadingReport) {
    if outside != nil, several != nil {
      throw ConfigurationError(
        setting: "outside", problem: "is for texts of one label each, and these may have several or none",
        advice: "give them as texts without a label")
    }
    var measure = SelectiveMeasure(self)
    var evaluator = Evaluator(network: network, device: device, chunkLength: textSettings.chunkLength, cascade: cascade)
    evaluator.temperature = temperature
    var accumulator =
      several.map { ClassificationAccumulator(labels: labels, thresholds: $0.thresholds) }
      ?? ClassificationAccumulator(labels: labels)
    var sets = several.map { _ in LabelSets() }
    var hasKnownLabel = false
    var piece = MemoryCorpus()
    var unseen: [Int: String] = [:]
    var originals: [(text: LabeledText, row: Int)] = []
    var (done, cutTexts, alone) = (0, 0, 0)
    func flush() throws {
      evaluator.sets = sets
      alone += try evaluator.add(
        piece, unseenLabel: { unseen[$0] }, to: &accumulator, store: store,
        answered: { text, probabilities in
          let (original, row) = originals[text]
          let isUnknown = measure.add(probabilities, label: piece.label(of: text), text: original, row: row)
          guard let answered else { return }
          try answered(
            EvaluatedText(
              row: row, text: original.text, label: original.label ?? "",
              prediction: best(probabilities, maximumCount: 1)[0], labels: several.flatMap { _ in original.labels },
              assigned: several.map { assigned(probabilities, $0) }, isUnknown: isUnknown))
        })
      done += piece.count
      progress(done)
      piece = MemoryCorpus()
      sets = several.map { _ in LabelSets() }
      unseen = [:]
      originals.removeAll(keepingCapacity: true)
    }
    let reading = try examples.forEachText(allowsNone: several != nil) { example, _, row in
      let number: Int32?
      if sets != nil {
        number = sets?.number(of: example.labels ?? [], in: labelSet)
      } else {
        number = example.label.flatMap { labelSet.index(of: $0) }
        if number == nil { unseen[piece.count] = example.label }
      }
      hasKnownLabel = hasKnownLabel || example.labels?.contains { labelSet.index(of: $0) != nil } == true
      piece.append(label: number ?? -1) {
        let outcome = wholeEncoder.encode(example.text, into: &$0)
        if outcome.wasCut || outcome.count > lengths.shortest { cutTexts += 1 }
      }
      originals.append((example, row))
      if piece.count == Self.evaluationPiece { try flush() }
    }
    if piece.count > 0 { try flush() }
    if done == 0 { throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory) }
    let report = accumulator.report()
    if !hasKnownLabel, !report.unseenLabels.isEmpty {
      throw DataError.noKnownLabel(of: examples, given: report.unseenLabels.keys, known: labels)
    }
    if let outside { try measure.add(outside) }
    let counted = measure.adding(to: report.counting(cutTexts: cutTexts), accumulator.matrix)
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
