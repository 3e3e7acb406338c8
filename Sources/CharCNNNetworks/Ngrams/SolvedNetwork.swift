internal import CharCNNCompute

/// A network with a linear model of n-grams beside it, whose weights were found before the network learns (Cheng 2016, "Wide & Deep
/// Learning", for the two sides). Each has learned alone; their scores are added with two weights that are fitted to the
/// validation texts ("stacking", Wolpert 1992, "Stacked generalization").
struct SolvedNetwork<Deep: TextNetwork>: TextNetwork {
  let parameters: ParameterLayout
  let mixture: Parameter?
  private let deep: Deep
  private let scorer: NgramScorer

  var ngramScorer: NgramScorer? { scorer }

  var length: Int? { deep.length }

  init(_ scorer: NgramScorer, deep: Deep) {
    self.deep = deep
    self.scorer = scorer
    var builder = ParameterBuilder(continuing: deep.parameters)
    mixture = builder.scope("ngrams", part: .table) {
      $0.addState("mixture", shape: [2], initialization: .ones, range: 0...PartWeights.largest)
    }
    parameters = builder.layout
  }

  /// The scores of the network and, where nothing learns from them, those of the n-grams: the training texts tell nothing
  /// about a part that has learned them by heart. What n-grams owe to the input is known without a backward pass.
  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Deep.Saved) {
    let (deepScores, saved) = deep.forward(batch, pass)
    if pass.gradients != nil || pass.path != nil { return (deepScores, saved) }
    let scores = deepScores.only
    let both = PartScores(pass.tensor(rows: 2 * scores.rows, columns: scores.columns), parts: 2)
    pass.device.copy(scores, into: both[0])
    pass.recordCopy(of: scores, at: both[0])
    if pass.trace?.keeps("ngrams") == false {
      // Somebody wants what a layer computes, and no scores.
      pass.device.fill(both[1], with: 0)
    } else {
      scorer.write(scoresOf: batch, into: both[1], pass)
    }
    pass.trace?.leavePart()
    return (both, saved)
  }

  /// The network takes the gradient; the n-grams do not learn.
  func backward(_ dscores: PartScores, _ saved: Deep.Saved, _ pass: Pass) { deep.backward(dscores, saved, pass) }

  var layers: [LayerDescription] { deep.layers + [scorer.ngrams.layer] }
}

extension LinearNgrams {
  /// The network with these n-grams beside it; they alone, where there is none.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - networkLength: Characters of a text that it reads at most.
  ///   - length: Characters of a text whose n-grams are counted.
  package func beside(_ network: any TextNetwork, networkLength: Int, length: Int) -> any TextNetwork {
    if network is LoneNgrams { return LoneNgrams(NgramScorer(self, length: length, networkLength: 0)) }
    let scorer = NgramScorer(self, length: length, networkLength: networkLength)
    func joined<Deep: TextNetwork>(_ deep: Deep) -> any TextNetwork { SolvedNetwork(scorer, deep: deep) }
    return joined(network)
  }

  /// A row of the table of layers.
  var layer: LayerDescription {
    LayerDescription(
      name: "ngrams", kind: "\(vocabulary.count) n-grams, weighted sum", rows: "1", channels: classes,
      parameters: parameterCount, operations: 0, isPerText: true)
  }
}
