package import CharCNNCompute
internal import CharCNNFiles

extension MatcherNetwork {
  /// What the network says of each pair: probabilities of the labels, a cosine, or a score in the range of scores; as many
  /// numbers a pair as there are.
  ///
  /// - Parameters:
  ///   - lengths: Characters of both texts of each pair, an empty text counted as one.
  ///   - store: The parameters.
  ///   - device: Does the arithmetic.
  ///   - workspace: Memory for the batches.
  ///   - packed: Packs pairs into a batch, by their numbers.
  /// - Throws: What `packed` throws.
  package func outputs<Failure: Error>(
    lengths: [Int], store: ParameterStore, device: any Device, workspace: Workspace,
    batch packed: ([Int]) throws(Failure) -> CharacterBatch
  ) throws(Failure) -> [Float] {
    let plan = BatchPlan(lengths: lengths)
    var result: [Float] = []
    for number in 0..<plan.count {
      workspace.reset()
      let batch = try packed(plan[number])
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      let (outputs, _) = forward(batch, pass)
      switch configuration.objective {
      case .classification:
        let probabilities = workspace.tensor(rows: outputs.rows, columns: outputs.columns)
        device.softmax(outputs, into: probabilities)
        result += device.read(probabilities)
      case .contrastive: result += device.read(outputs)
      case .regression:
        let range = configuration.range
        result += device.read(outputs).map {
          Float(range.lowerBound + (range.upperBound - range.lowerBound) / (1 + exp(-Double($0))))
        }
      }
    }
    workspace.reset()
    return result
  }
}
