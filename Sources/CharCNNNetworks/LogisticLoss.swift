package import CharCNNCompute
internal import CharCNNFiles

/// Labels of which each is right or wrong by itself.
package enum LogisticLoss {
  /// How likely a label of this score is: 1 / (1 + exp(-score)).
  package static func probability(_ score: Double) -> Double {
    // The form whose exponential does not overflow.
    if score >= 0 { return 1 / (1 + exp(-score)) }
    let ratio = exp(score)
    return ratio / (1 + ratio)
  }

  /// The cross entropy of a label in nats, by its score: the negative logarithm of the probability of what is right.
  ///
  /// - Parameter target: How far the label is right, 0 to 1.
  package static func loss(score: Double, target: Double) -> Double {
    max(score, 0) - score * target + log(1 + exp(-abs(score)))
  }
}

extension Device {
  /// The logistic function of each element. There are as many as texts times labels, few beside all other work, so that the host does it.
  package func logistic(_ x: Tensor, into y: Tensor) {
    write(read(x).map { Float(LogisticLoss.probability(Double($0))) }, to: y)
  }

  /// Cross entropy of labels of which each is right or wrong by itself: the sum over the labels of a row.
  ///
  /// - Parameters:
  ///   - scores: [rows, labels], before the logistic function.
  ///   - targets: [rows, labels]: how far each label is right, 0 to 1.
  ///   - weights: How much each row counts; nil where all count the same.
  ///   - scale: What the gradient is multiplied with.
  ///   - dscores: Receives the gradient, [rows, labels].
  /// - Returns: The loss of all rows.
  package func logisticLoss(
    _ scores: Tensor, targets: [Float], weights: [Float]? = nil, scale: Float, into dscores: Tensor
  ) -> Double {
    let values = read(scores)
    precondition(values.count == targets.count, "a target for each score")
    var sum = 0.0
    var gradient = [Float](repeating: 0, count: values.count)
    for place in values.indices {
      let (score, target) = (Double(values[place]), Double(targets[place]))
      let weight = weights?[place / scores.columns] ?? 1
      sum += Double(weight) * LogisticLoss.loss(score: score, target: target)
      gradient[place] = scale * weight * Float(LogisticLoss.probability(score) - target)
    }
    write(gradient, to: dscores)
    return sum
  }
}
