internal import CharCNNCompute

/// A network whose scores are the answer: any numbers, which nothing makes probabilities.
struct ScoringNetwork<Base: TextNetwork>: TextNetwork {
  private let base: Base

  init(_ base: Base) { self.base = base }

  var parameters: ParameterLayout { base.parameters }
  var length: Int? { base.length }
  var layers: [LayerDescription] { base.layers }
  var mixture: Parameter? { base.mixture }
  var ngramScorer: NgramScorer? { base.ngramScorer }
  var givesScores: Bool { true }

  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Base.Saved) {
    base.forward(batch, pass)
  }

  func backward(_ dscores: PartScores, _ saved: Base.Saved, _ pass: Pass) { base.backward(dscores, saved, pass) }
}

extension TextNetwork {
  /// The network with scores as its answer.
  package var withScores: any TextNetwork { ScoringNetwork(self) }
}
