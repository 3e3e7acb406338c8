package import CharCNNCompute

extension Device {
  /// How far vectors are from those of a teacher: for each row 1 - cosine, and half of the squared distance.
  ///
  /// The gradient is that of their mean over the rows. A vector of zeros has the cosine 0, and no gradient of it.
  ///
  /// - Parameters:
  ///   - y: The vectors, [rows, dimension].
  ///   - target: Those of the teacher.
  ///   - dy: Receives the gradient.
  ///   - workspace: Memory of the step.
  /// - Returns: The mean over the rows.
  package func vectorLoss(_ y: Tensor, target: Tensor, into dy: Tensor, workspace: Workspace) -> Double {
    let count = max(y.rows, 1)
    let cosines = workspace.tensor(rows: y.rows, columns: 1)
    self.cosines(y, target, into: cosines)
    let dcosines = workspace.tensor(rows: y.rows, columns: 1)
    fill(dcosines, with: -1 / Float(count))
    let dtarget = workspace.tensor(rows: y.rows, columns: y.columns)
    cosinesGradient(y, target, dy: dcosines, into: dy, dtarget)
    let distance = workspace.tensor(rows: y.rows, columns: y.columns)
    copy(y, into: distance)
    blend(target, alpha: -1, beta: 1, into: distance)
    blend(distance, alpha: 1 / Float(count), beta: 1, into: dy)
    return (Double(y.rows) - sum(cosines) + sumOfSquares(distance) / 2) / Double(count)
  }
}
