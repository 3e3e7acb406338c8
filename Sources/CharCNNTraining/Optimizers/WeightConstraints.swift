package import CharCNNCompute
package import CharCNNNetworks

extension ParameterStore {
  /// Restores what parameters with a constraint promise.
  package func restoreConstraints(device: any Device) {
    for parameter in layout.trained {
      guard case .rowNorm(let limit)? = parameter.constraint else { continue }
      // A row of the file layout is a column in memory, where the outputs of a weight lie side by side.
      let vectors: MatrixVectors =
        switch parameter.layout {
        case .plain: .rows
        case .convolution, .linear: .columns
        }
      device.limitNorms(of: vectors, in: tensor(parameter), to: limit)
    }
  }
}
