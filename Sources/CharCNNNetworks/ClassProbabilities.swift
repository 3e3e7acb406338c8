public import CharCNNCompute

extension TextNetwork {
  /// Class probabilities of a batch, [texts, classes]: the softmax of the scores (eq. 8 of the tutorial's model).
  public func probabilities(_ batch: CharacterBatch, _ pass: Pass) -> Tensor {
    let logits = mixedScores(of: batch, pass)
    let result = pass.workspace.tensor(rows: logits.rows, columns: logits.columns)
    pass.device.softmax(logits, into: result)
    pass.trace?.leavePart()
    pass.record(.softmax, result)
    return result
  }
}
