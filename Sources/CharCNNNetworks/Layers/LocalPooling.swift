public import CharCNNCompute

/// Pooling of neighbouring rows between blocks, for example the maximum of two (eq. 4 of the tutorial's model).
///
/// The last window of a text may be shorter than the others, so that no character is lost and no text becomes empty.
public struct LocalPooling: Sendable {
  let geometry: WindowGeometry
  let pooling: Pooling

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let input: PackedSequences
    let output: PackedSequences
    let windows: IndexTensor
    let winners: IndexTensor
  }

  /// Lays out its parameters.
  public init(geometry: WindowGeometry, pooling: Pooling) {
    self.geometry = geometry
    self.pooling = pooling
  }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Frames, _ pass: Pass) -> (Frames, Saved) {
    let (frames, saved) = forward(.rows(x.values), x.sequences, pass)
    pass.record(.localPooling(geometry, pooling), frames.values, reading: [x.values])
    return (frames, saved)
  }

  /// The same of rows that need not lie anywhere, where nobody traces the pass: it is not recorded.
  func forward(_ x: RowSource, _ input: PackedSequences, _ pass: Pass) -> (Frames, Saved) {
    let output = geometry.output(of: input, workspace: pass.workspace)
    let windows = geometry.windows(input: input, output: output, workspace: pass.workspace)
    let y = pass.tensor(rows: output.rows, columns: x.columns)
    let winners = pass.workspace.indices(count: y.count)
    pass.device.pool(
      x, windows: windows, taps: geometry.width, by: pooling, winners: winners, into: y, workspace: pass.workspace)
    return (
      Frames(values: y, sequences: output), Saved(input: input, output: output, windows: windows, winners: winners)
    )
  }

  /// Gives each gradient to the row that won, or to all rows of the window.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    let dx = pass.tensor(rows: saved.input.rows, columns: dy.columns)
    let transposed = geometry.transposedWindows(input: saved.input, output: saved.output, workspace: pass.workspace)
    pass.device.poolGradient(
      dy, windows: saved.windows, transposed: transposed, taps: geometry.width, by: pooling, winners: saved.winners,
      into: dx)
    return dx
  }
}
