internal import CharCNNCompute

/// A table of hashed character n-grams without a network: its scores, times one number that is fitted to the validation texts
/// ("temperature scaling", Guo 2017, "On Calibration of Modern Neural Networks"). It learns in steps, and so needs no
/// more memory for many texts than for few.
struct LoneTable: TextNetwork {
  let parameters: ParameterLayout
  let mixture: Parameter?
  private let scorer: TableScorer
  private let classes: Int

  var length: Int? { nil }

  init(_ configuration: NgramConfiguration, classes: Int) {
    self.classes = classes
    var builder = ParameterBuilder()
    mixture = builder.scope("ngrams", part: .table) {
      $0.addState("mixture", shape: [1], initialization: .ones, range: 0...PartWeights.largest)
    }
    scorer = TableScorer(configuration, classes: classes, builder: &builder)
    parameters = builder.layout
  }

  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: TableScorer.Saved) {
    let scores = pass.tensor(rows: batch.sequences.count, columns: classes)
    let saved = scorer.forward(batch, into: scores, pass)
    return (PartScores(scores), saved)
  }

  func backward(_ dscores: PartScores, _ saved: TableScorer.Saved, _ pass: Pass) {
    scorer.backward(dscores.only, saved, pass)
  }

  var layers: [LayerDescription] { scorer.layers }
}
