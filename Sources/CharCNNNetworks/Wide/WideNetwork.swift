public import CharCNNCompute

/// A network with a wide part beside it: the scores of hashed character n-grams are added to the network's own (Cheng
/// 2016, "Wide & Deep Learning"). The rows give the scores directly, or pass one linear layer.
public struct WideNetwork<Deep: TextNetwork>: TextNetwork {
  public let parameters: ParameterLayout
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
    table = builder.scope("ngrams.table") {
      NgramTable(
        configuration: configuration, columns: columns,
        initialization: width == nil ? .zeros : .uniform(1 / Float(columns)), builder: &$0)
    }
    linear = width.map { width in
      builder.scope("ngrams.output") { Linear(inputs: width, outputs: classes, builder: &$0) }
    }
    parameters = builder.layout
  }

  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (logits: Tensor, saved: Saved) {
    let (logits, deepSaved) = deep.forward(batch, pass)
    guard let linear else {
      let tableSaved = table.forward(batch, addTo: logits, pass)
      pass.trace?.leavePart()
      pass.record(.ngrams, logits)
      return (logits, Saved(deep: deepSaved, table: tableSaved, linear: nil))
    }
    let sums = pass.tensor(rows: logits.rows, columns: columns)
    pass.device.fill(sums, with: 0)
    let tableSaved = table.forward(batch, addTo: sums, pass)
    let (scores, linearSaved) = linear.forward(sums, pass)
    pass.device.add(scores, to: logits)
    pass.trace?.leavePart()
    pass.record(.ngrams, logits)
    return (logits, Saved(deep: deepSaved, table: tableSaved, linear: linearSaved))
  }

  /// The gradient of a sum goes to both parts.
  public func backward(_ dlogits: Tensor, _ saved: Saved, _ pass: Pass) {
    var dsums = dlogits
    if let linear, let linearSaved = saved.linear { dsums = linear.backward(dlogits, linearSaved, pass) }
    table.backward(dsums, saved.table, pass)
    deep.backward(dlogits, saved.deep, pass)
  }

  public var layers: [LayerDescription] {
    var result = deep.layers
    result.append(
      LayerDescription(
        name: "ngrams.table", kind: "hashed n-grams, \(table.weight.shape[0]) rows, summed", rows: "1",
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
  /// The network with its wide part, where there is one.
  public func widening(_ network: any TextNetwork, classes: Int) -> any TextNetwork {
    func widened<Deep: TextNetwork>(_ deep: Deep) -> any TextNetwork { WideNetwork(self, classes: classes, deep: deep) }
    return isEnabled ? widened(network) : network
  }
}
