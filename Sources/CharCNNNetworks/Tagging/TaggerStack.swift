internal import CharCNNCompute

/// Residual gated convolutions over the rows of sentences and the scores of their tags: what both taggers end with.
/// Without strides and pooling every row keeps its place.
struct TaggerStack: Sendable {
  let blocks: [GatedBlock]
  let dropout: Dropout
  let scores: Linear
  let output: TagOutput

  struct Saved {
    let blocks: UnsafeMutableBufferPointer<GatedBlock.Saved>
    let scores: Linear.Saved
  }

  init(inputs: Int, configuration: GatedConfiguration, output kind: TagOutputKind, builder: inout ParameterBuilder) {
    var channels = inputs
    blocks = (0..<configuration.blocks).map { number in
      builder.scope("blocks.\(number)", part: .body(number + 1)) {
        let block = GatedBlock(inputs: channels, configuration: configuration, block: number, builder: &$0)
        channels = block.outputs
        return block
      }
    }
    dropout = Dropout(rate: configuration.dropout, builder: &builder)
    scores = builder.scope("output", part: .head) {
      Linear(inputs: channels, outputs: configuration.classes, builder: &$0)
    }
    output = TagOutput(kind, tags: configuration.classes, builder: &builder)
  }

  func forward(_ x: Frames, _ pass: Pass) -> (Tensor, Saved) {
    var frames = x
    pass.recordInput(x.values, of: "blocks")
    let saved = pass.workspace.records(of: GatedBlock.Saved.self, count: blocks.count)
    for (number, block) in blocks.enumerated() { (frames, saved[number]) = block.forward(.frames(frames), pass) }
    pass.trace?.leavePart()
    let (emissions, scoresSaved) = scores.forward(dropout.forward(frames.values, pass), pass)
    return (emissions, Saved(blocks: saved, scores: scoresSaved))
  }

  /// Inverts the scores and the blocks; returns the gradient of the rows.
  func backward(_ demissions: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    var dx = dropout.backward(scores.backward(demissions, saved.scores, pass), pass)
    for number in blocks.indices.reversed() { dx = blocks[number].backward(dx, saved.blocks[number], pass) }
    return dx
  }

  /// Rows for tables; `rows` is how the number of rows is written.
  func layers(inputs: Int, configuration: GatedConfiguration, rows: String, parameters: ParameterLayout)
    -> [LayerDescription]
  {
    var channels = inputs
    var result: [LayerDescription] = []
    let widths = configuration.widths.map(String.init).joined(separator: ",")
    for (number, block) in blocks.enumerated() {
      let share = configuration.filters / configuration.widths.count
      var operations = 2 * configuration.widths.reduce(0, +) * channels * share
      if configuration.residual, channels != block.outputs { operations += 2 * channels * block.outputs }
      let dilation = configuration.dilation(ofBlock: number)
      let notes = (dilation == 1 ? "" : ", dilation \(dilation)") + (configuration.residual ? ", residual" : "")
      result.append(
        .row(
          "blocks.\(number)", "convolution \(widths), \(configuration.nonlinearity.rawValue)\(notes)", rows: rows,
          channels: block.outputs, operations: operations, parameters))
      channels = block.outputs
    }
    result.append(
      .row(
        "output", "fully connected", rows: rows, channels: configuration.classes,
        operations: 2 * channels * configuration.classes, parameters))
    if output.kind == .crf {
      result.append(
        .row(
          "crf", "conditional random field", rows: rows, channels: configuration.classes,
          operations: 2 * configuration.classes * configuration.classes, parameters))
    }
    return result
  }
}

extension LayerDescription {
  /// A layer whose parameters have its name before theirs.
  static func row(
    _ name: String, _ kind: String, rows: String, channels: Int, operations: Int, _ parameters: ParameterLayout
  ) -> LayerDescription {
    let count = parameters.trained.filter { $0.name.hasPrefix(name + ".") }.reduce(0) { $0 + $1.count }
    return LayerDescription(
      name: name, kind: kind, rows: rows, channels: channels, parameters: count, operations: Double(operations),
      isPerText: false)
  }
}
