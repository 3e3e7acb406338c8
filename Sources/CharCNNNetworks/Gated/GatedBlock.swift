package import CharCNNCompute

/// One residual gated block: convolutions, normalization, gate, dropout, and the block's input added.
///
/// y = dropout(gate(norm(conv(x)))) + residual(x), where residual is x itself, or a 1x1 convolution of it where the
/// channels or the stride differ (eq. 2, 3 and 6 of the tutorial's model).
package struct GatedBlock: Sendable {
  /// A convolution of one width with the normalization of its filters.
  struct Branch: Sendable {
    let convolution: Convolution
    let normalization: Normalization?
  }

  let branches: [Branch]
  let nonlinearity: Nonlinearity
  let dropout: Dropout
  let projection: Convolution?
  let residual: Bool
  let inputs: Int
  let outputs: Int

  struct BranchSaved: BitwiseCopyable {
    let convolution: Convolution.Saved
    let normalization: Normalization.Saved?
    let nonlinearity: Nonlinearity.Saved
  }

  package struct Saved: BitwiseCopyable {
    let input: LayerInput
    let branches: UnsafeMutableBufferPointer<BranchSaved>
    let projection: Convolution.Saved?

    init(input: LayerInput, branches: UnsafeMutableBufferPointer<BranchSaved>, projection: Convolution.Saved?) {
      self.input = input
      self.branches = branches
      self.projection = projection
    }

    /// Prediction goes nowhere back.
    init(input: LayerInput) { self.init(input: input, branches: .init(start: nil, count: 0), projection: nil) }
  }

  package init(inputs: Int, configuration: GatedConfiguration, block: Int, builder: inout ParameterBuilder) {
    let share = configuration.filters / configuration.widths.count
    let dilation = configuration.dilation(ofBlock: block)
    nonlinearity = configuration.nonlinearity
    self.inputs = inputs
    outputs = nonlinearity.outputs(filters: configuration.filters)
    branches = configuration.widths.enumerated().map { number, width in
      let geometry = WindowGeometry(
        width: width, stride: configuration.stride, dilation: dilation, padding: configuration.padding ?? .same)
      let convolution = builder.scope("convolutions.\(number)") {
        Convolution(inputs: inputs, outputs: share, geometry: geometry, builder: &$0)
      }
      let normalization = builder.scope("normalizations.\(number)") {
        Normalization(configuration.normalization, channels: share, builder: &$0)
      }
      return Branch(convolution: convolution, normalization: normalization)
    }
    dropout = Dropout(rate: configuration.blockDropout, builder: &builder)
    residual = configuration.residual
    let outputs = outputs
    projection =
      residual && (inputs != outputs || configuration.stride != 1)
      ? builder.scope("projection") {
        Convolution(
          inputs: inputs, outputs: outputs, geometry: WindowGeometry(width: 1, stride: configuration.stride),
          bias: false, builder: &$0)
      } : nil
  }

  package func forward(_ input: LayerInput, _ pass: Pass) -> (Frames, Saved) {
    guard pass.isTraining || pass.trace != nil || pass.path != nil else {
      return (predict(input, pass), Saved(input: input))
    }
    let saved = pass.workspace.records(of: BranchSaved.self, count: branches.count)
    // What follows the convolutions is one walk over the rows, as in prediction.
    var walk = RowWalk(capacity: 2 * branches.count + 3, pass)
    var sequences = input.sequences
    var gated: Tensor?
    let share = outputs / branches.count
    for (number, branch) in branches.enumerated() {
      let (c, convolutionSaved) = branch.convolution.forward(input, pass)
      sequences = c.sequences
      let g = gated ?? pass.tensor(rows: c.values.rows, columns: outputs)
      gated = g
      let normalized = branch.normalization?.forward(c.values, in: &walk, pass)
      let nonlinearitySaved = nonlinearity.forward(
        normalized?.0 ?? c.values, into: g.columns(number * share..<(number + 1) * share), in: &walk, pass)
      saved[number] = BranchSaved(
        convolution: convolutionSaved, normalization: normalized?.1, nonlinearity: nonlinearitySaved)
    }
    guard let gated else { preconditionFailure("a block has at least one width") }
    if branches.count > 1 {
      pass.record(
        .concatenation, gated,
        reading: branches.indices.map { gated.columns($0 * share..<($0 + 1) * share) })
    }
    var y = dropout.apply(gated, in: &walk, pass)
    var projectionSaved: Convolution.Saved?
    if let projection {
      let (projected, saved) = projection.forward(input, pass)
      projectionSaved = saved
      walk.append(.add(y, to: projected.values), pass)
      y = projected.values
    } else if residual {
      switch input {
      case .frames(let frames): walk.append(.add(frames.values, to: y), pass)
      case .characters(let characters):
        let rows = pass.tensor(rows: y.rows, columns: inputs)
        walk.append(.gatherRows(characters.table, rows: characters.units, into: rows), pass)
        walk.append(.add(rows, to: y), pass)
      }
    }
    walk.run(pass)
    if residual { pass.record(.residual, y, reading: [gated, projection == nil ? input.source : y]) }
    return (
      Frames(values: y, sequences: sequences), Saved(input: input, branches: saved, projection: projectionSaved)
    )
  }

  /// The same bits where nobody goes back or looks at what lies between: normalization, gate and sum in one walk.
  private func predict(_ input: LayerInput, _ pass: Pass) -> Frames {
    let residualRows = residualRows(input, pass)
    let share = outputs / branches.count
    var frames: Frames?
    for (number, branch) in branches.enumerated() {
      let (rows, sequences) = branch.convolution.rows(input, pass)
      let y = frames?.values ?? pass.tensor(rows: rows.count, columns: outputs)
      frames = Frames(values: y, sequences: sequences)
      let columns = number * share..<(number + 1) * share
      pass.device.finishBlock(
        rows, normalization: branch.normalization?.rows(pass), function: nonlinearity.function,
        residual: residualRows?.columns(columns), into: y.columns(columns), workspace: pass.workspace)
    }
    guard let frames else { preconditionFailure("a block has at least one width") }
    return frames
  }

  /// What is added at the end of the block.
  private func residualRows(_ input: LayerInput, _ pass: Pass) -> RowSource? {
    if let projection {
      // Branches add some columns each, and the table of characters is read whole.
      return branches.count == 1 ? projection.rows(input, pass).0 : .rows(projection.forward(input, pass).0.values)
    }
    guard residual else { return nil }
    switch input {
    case .frames(let frames): return .rows(frames.values)
    case .characters(let characters): return .gathered(characters.table, rows: characters.units)
    }
  }

  /// Inverts the block. Returns the gradient to the input's source: its rows, or the table of distinct characters.
  package func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    let source = saved.input.source
    let dx = pass.tensor(rows: source.rows, columns: source.columns)
    // The block before uses the same memory.
    pass.workspace.withScratch { backward(dy, saved, into: dx, pass) }
    return dx
  }

  private func backward(_ dy: Tensor, _ saved: Saved, into dx: Tensor, _ pass: Pass) {
    // Copy, dropout, and for each branch gate and normalization.
    var walk = RowWalk(capacity: 2 + 2 * branches.count, pass)
    var isStarted = false
    if let projection, let projectionSaved = saved.projection {
      projection.backward(dy, projectionSaved, into: dx, accumulate: false, pass)
      isStarted = true
    } else if residual {
      switch saved.input {
      case .frames: walk.append(.copy(dy, into: dx), pass)
      case .characters(let characters):
        pass.device.scatterGradient(dy, units: characters.units, taps: 1, into: dx)
      }
      isStarted = true
    }
    let dgated = dropout.apply(dy, in: &walk, pass)
    let share = outputs / branches.count
    for (number, branch) in branches.enumerated() {
      let branchSaved = saved.branches[number]
      var gradient = nonlinearity.backward(
        dgated.columns(number * share..<(number + 1) * share), branchSaved.nonlinearity, in: &walk, pass)
      if let normalization = branch.normalization, let normalizationSaved = branchSaved.normalization {
        gradient = normalization.backward(gradient, normalizationSaved, in: &walk, pass)
      } else {
        walk.run(pass)
      }
      branch.convolution.backward(gradient, branchSaved.convolution, into: dx, accumulate: isStarted, pass)
      isStarted = true
    }
  }
}
