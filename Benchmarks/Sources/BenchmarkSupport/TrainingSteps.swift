public import CharCNNToolkit

/// Some steps of an ordinary training run: the trainer is the library's own, with everything that it does in a step.
public struct TrainingSteps {
  /// The loss of each step.
  public let losses: [Double]
  /// Seconds that each step took.
  public let seconds: [Double]
  /// Text numbers of each step.
  public let batches: [[Int]]

  /// Trains `store` for `count` steps; fewer where `epochs` passes over the corpus have fewer.
  ///
  /// - Parameters:
  ///   - count: Number of steps.
  ///   - corpus: Labelled texts.
  ///   - network: What to train.
  ///   - store: Its parameters, changed in place.
  ///   - options: The training settings and those of the wide part.
  ///   - labels: Class names.
  ///   - device: Does the arithmetic.
  /// - Throws: What training throws.
  public init(
    _ count: Int, on corpus: any TextCorpus, network: any TextNetwork, store: ParameterStore,
    options: ClassificationOptions,
    ngrams: NgramConfiguration = .none, labels: [String], device: any Device
  ) throws {
    let recorded = RecordedCorpus(corpus)
    let shortest = (0..<corpus.count).min { corpus.length(of: $0) < corpus.length(of: $1) } ?? 0
    let trainer = Trainer(
      task: ClassificationTask(
        network: network, ngrams: ngrams,
        data: ClassificationTask.Data(
          training: recorded, validation: CorpusSubset(corpus, texts: [shortest]), labels: labels)),
      store: store, settings: options.training, device: device)
    // The trainer asks before each step whether to go on, so that the times between two questions are those of steps.
    let clock = ContinuousClock()
    var times: [ContinuousClock.Instant] = []
    _ = try trainer.run(
      epochs: 100, timeLimit: nil,
      isCancelled: {
        times.append(clock.now)
        return times.count > count
      }, progress: { _ in })
    losses = trainer.losses
    seconds = zip(times, times.dropFirst()).map { ($1 - $0).seconds }
    batches = recorded.batches
  }
}

extension Duration {
  /// In seconds.
  public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
