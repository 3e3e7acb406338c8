public import CharCNNCompute
public import CharCNNEvaluation
public import CharCNNNetworks
internal import CharCNNText

/// Measures a tagger on encoded sentences.
public struct TaggingEvaluator {
  /// Rows of a batch in prediction.
  public static let batchRows = 4_096
  private let network: any TaggingNetwork
  private let labels: [String]
  private let constraints: TagConstraints
  private let marksSpans: Bool
  private let device: any Device

  /// An evaluator of taggers with these tags.
  public init(network: any TaggingNetwork, labels: [String], device: any Device) {
    self.network = network
    self.labels = labels
    self.device = device
    let scheme = TagScheme(recognizing: labels)
    marksSpans = scheme.marksSpans
    constraints = TagConstraints(labels: labels, scheme: scheme)
  }

  /// Predicts the sentences and counts what is right. Tags that the model does not know count as wrong; sentences with one
  /// have no loss.
  ///
  /// - Returns: The negative log-likelihood of all sentences that have one, and the number of their rows.
  @discardableResult
  public func add(
    _ sentences: EncodedSentences, to accumulator: inout TaggingAccumulator, store: ParameterStore,
    workspace: Workspace, check: () throws -> Void = {}
  ) rethrows -> (loss: Double, rows: Int) {
    let lengths = (0..<sentences.count).map { sentences.rows(of: $0).count }
    let plan = BatchPlan(lengths: lengths, budget: Self.batchRows)
    var loss = 0.0
    var counted = 0
    for number in 0..<plan.count {
      try check()
      workspace.reset()
      let (batch, tags) = sentences.batch(of: plan[number], workspace: workspace)
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      let emissions = network.scores(of: batch, pass)
      let chain = network.chain(pass)
      let allowed = constraints.applied(to: chain, device: device, workspace: workspace)
      let best = device.bestChains(emissions, batch.sentences, chain: allowed, count: 1, workspace: workspace)
      let marginals = workspace.tensor(rows: emissions.rows, columns: emissions.columns)
      let partitions = device.chainMarginals(
        emissions, batch.sentences, chain: chain, into: marginals, workspace: workspace)
      let scores = HostChain(emissions: emissions, chain: chain, device: device)
      for (place, sentence) in plan[number].enumerated() {
        let rows = sentences.rows(of: sentence)
        accumulator.add(
          actual: rows.map { sentences.tag(of: $0, labels: labels) },
          predicted: best[place][0].tags.map { labels[Int($0)] }, spans: spans)
        let inBatch = batch.sentences.rows(of: place)
        if !rows.isEmpty, let score = scores.score(tags.host[inBatch], from: inBatch.lowerBound) {
          loss += partitions[place] - score
          counted += rows.count
        }
      }
    }
    return (loss, counted)
  }

  /// The spans of a sentence's tags; where they mark none, every token is one.
  private func spans(_ tags: [String]) -> [TaggingAccumulator.Span] {
    marksSpans
      ? TagSpan.spans(of: tags).map { .init(type: $0.type, tokens: $0.tokens) }
      : tags.indices.map { .init(type: tags[$0], tokens: $0..<$0 + 1) }
  }
}

/// Scores of sequences of tags from numbers on the host.
private struct HostChain {
  let tags: Int
  let emissions: [Float]
  let transitions: [Float]
  let start: [Float]
  let end: [Float]

  init(emissions: Tensor, chain: TagChain, device: any Device) {
    tags = chain.tags
    self.emissions = device.read(emissions)
    transitions = device.read(chain.transitions)
    start = device.read(chain.start)
    end = device.read(chain.end)
  }

  /// Nil for a sentence with an unknown tag.
  func score(_ labels: Slice<UnsafeMutableBufferPointer<Int32>>, from row: Int) -> Double? {
    var score = 0.0
    var before: Int?
    for (place, label) in labels.enumerated() {
      guard label >= 0 else { return nil }
      let tag = Int(label)
      score += Double(emissions[(row + place) * tags + tag])
      score += Double(before.map { transitions[$0 * tags + tag] } ?? start[tag])
      before = tag
    }
    return score + Double(before.map { end[$0] } ?? 0)
  }
}
