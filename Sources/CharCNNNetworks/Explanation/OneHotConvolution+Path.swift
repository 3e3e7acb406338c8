internal import CharCNNCompute

extension OneHotConvolution {
  /// The output for characters at a fraction of their strength: what their columns bring, times the fraction, and the bias.
  func output(
    of batch: CharacterBatch, along path: InputPath, units: IndexTensor, _ output: PackedSequences, _ pass: Pass
  )
    -> Tensor
  {
    path.read(batch)
    let sums = pass.tensor(rows: output.rows, columns: outputs)
    pass.device.gatherConvolve(pass.value(weight), units: units, taps: geometry.width, bias: nil, into: sums)
    let biases = pass.workspace.indices(count: output.rows)
    biases.host.update(repeating: 0)
    let y = pass.tensor(rows: output.rows, columns: outputs)
    pass.device.gatherRows(pass.value(bias), rows: biases, into: y)
    path.add(sums, to: y, output, pass)
    return y
  }

  /// Gives each character the product of its column, at every tap that reads it, with the gradient of the output.
  func takeGradient(_ dy: Tensor, _ saved: Saved, _ path: InputPath, _ pass: Pass) {
    let (weights, gradients) = (pass.device.read(pass.value(weight)), pass.device.read(dy))
    let alphabet = weights.count / (outputs * geometry.width)
    for entry in 0..<saved.units.count where saved.units.host[entry] >= 0 {
      let (window, tap) = (entry / geometry.width, entry % geometry.width)
      let column = (tap * alphabet + Int(saved.units.host[entry])) * outputs
      let product = InputPath.dot(
        weights[column..<column + outputs], gradients[window * outputs..<(window + 1) * outputs])
      path.add(product, toRow: Int(saved.rows.host[entry]))
    }
  }
}
