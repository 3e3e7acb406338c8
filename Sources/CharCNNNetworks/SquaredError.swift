package import CharCNNCompute

extension Device {
  /// The squared error of scores that should be some numbers. There are as many as texts, few beside all other work, so that the host does it.
  ///
  /// - Parameters:
  ///   - scores: [rows, 1].
  ///   - targets: What they should be, one a row.
  ///   - weights: How much each row counts; nil where all count the same.
  ///   - scale: What the gradient is multiplied with.
  ///   - dscores: Receives the gradient, [rows, 1].
  /// - Returns: The loss of all rows: half of the squares, as the gradient has it.
  package func squaredError(
    _ scores: Tensor, targets: [Float], weights: [Float]? = nil, scale: Float, into dscores: Tensor
  ) -> Double {
    let values = read(scores)
    precondition(values.count == targets.count, "a target for each score")
    var sum = 0.0
    var gradient = [Float](repeating: 0, count: values.count)
    for place in values.indices {
      let weight = weights?[place] ?? 1
      let error = values[place] - targets[place]
      sum += Double(weight) * Double(error) * Double(error) / 2
      gradient[place] = scale * weight * error
    }
    write(gradient, to: dscores)
    return sum
  }
}
