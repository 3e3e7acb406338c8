public import CharCNNCompute
public import CharCNNEvaluation
internal import CharCNNFiles
public import CharCNNNetworks

/// Measures a matcher on encoded pairs.
public struct MatchingEvaluator {
  private let network: MatcherNetwork
  private let labels: [String]
  private let device: any Device

  /// An evaluator of matchers with these labels; none for scores.
  public init(network: MatcherNetwork, labels: [String], device: any Device) {
    self.network = network
    self.labels = labels
    self.device = device
  }

  /// What the network says of each pair: probabilities of the labels, a cosine, or a score in the range of scores; as many
  /// numbers a pair as there are.
  ///
  /// - Throws: `DataError` when a pair that is not in memory cannot be read again; what `check`, called for each batch, throws.
  public func outputs(
    of pairs: EncodedPairs, store: ParameterStore, workspace: Workspace, check: () throws -> Void = {}
  ) throws -> [Float] {
    try network.outputs(
      lengths: (0..<pairs.count).map { pairs.length(of: $0) }, store: store, device: device, workspace: workspace
    ) {
      try check()
      return try pairs.batch(of: $0, workspace: workspace)
    }
  }

  /// Predicts all pairs and gathers the figures. Labels that the model does not know count as wrong.
  ///
  /// - Parameters:
  ///   - pairs: Pairs with their labels or scores.
  ///   - store: The parameters.
  ///   - workspace: Memory for the batches.
  ///   - check: Called for each batch; what it throws ends the evaluation.
  ///   - predicted: Receives, for each pair, its number and its outputs.
  /// - Throws: `DataError` when a pair that is not in memory cannot be read again; what `predicted` throws.
  public func evaluate(
    _ pairs: EncodedPairs, store: ParameterStore, workspace: Workspace, check: () throws -> Void = {},
    predicted: (_ pair: Int, _ outputs: ArraySlice<Float>) throws -> Void = { _, _ in }
  ) throws -> MatchingReport {
    let outputs = try outputs(of: pairs, store: store, workspace: workspace, check: check)
    let width = outputs.count / max(pairs.count, 1)
    for pair in 0..<pairs.count { try predicted(pair, outputs[pair * width..<(pair + 1) * width]) }
    return try report(of: outputs, pairs, store: store)
  }

  private func report(of outputs: [Float], _ pairs: EncodedPairs, store: ParameterStore) throws(EvaluationError)
    -> MatchingReport
  {
    let configuration = network.configuration
    var loss = 0.0
    var counted = 0
    if configuration.objective == .regression {
      for (output, score) in zip(outputs, pairs.scores) {
        let error = Double(configuration.fraction(of: output) - configuration.fraction(of: score))
        loss += error * error
      }
      return try MatchingReport(
        predicted: outputs.map(Double.init), actual: pairs.scores.map(Double.init),
        loss: outputs.isEmpty ? nil : loss / Double(outputs.count))
    }
    var matrix = ConfusionMatrix(labels: labels)
    let threshold = network.threshold.map { device.read(store.tensor($0))[0] } ?? 0
    for pair in 0..<pairs.count {
      let label = pairs.labels[pair]
      let predicted: Int
      if configuration.objective == .contrastive {
        let distance = 1 - outputs[pair]
        predicted = outputs[pair] >= threshold ? 1 : 0
        let excess = label == 1 ? distance : max(0, configuration.margin - distance)
        if label >= 0 { loss += Double(excess * excess / 2) }
      } else {
        let row = outputs[pair * labels.count..<(pair + 1) * labels.count]
        predicted = (row.indices.max { row[$0] < row[$1] } ?? row.startIndex) - row.startIndex
        if label >= 0 { loss -= log(Double(max(row[row.startIndex + Int(label)], .leastNormalMagnitude))) }
      }
      if label >= 0 {
        counted += 1
        try matrix.add(actual: Int(label), predicted: predicted)
      } else {
        try matrix.add(unseen: pairs.unseen[pair] ?? "", predicted: predicted)
      }
    }
    return MatchingReport(matrix, loss: counted == 0 ? nil : loss / Double(counted))
  }
}
