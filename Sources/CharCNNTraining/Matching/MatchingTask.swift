public import CharCNNCompute
public import CharCNNEvaluation
public import CharCNNNetworks

/// Pairs of texts and their labels or scores.
public final class MatchingTask: TrainingTask {
  public let parameters: ParameterLayout
  private let network: MatcherNetwork
  private let training: EncodedPairs
  private let pairs: [Int]
  private let validation: EncodedPairs
  private let labels: [String]

  /// - Parameters:
  ///   - network: What to train.
  ///   - training: Pairs with known labels or scores.
  ///   - pairs: Which of them to learn from.
  ///   - validation: Pairs to measure with.
  ///   - labels: The labels in the order of the outputs; empty for scores.
  public init(
    network: MatcherNetwork, training: EncodedPairs, pairs: [Int], validation: EncodedPairs, labels: [String]
  ) {
    self.network = network
    self.training = training
    self.pairs = pairs
    self.validation = validation
    self.labels = labels
    parameters = network.parameters
  }

  public var count: Int { pairs.count }

  public func length(of example: Int) -> Int { training.length(of: pairs[example]) }

  public var members: [[Int32]] {
    guard !labels.isEmpty else { return [] }
    var members = [[Int32]](repeating: [], count: labels.count)
    for (place, pair) in pairs.enumerated() { members[Int(training.labels[pair])].append(Int32(place)) }
    return members
  }

  public var fittedByValidation: [Parameter] { network.threshold.map { [$0] } ?? [] }

  public func addGradients(of examples: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    let chosen = examples.map { pairs[$0] }
    let batch = try training.batch(of: chosen, workspace: pass.workspace)
    let numbers = pass.workspace.indices(count: chosen.count)
    let targets = pass.workspace.tensor(rows: chosen.count, columns: 1)
    for (place, pair) in chosen.enumerated() { numbers.host[place] = training.labels[pair] }
    pass.device.write(chosen.map { network.configuration.fraction(of: training.scores[$0]) }, to: targets)
    let loss = network.addGradients(
      batch, labels: numbers, targets: targets, smoothing: settings.labelSmoothing, pass)
    return (loss, batch.sequences.rows)
  }

  public func validate(
    _ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void
  ) throws -> MatchingReport {
    let evaluator = MatchingEvaluator(network: network, labels: labels, device: device)
    if let threshold = network.threshold {
      let cosines = try evaluator.outputs(of: validation, store: store, workspace: workspace, check: check)
      store.write(
        [Float(MatchingThreshold.best(cosines: cosines, labels: validation.labels))], to: threshold, device: device)
    }
    return try evaluator.evaluate(validation, store: store, workspace: workspace, check: check)
  }
}

extension MatcherConfiguration {
  /// Where in the range a score lies, 0 to 1.
  package func fraction(of score: Float) -> Float {
    let range = range
    return Float(min(max((Double(score) - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1))
  }
}

/// The least cosine of texts that match.
package enum MatchingThreshold {
  /// The threshold with which most pairs are right: half-way between two neighbouring cosines, the lowest such one among
  /// equals. Labels other than 0 and 1, and cosines that are no numbers, are passed over; 0.5 where none is left.
  package static func best(cosines: [Float], labels: [Int32]) -> Double {
    let known = zip(cosines, labels).filter { ($0.1 == 0 || $0.1 == 1) && $0.0.isFinite }.sorted { $0.0 < $1.0 }
    guard let first = known.first, let last = known.last else { return 0.5 }
    // Everything matches at first; then pair after pair falls below the threshold.
    var right = known.count { $0.1 == 1 }
    var (most, threshold) = (right, max(Double(first.0) - 1e-3, -1))
    for (place, pair) in known.enumerated() {
      right += pair.1 == 0 ? 1 : -1
      let next = place + 1 < known.count ? known[place + 1].0 : nil
      if let next, next == pair.0 { continue }
      if right > most {
        most = right
        threshold = next.map { (Double($0) + Double(pair.0)) / 2 } ?? min(Double(last.0) + 1e-3, 1)
      }
    }
    return threshold
  }
}
