internal import CharCNNCompute

/// A network whose texts may have several labels, or none: each score becomes a probability by itself, with the logistic function in the
/// place of softmax (Nam 2014, "Large-scale Multi-label Text Classification: Revisiting Neural Networks").
struct SeveralLabelsNetwork<Base: TextNetwork>: TextNetwork {
  private let base: Base

  init(_ base: Base) { self.base = base }

  var parameters: ParameterLayout { base.parameters }
  var length: Int? { base.length }
  var layers: [LayerDescription] { base.layers }
  var mixture: Parameter? { base.mixture }
  var ngramScorer: NgramScorer? { base.ngramScorer }
  var allowsSeveralLabels: Bool { true }

  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Base.Saved) {
    base.forward(batch, pass)
  }

  func backward(_ dscores: PartScores, _ saved: Base.Saved, _ pass: Pass) { base.backward(dscores, saved, pass) }
}

extension TextNetwork {
  /// The network with labels of which a text may have several.
  package var withSeveralLabels: any TextNetwork { SeveralLabelsNetwork(self) }
}
