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
  private let table: NgramTable
  private let linear: Linear?
  private let columns: Int

  /// What the backward pass needs.
  public struct Saved {
    let deep: Deep.Saved
    let table: NgramTable.Saved
    let linear: Linear.Saved?
  }

  public var length: Int? { deep.length }

  /// A network beside which n-grams vote; their parameters follow the network's own in one layout.
  init(_ configuration: NgramConfiguration, classes: Int, deep: Deep) {
    self.deep = deep
    var builder = ParameterBuilder(continuing: deep.parameters)
    columns = configuration.ngramWidth ?? classes
    let columns = columns
    let width = configuration.ngramWidth
    mixture = builder.scope("ngrams", part: .table) {
      $0.addState("mixture", shape: [2], initialization: .ones, range: 0...PartWeights.largest)
    }
    table = builder.scope("ngrams.table", part: .table) {
      NgramTable(
        configuration: configuration, columns: columns,
        initialization: width == nil ? .zeros : .uniform(1 / Float(columns)), builder: &$0)
    }
    linear = width.map { width in
      builder.scope("ngrams.output", part: .table) { Linear(inputs: width, outputs: classes, builder: &$0) }
    }
    parameters = builder.layout
  }

  /// Two parts: the network, and the n-grams.
  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let (deepScores, deepSaved) = deep.forward(batch, pass)
    let scores = deepScores.only
    let both = PartScores(pass.tensor(rows: 2 * scores.rows, columns: scores.columns), parts: 2)
    pass.device.copy(scores, into: both[0])
    let wide = both[1]
    let sums = linear == nil ? wide : pass.tensor(rows: scores.rows, columns: columns)
    pass.device.fill(sums, with: 0)
    let tableSaved = table.forward(batch, addTo: sums, pass)
    var linearSaved: Linear.Saved?
    if let linear {
      let (votes, saved) = linear.forward(sums, pass)
      pass.device.copy(votes, into: wide)
      linearSaved = saved
    }
    pass.trace?.leavePart()
    return (both, Saved(deep: deepSaved, table: tableSaved, linear: linearSaved))
  }

  /// Each part takes the gradient of its own scores.
  public func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    var dsums = dscores[1]
    if let linear, let linearSaved = saved.linear { dsums = linear.backward(dsums, linearSaved, pass) }
    table.backward(dsums, saved.table, pass)
    deep.backward(PartScores(dscores[0]), saved.deep, pass)
  }

  public var layers: [LayerDescription] {
    var result = deep.layers
    result.append(
      LayerDescription(
        name: "ngrams.table", kind: "hashed n-grams, \(table.weight.shape[0]) rows, weighted sum", rows: "1",
        channels: columns,
        parameters: table.weight.count, operations: 0, isPerText: true))
    if let linear {
      result.append(
        LayerDescription(
          name: "ngrams.output", kind: "fully connected", rows: "1", channels: linear.outputs,
          parameters: linear.weight.count + linear.bias.count, operations: 2 * Double(linear.weight.count),
          isPerText: true))
    }
    return result
  }
}

extension NgramConfiguration {
  /// The network with its table, where it has one that learns in steps.
  public func widening(_ network: any TextNetwork, classes: Int) -> any TextNetwork {
    func widened<Deep: TextNetwork>(_ deep: Deep) -> any TextNetwork { WideNetwork(self, classes: classes, deep: deep) }
    return isEnabled && isTable ? widened(network) : network
  }
}
