internal import CharCNNCompute

/// A network with a wide part beside it, the class scores of hashed character n-grams (Cheng 2016, "Wide & Deep Learning").
/// The rows of the table give the scores directly, or pass one linear layer.
///
/// Each part learns from its own error: trained on their sum, the part that fits the training texts faster, the network,
/// would leave nothing for the other to learn. Their scores are added with two weights that are fitted to the validation
/// texts ("stacking", Wolpert 1992, "Stacked generalization").
public struct WideNetwork<Deep: TextNetwork>: TextNetwork {
  public let parameters: ParameterLayout
  public let mixture: Parameter?
  private let deep: Deep
  private let table: TableScorer

  /// What the backward pass needs.
  public struct Saved {
    let deep: Deep.Saved
    let table: TableScorer.Saved
  }

  public var length: Int? { deep.length }

  /// A network beside which n-grams vote; their parameters follow the network's own in one layout.
  init(_ configuration: NgramConfiguration, classes: Int, deep: Deep) {
    self.deep = deep
    var builder = ParameterBuilder(continuing: deep.parameters)
    mixture = builder.scope("ngrams", part: .table) {
      $0.addState("mixture", shape: [2], initialization: .ones, range: 0...PartWeights.largest)
    }
    table = TableScorer(configuration, classes: classes, builder: &builder)
    parameters = builder.layout
  }

  /// Two parts: the network, and the n-grams.
  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let (deepScores, deepSaved) = deep.forward(batch, pass)
    let scores = deepScores.only
    let both = PartScores(pass.tensor(rows: 2 * scores.rows, columns: scores.columns), parts: 2)
    pass.device.copy(scores, into: both[0])
    pass.recordCopy(of: scores, at: both[0])
    let tableSaved = table.forward(batch, into: both[1], pass)
    pass.trace?.leavePart()
    return (both, Saved(deep: deepSaved, table: tableSaved))
  }

  /// Each part takes the gradient of its own scores.
  public func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    table.backward(dscores[1], saved.table, pass)
    deep.backward(PartScores(dscores[0]), saved.deep, pass)
  }

  public var layers: [LayerDescription] { deep.layers + table.layers }
}

extension NgramConfiguration {
  /// The network with its table, where it has one that learns in steps; the table alone where there is no network.
  public func widening(_ network: any TextNetwork, classes: Int) -> any TextNetwork {
    func widened<Deep: TextNetwork>(_ deep: Deep) -> any TextNetwork { WideNetwork(self, classes: classes, deep: deep) }
    guard isEnabled, isTable else { return network }
    return network is LoneNgrams ? LoneTable(self, classes: classes) : widened(network)
  }
}
