public import CharCNNCompute

extension TextNetwork {
  /// Class probabilities of a batch, [texts, classes]: the softmax of the scores (eq. 8 of the tutorial's model), or the logistic function of
  /// each where a text may have several labels; the scores themselves where these are the answer.
  public func probabilities(_ batch: CharacterBatch, _ pass: Pass) -> Tensor {
    let logits = mixedScores(of: batch, pass)
    if givesScores {
      pass.trace?.leavePart()
      return logits
    }
    let result = pass.workspace.tensor(rows: logits.rows, columns: logits.columns)
    if allowsSeveralLabels {
      pass.device.logistic(logits, into: result)
    } else {
      pass.device.softmax(logits, into: result)
    }
    pass.trace?.leavePart()
    pass.record(allowsSeveralLabels ? .logistic : .softmax, result, reading: [logits])
    return result
  }
}
