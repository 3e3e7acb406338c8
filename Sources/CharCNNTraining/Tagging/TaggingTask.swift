public import CharCNNCompute
public import CharCNNEvaluation
public import CharCNNNetworks

/// Sentences and the tags of their characters or words.
public final class TaggingTask: TrainingTask {
  public let parameters: ParameterLayout
  private let network: any TaggingNetwork
  private let training: EncodedSentences
  private let sentences: [Int]
  private let validation: EncodedSentences
  private let labels: [String]
  private let swaps: SpanSwaps?

  /// - Parameters:
  ///   - network: What to train.
  ///   - training: Sentences with known tags.
  ///   - sentences: Which of them to learn from.
  ///   - validation: Sentences to measure with.
  ///   - labels: The tags in the order of the scores.
  ///   - swaps: Replaces spans of the training sentences; nil for none.
  public init(
    network: any TaggingNetwork, training: EncodedSentences, sentences: [Int], validation: EncodedSentences,
    labels: [String], swaps: SpanSwaps? = nil
  ) {
    self.network = network
    self.training = training
    self.sentences = sentences
    self.validation = validation
    self.labels = labels
    self.swaps = swaps
    parameters = network.parameters
  }

  public var count: Int { sentences.count }

  public func length(of example: Int) -> Int { max(training.characterCount(of: sentences[example]), 1) }

  public func addGradients(of examples: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    let chosen = examples.map { sentences[$0] }
    let (batch, tags) =
      swaps.map { $0.edition(of: chosen, epoch: epoch) }?.batch(
        of: Array(chosen.indices), workspace: pass.workspace)
      ?? training.batch(of: chosen, workspace: pass.workspace)
    let loss = network.addGradients(batch, labels: tags, smoothing: settings.labelSmoothing, pass)
    return (loss, examples.reduce(0) { $0 + length(of: $1) })
  }

  public func validate(
    _ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void
  ) throws -> TaggingReport {
    var accumulator = TaggingAccumulator(known: Set(labels))
    let (loss, rows) = try TaggingEvaluator(network: network, labels: labels, device: device).add(
      validation, to: &accumulator, store: store, workspace: workspace, check: check)
    return accumulator.report(loss: rows == 0 ? 0 : loss / Double(rows))
  }
}
