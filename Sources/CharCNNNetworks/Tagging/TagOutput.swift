package import CharCNNCompute

/// What turns the scores of each row's tags into probabilities of sequences of tags.
public enum TagOutputKind: String, SettingValue, CaseIterable {
  /// A linear-chain conditional random field: neighbouring tags know each other.
  case crf
  /// Each row for itself.
  case softmax
}

/// The last layer of a tagger. Softmax is a chain whose transitions are zero and not trained, so both share the
/// operations of prediction.
package struct TagOutput: Sendable {
  package let kind: TagOutputKind
  let crf: LinearChainCRF?
  let tags: Int

  package init(_ kind: TagOutputKind, tags: Int, builder: inout ParameterBuilder) {
    self.kind = kind
    self.tags = tags
    crf = kind == .crf ? builder.scope("crf", part: .head) { LinearChainCRF(tags: tags, builder: &$0) } : nil
  }

  /// The chain to predict with.
  package func chain(_ pass: Pass) -> TagChain {
    if let crf { return crf.chain(pass) }
    let zeros = pass.tensor(rows: tags + 2, columns: tags)
    pass.device.fill(zeros, with: 0)
    return TagChain(
      transitions: zeros.rows(0..<tags), start: zeros.rows(tags..<tags + 1), end: zeros.rows(tags + 1..<tags + 2))
  }

  /// Adds the gradients of the mean negative log-likelihood of a row. Returns that mean and the gradient of the emissions.
  package func addGradients(
    _ emissions: Tensor, _ sentences: PackedSequences, labels: IndexTensor, smoothing: Float, _ pass: Pass
  ) -> (loss: Double, demissions: Tensor) {
    let scale = 1 / Float(max(emissions.rows, 1))
    if let crf {
      let (loss, demissions) = crf.addGradients(emissions, sentences, labels: labels, scale: scale, pass)
      return (loss * Double(scale), demissions)
    }
    let losses = pass.tensor(rows: emissions.rows, columns: 1)
    let demissions = pass.tensor(rows: emissions.rows, columns: emissions.columns)
    pass.device.crossEntropy(
      emissions, labels: labels, smoothing: smoothing, scale: scale, losses: losses, into: demissions)
    return (pass.device.sum(losses) * Double(scale), demissions)
  }
}
