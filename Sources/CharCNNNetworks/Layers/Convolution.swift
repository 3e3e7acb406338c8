public import CharCNNCompute

/// What a first or a later layer reads.
public enum LayerInput: BitwiseCopyable {
  case characters(EmbeddedCharacters)
  case frames(Frames)

  var sequences: PackedSequences {
    switch self {
    case .characters(let characters): characters.sequences
    case .frames(let frames): frames.sequences
    }
  }

  /// The rows of frames; a network has at least one block, whose output is frames.
  var frames: Frames {
    guard case .frames(let frames) = self else { preconditionFailure("characters have no frames yet") }
    return frames
  }

  /// The tensor that gradients to the input have the shape of: the table of distinct characters, or the rows.
  var source: Tensor {
    switch self {
    case .characters(let characters): characters.table
    case .frames(let frames): frames.values
    }
  }
}

/// 1-D convolution along the characters (eq. 2 of the tutorial's model), with width, stride, dilation and edge rule.
///
/// On embedded characters it is a table: for each tap, the product of every distinct character's embedding with that
/// tap's weights; the convolution then gathers and adds rows. On frames it is a matrix product over overlapping rows, or,
/// where that saves enough products, minimal filtering (see Convolution+Filtering.swift).
public struct Convolution: Sendable {
  let weight: Parameter
  let bias: Parameter?
  let geometry: WindowGeometry
  let inputs: Int
  let outputs: Int

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let input: LayerInput
    let output: PackedSequences
    let reads: Reads
  }

  /// What the rows of the output read.
  public enum Reads: BitwiseCopyable {
    /// Units of every tap, for characters.
    case units(IndexTensor)
    /// Window table, for frames.
    case windows(IndexTensor)
    /// Tiles of minimal filtering, for frames.
    case tiles(FilteringTiles)
  }

  /// Weights [outputs, inputs, width] start uniform as in He 2015 with gain 1 (variance 1 / fan-in) unless told
  /// otherwise, biases at zero.
  public init(
    inputs: Int, outputs: Int, geometry: WindowGeometry, bias hasBias: Bool = true,
    initialization: Parameter.Initialization? = nil, builder: inout ParameterBuilder
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.geometry = geometry
    let bound = (3 / Float(inputs * geometry.width)).squareRoot()
    weight = builder.add(
      "weight", shape: [outputs, inputs, geometry.width], layout: .convolution,
      initialization: initialization ?? .uniform(bound), decays: true)
    bias = hasBias ? builder.add("bias", shape: [outputs], initialization: .zeros, decays: false) : nil
  }

  /// The output, and what the backward pass needs.
  public func forward(_ input: LayerInput, _ pass: Pass) -> (Frames, Saved) {
    let output = geometry.output(of: input.sequences, workspace: pass.workspace)
    let y = pass.tensor(rows: output.rows, columns: outputs)
    let reads: Reads
    switch input {
    case .frames(let frames): reads = convolve(frames, output: output, into: y, pass)
    case .characters(let characters):
      let table = table(of: characters.table, pass)
      let units = units(of: characters, output: output, pass)
      pass.device.gatherConvolve(
        table, units: units, taps: geometry.width, bias: bias.map { pass.value($0) }, into: y)
      reads = .units(units)
      pass.path?.keep(y, of: weight, geometry, output, pass)
    }
    pass.record(.convolution(geometry, inputs: inputs, outputs: outputs), y, of: weight, reading: [input.source])
    return (Frames(values: y, sequences: output), Saved(input: input, output: output, reads: reads))
  }

  /// The output of ``forward(_:_:)``, where only rows that are read soon are wanted: those of characters are not computed
  /// yet.
  func rows(_ input: LayerInput, _ pass: Pass) -> (RowSource, PackedSequences) {
    switch input {
    case .frames:
      let frames = forward(input, pass).0
      return (.rows(frames.values), frames.sequences)
    case .characters(let characters):
      let output = geometry.output(of: characters.sequences, workspace: pass.workspace)
      let rows = RowSource.convolved(
        table(of: characters.table, pass), units: units(of: characters, output: output, pass), taps: geometry.width,
        bias: bias.map { pass.value($0) })
      return (rows, output)
    }
  }

  /// Inverts the convolution: dx = sum over taps of dy Wᵀ, dW = xᵀ dy, db = column sums of dy. `dx` has the shape of the
  /// input's source and is replaced, or added to with `accumulate`.
  public func backward(_ dy: Tensor, _ saved: Saved, into dx: Tensor, accumulate: Bool, _ pass: Pass) {
    let device = pass.device
    pass.path?.keepGradient(dy, of: weight, pass)
    if let bias, pass.learns { device.addColumnSums(dy, to: pass.gradient(bias)) }
    switch (saved.input, saved.reads) {
    case (.frames(let frames), .tiles(let tiles)):
      device.addWeightGradient(
        frames.values, tiles: tiles, dy: dy, into: pass.gradient(weight), workspace: pass.workspace)
      let transposed = geometry.transposedTiles(
        input: frames.sequences, output: saved.output, workspace: pass.workspace)
      device.convolve(
        dy, tiles: transposed, weights: pass.filter(weight, transposed: true), bias: nil, accumulate: accumulate,
        into: dx, workspace: pass.workspace)
    case (.frames(let frames), .windows(let windows)), (.frames(let frames), .units(let windows)):
      if pass.learns {
        device.addWeightGradient(
          frames.values, windows: windows, taps: geometry.width, dy: dy, into: pass.gradient(weight),
          workspace: pass.workspace)
      }
      let transposed = geometry.transposedWindows(
        input: frames.sequences, output: saved.output, workspace: pass.workspace)
      device.convolve(
        dy, windows: transposed, weights: pass.packed(weight, transposed: true), bias: nil, accumulate: accumulate,
        into: dx, workspace: pass.workspace)
    case (.characters(let characters), .units(let units)):
      let distinct = characters.table.rows
      let dtable = pass.tensor(rows: geometry.width * distinct, columns: outputs)
      device.scatterGradient(dy, units: units, taps: geometry.width, into: dtable)
      for tap in 0..<geometry.width {
        let dtap = dtable.rows(tap * distinct..<(tap + 1) * distinct)
        if pass.learns {
          device.addProductGradient(
            characters.table, dy: dtap, into: pass.gradient(weight).rows(tap * inputs..<(tap + 1) * inputs),
            workspace: pass.workspace)
        }
        device.product(
          dtap, weights: pass.packed(weight, tap: tap, transposed: true), bias: nil, accumulate: accumulate || tap > 0,
          into: dx, workspace: pass.workspace)
      }
    case (.characters, _): preconditionFailure("characters are read by their units")
    }
  }

  /// Units of every tap for each row of the output.
  private func units(of characters: EmbeddedCharacters, output: PackedSequences, _ pass: Pass) -> IndexTensor {
    if geometry.width == 1, geometry.stride == 1 { return characters.units }
    return characters.units(
      windows: geometry.windows(input: characters.sequences, output: output, workspace: pass.workspace),
      workspace: pass.workspace)
  }

  /// For each tap, the product of every distinct character with the tap's weights: [width * distinct, outputs].
  private func table(of embeddings: Tensor, _ pass: Pass) -> Tensor {
    let table = pass.tensor(rows: geometry.width * embeddings.rows, columns: outputs)
    for tap in 0..<geometry.width {
      pass.device.product(
        embeddings, weights: pass.packed(weight, tap: tap), bias: nil,
        into: table.rows(tap * embeddings.rows..<(tap + 1) * embeddings.rows), workspace: pass.workspace)
    }
    return table
  }
}
