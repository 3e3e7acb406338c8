internal import CharCNNCompute

/// A network with a linear model of n-grams beside it, whose weights were found before the network learns (Cheng 2016, "Wide & Deep
/// Learning", for the two sides). Each has learned alone; their scores are added with two weights that are fitted to the
/// validation texts ("stacking", Wolpert 1992, "Stacked generalization").
struct SolvedNetwork<Deep: TextNetwork>: TextNetwork {
  let parameters: ParameterLayout
  let mixture: Parameter?
  private let deep: Deep
  private let ngrams: LinearNgrams
  private let readers: NgramReaders

  var length: Int? { deep.length }

  init(_ ngrams: LinearNgrams, deep: Deep) {
    self.deep = deep
    self.ngrams = ngrams
    readers = NgramReaders(ngrams)
    var builder = ParameterBuilder(continuing: deep.parameters)
    mixture = builder.scope("ngrams", part: .table) {
      $0.addState("mixture", shape: [2], initialization: .ones, range: 0...PartWeights.largest)
    }
    parameters = builder.layout
  }

  /// The scores of the network and, where nothing learns from them, those of the n-grams: the training texts tell nothing
  /// about a part that has learned them by heart.
  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Deep.Saved) {
    let (deepScores, saved) = deep.forward(batch, pass)
    if pass.gradients != nil { return (deepScores, saved) }
    let scores = deepScores.only
    let both = PartScores(pass.tensor(rows: 2 * scores.rows, columns: scores.columns), parts: 2)
    pass.device.copy(scores, into: both[0])
    readers.score(batch, into: both[1], pass)
    pass.trace?.leavePart()
    return (both, saved)
  }

  /// The network takes the gradient; the n-grams do not learn.
  func backward(_ dscores: PartScores, _ saved: Deep.Saved, _ pass: Pass) { deep.backward(dscores, saved, pass) }

  var layers: [LayerDescription] { deep.layers + [ngrams.layer] }
}

/// Scores of n-grams for the texts of a batch.
final class NgramReaders: Sendable {
  private let ngrams: LinearNgrams
  /// Readers that nobody uses at the moment.
  private let free: Guarded<[WeighedNgrams]>

  init(_ ngrams: LinearNgrams) {
    self.ngrams = ngrams
    free = Guarded([])
  }

  /// Writes the score of every class for each text into y, [texts, classes].
  func score(_ batch: CharacterBatch, into y: Tensor, _ pass: Pass) {
    var reader = free.withLock { $0.popLast() } ?? ngrams.makeReader()
    let scores = pass.workspace.records(of: Float.self, count: y.count)
    let classes = ngrams.classes
    for text in 0..<batch.sequences.count {
      let characters = UnsafeBufferPointer(rebasing: batch.characters.host[batch.realCharacters(of: text)])
      ngrams.score(
        characters, reader: &reader,
        into: UnsafeMutableBufferPointer(rebasing: scores[text * classes..<(text + 1) * classes]),
        instructions: pass.device.instructionSet)
    }
    pass.device.write(UnsafeBufferPointer(scores), to: y)
    free.withLock { $0.append(reader) }
  }
}

extension LinearNgrams {
  /// The network with these n-grams beside it.
  package func beside(_ network: any TextNetwork) -> any TextNetwork {
    func joined<Deep: TextNetwork>(_ deep: Deep) -> any TextNetwork { SolvedNetwork(self, deep: deep) }
    return joined(network)
  }

  /// A row of the table of layers.
  var layer: LayerDescription {
    LayerDescription(
      name: "ngrams", kind: "\(vocabulary.count) n-grams, weighted sum", rows: "1", channels: classes,
      parameters: weights.count, operations: 0, isPerText: true)
  }
}
