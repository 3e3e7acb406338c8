public import CharCNNCompute
public import CharCNNEvaluation
public import CharCNNNetworks

/// Characters of running text, predicted from those before them or around them.
public final class LanguageTask: TrainingTask {
  public let parameters: ParameterLayout
  private let network: LanguageNetwork
  private let evaluator: LanguageEvaluator
  private let settings: LanguageSettings
  private let stream: CharacterStream
  private let windows: TextWindows
  private let validation: (stream: CharacterStream, segments: [TextSegment])
  /// Memory of the scores, which are computed piece by piece.
  private let scratch = Workspace()

  /// - Parameters:
  ///   - network: What to train.
  ///   - ngrams: What stands beside it; nil for nothing.
  ///   - objective: What to predict.
  ///   - settings: How the text is cut.
  ///   - stream: The texts to learn from.
  ///   - training: Which parts of them.
  ///   - validation: Texts to validate with, and which parts of them.
  ///   - seed: Of where windows begin.
  public init(
    network: LanguageNetwork, ngrams: CharacterNgrams? = nil, objective: LanguageObjective,
    settings: LanguageSettings, stream: CharacterStream, training: [TextSegment],
    validation: (stream: CharacterStream, segments: [TextSegment]), seed: UInt64
  ) {
    self.network = network
    self.settings = settings
    self.stream = stream
    self.validation = validation
    evaluator = LanguageEvaluator(network: network, ngrams: ngrams, objective: objective, settings: settings)
    windows = TextWindows(training, size: settings.window, seed: seed)
    parameters = network.parameters
  }

  public var fittedByValidation: [Parameter] { network.mixture.map { [$0] } ?? [] }

  public var count: Int { windows.count }

  public func length(of example: Int) -> Int { settings.window }

  public func addGradients(of examples: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    let spans = pass.workspace.records(of: LanguageEvaluator.Span.self, count: examples.count)
    for (place, number) in examples.enumerated() {
      let (segment, range) = windows.window(number, epoch: epoch)
      spans[place] = LanguageEvaluator.Span(segment, predicted: range, read: range)
    }
    let key = pass.randomness?.key(.masking) ?? 0
    let examples = try evaluator.examples(stream, spans, maskKey: key, workspace: pass.workspace)
    guard examples.targets.count > 0 else { return (0, examples.batch.sequences.rows) }
    let loss = network.addGradients(
      examples.batch, rows: examples.rows, targets: examples.targets, pass, scratch: scratch)
    return (loss, examples.batch.sequences.rows)
  }

  public func validate(
    _ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void
  ) throws -> LanguageReport {
    try check()
    try evaluator.fitMixture(
      validation.stream, validation.segments, store: store, device: device, workspace: workspace, scratch: scratch)
    return try evaluator.report(
      validation.stream, validation.segments, store: store, device: device, workspace: workspace, scratch: scratch,
      progress: { _ in try check() })
  }
}
