package import CharCNNCompute
internal import CharCNNFiles

extension Device {
  /// Cross entropy of classes of which several may be right in part. There are as many numbers as texts times classes, few beside all other
  /// work, so that the host computes them.
  ///
  /// - Parameters:
  ///   - scores: [rows, classes], before softmax.
  ///   - targets: [rows, classes]: the share of each class, which sum to 1 in a row.
  ///   - weights: How much each row counts.
  ///   - scale: What the gradient is multiplied with.
  ///   - dscores: Receives the gradient, [rows, classes].
  /// - Returns: The loss of all rows.
  package func softCrossEntropy(
    _ scores: Tensor, targets: [Float], weights: [Float], scale: Float, into dscores: Tensor
  ) -> Double {
    let values = read(scores)
    let classes = scores.columns
    precondition(values.count == targets.count && weights.count == scores.rows, "a target for each score")
    var sum = 0.0
    var gradient = [Float](repeating: 0, count: values.count)
    for row in 0..<scores.rows {
      let places = row * classes..<(row + 1) * classes
      let top = Double(values[places].max() ?? 0)
      let total = places.reduce(0.0) { $0 + exp(Double(values[$1]) - top) }
      let logarithm = log(total) + top
      let weight = Double(weights[row])
      for place in places {
        let score = Double(values[place])
        sum += weight * Double(targets[place]) * (logarithm - score)
        gradient[place] = scale * Float(weight * (exp(score - logarithm) - Double(targets[place])))
      }
    }
    write(gradient, to: dscores)
    return sum
  }
}
