package import CharCNNCompute

extension MatcherNetwork {
  /// What the objective makes of pairs along an input path, and its gradient; see ``TextNetwork/follow(_:_:_:gradient:)``. Both texts of
  /// a pair have the same fraction.
  package func follow(
    _ path: InputPath, _ batch: CharacterBatch, _ pass: Pass, gradient: ((_ outputs: [Float]) -> [Float])?
  ) -> [Float] {
    var pass = pass
    pass.path = path
    let (outputs, saved) = forward(batch, pass)
    let values = pass.device.read(outputs)
    if let gradient {
      let doutputs = pass.tensor(rows: outputs.rows, columns: outputs.columns)
      pass.device.write(gradient(values), to: doutputs)
      backward(doutputs, saved, pass)
    }
    return values
  }
}

extension TaggingNetwork {
  /// The scores of the tags along an input path, and their gradient; see ``TextNetwork/follow(_:_:_:gradient:)``. Where words are tagged,
  /// each word is a sequence with a fraction of its own.
  ///
  /// - Parameter gradient: Of the scores makes the gradient of what is asked for.
  package func follow(
    _ path: InputPath, _ batch: TaggingBatch, _ pass: Pass,
    gradient: (_ emissions: Tensor, _ chain: TagChain) -> [Float]
  ) {
    var pass = pass
    pass.path = path
    let (emissions, saved) = emissions(batch, pass)
    let demissions = pass.tensor(rows: emissions.rows, columns: emissions.columns)
    pass.device.write(gradient(emissions, chain(pass)), to: demissions)
    backward(demissions, saved, pass)
  }
}
