package import CharCNNCompute

/// Linear-chain conditional random field on the scores of each row's tags (Lafferty, McCallum, Pereira 2001, "Conditional
/// Random Fields"; on a network: Collobert 2011, "Natural Language Processing (Almost) from Scratch"). Parameters are
/// named as in the package pytorch-crf.
package struct LinearChainCRF: Sendable {
  let transitions: Parameter
  let start: Parameter
  let end: Parameter

  /// Starts near zero: all sequences of tags are alike but for their emissions.
  package init(tags: Int, builder: inout ParameterBuilder) {
    let initialization = Parameter.Initialization.uniform(0.1)
    transitions = builder.add("transitions", shape: [tags, tags], initialization: initialization, decays: false)
    start = builder.add("start_transitions", shape: [tags], initialization: initialization, decays: false)
    end = builder.add("end_transitions", shape: [tags], initialization: initialization, decays: false)
  }

  /// The parameters' values.
  package func chain(_ pass: Pass) -> TagChain {
    TagChain(transitions: pass.value(transitions), start: pass.value(start), end: pass.value(end))
  }

  /// Adds `scale` times the gradient of the negative log-likelihood of the sentences' tags to the parameters' gradients.
  /// Returns the sum of the losses and the gradient of the emissions.
  package func addGradients(
    _ emissions: Tensor, _ sentences: PackedSequences, labels: IndexTensor, scale: Float, _ pass: Pass
  ) -> (loss: Double, demissions: Tensor) {
    let losses = pass.tensor(rows: sentences.count, columns: 1)
    let demissions = pass.tensor(rows: emissions.rows, columns: emissions.columns)
    let gradients = TagChain(
      transitions: pass.gradient(transitions), start: pass.gradient(start), end: pass.gradient(end))
    pass.device.chainGradient(
      emissions, sentences, chain: chain(pass), labels: labels, scale: scale, losses: losses, into: demissions,
      addTo: gradients, workspace: pass.workspace)
    return (pass.device.sum(losses), demissions)
  }
}
