internal import CharCNNCompute

/// N-grams without a network: the scores of a linear model, times one number that is fitted to the validation texts, so that they
/// become probabilities that mean something ("temperature scaling", Guo 2017, "On Calibration of Modern Neural Networks").
///
/// Nothing of it learns in steps.
struct LoneNgrams: TextNetwork {
  let parameters: ParameterLayout
  let mixture: Parameter?
  let layers: [LayerDescription]
  let ngramScorer: NgramScorer?
  private let classes: Int

  var length: Int? { nil }

  /// What stands in for n-grams that are not solved yet, or for a table: every class has the score 0.
  init(classes: Int) {
    self.init(
      classes: classes, scorer: nil,
      layers: [
        LayerDescription(
          name: "ngrams", kind: "n-grams, weighted sum", rows: "1", channels: classes, parameters: 0, operations: 0,
          isPerText: true)
      ])
  }

  /// The n-grams of a model.
  init(_ scorer: NgramScorer) {
    self.init(classes: scorer.ngrams.classes, scorer: scorer, layers: [scorer.ngrams.layer])
  }

  private init(classes: Int, scorer: NgramScorer?, layers: [LayerDescription]) {
    self.classes = classes
    ngramScorer = scorer
    self.layers = layers
    var builder = ParameterBuilder()
    mixture = builder.scope("ngrams", part: .table) {
      $0.addState("mixture", shape: [1], initialization: .ones, range: 0...PartWeights.largest)
    }
    parameters = builder.layout
  }

  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Void) {
    let scores = pass.tensor(rows: batch.sequences.count, columns: classes)
    if let ngramScorer {
      ngramScorer.write(scoresOf: batch, into: scores, pass)
    } else {
      pass.device.fill(scores, with: 0)
    }
    return (PartScores(scores), ())
  }

  /// Nothing learns.
  func backward(_ dscores: PartScores, _ saved: Void, _ pass: Pass) {}
}
