internal import CharCNNCompute

/// Class scores of hashed character n-grams: the sums of the rows of a table, or a linear layer over these sums.
struct TableScorer: Sendable {
  private let table: NgramTable
  private let linear: Linear?
  private let columns: Int

  struct Saved {
    fileprivate let table: NgramTable.Saved
    fileprivate let linear: Linear.Saved?
  }

  /// Adds its parameters, whose names begin with `ngrams`.
  init(_ configuration: NgramConfiguration, classes: Int, builder: inout ParameterBuilder) {
    let width = configuration.ngramWidth
    let columns = width ?? classes
    self.columns = columns
    table = builder.scope("ngrams.table", part: .table) {
      NgramTable(
        configuration: configuration, columns: columns,
        initialization: width == nil ? .zeros : .uniform(1 / Float(columns)), builder: &$0)
    }
    linear = width.map { width in
      builder.scope("ngrams.output", part: .table) { Linear(inputs: width, outputs: classes, builder: &$0) }
    }
  }

  /// Writes the scores of each text, [texts, classes].
  func forward(_ batch: CharacterBatch, into scores: Tensor, _ pass: Pass) -> Saved {
    let sums = linear == nil ? scores : pass.tensor(rows: scores.rows, columns: columns)
    pass.device.fill(sums, with: 0)
    let tableSaved = table.forward(batch, addTo: sums, pass)
    guard let linear else { return Saved(table: tableSaved, linear: nil) }
    let (votes, saved) = linear.forward(sums, pass)
    pass.device.copy(votes, into: scores)
    return Saved(table: tableSaved, linear: saved)
  }

  func backward(_ dscores: Tensor, _ saved: Saved, _ pass: Pass) {
    var dsums = dscores
    if let linear, let linearSaved = saved.linear { dsums = linear.backward(dsums, linearSaved, pass) }
    table.backward(dsums, saved.table, pass)
  }

  var layers: [LayerDescription] {
    var result = [
      LayerDescription(
        name: "ngrams.table", kind: "hashed n-grams, \(table.weight.shape[0]) rows, weighted sum", rows: "1",
        channels: columns, parameters: table.weight.count, operations: 0, isPerText: true)
    ]
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
