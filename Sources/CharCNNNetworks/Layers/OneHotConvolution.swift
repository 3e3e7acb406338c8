public import CharCNNCompute

/// A convolution over one-hot characters. Multiplying a weight with a one-hot vector is reading one of its columns, so
/// the weights [outputs, alphabet, width] are themselves the table that the convolution gathers from: nothing is
/// multiplied. Padding and the unknown character (index 0) are zero vectors.
public struct OneHotConvolution: Sendable {
  let weight: Parameter
  let bias: Parameter
  let geometry: WindowGeometry
  let outputs: Int

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    /// The character of every tap of every window, -1 for zero vectors.
    let units: IndexTensor
    /// The row of every tap of every window, -1 outside of the text; nothing but where an input's gradient is asked for.
    let rows: IndexTensor
  }

  /// The weights of the unknown character are in the file and never used.
  public init(
    alphabetSize: Int, outputs: Int, geometry: WindowGeometry, initialization: Parameter.Initialization,
    builder: inout ParameterBuilder
  ) {
    self.outputs = outputs
    self.geometry = geometry
    weight = builder.add(
      "weight", shape: [outputs, alphabetSize, geometry.width], layout: .convolution, initialization: initialization,
      decays: true)
    bias = builder.add("bias", shape: [outputs], initialization: .zeros, decays: false)
  }

  /// The output, and what the backward pass needs.
  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (Frames, Saved) {
    let (output, saved) = read(batch, pass)
    if let path = pass.path {
      let y = self.output(of: batch, along: path, units: saved.units, output, pass)
      path.keep(y, of: weight, geometry, output, pass)
      return (Frames(values: y, sequences: output), saved)
    }
    let y = pass.tensor(rows: output.rows, columns: outputs)
    pass.device.gatherConvolve(
      pass.value(weight), units: saved.units, taps: geometry.width, bias: pass.value(bias), into: y)
    pass.record(.oneHotConvolution(geometry), y, of: weight, reading: [])
    return (Frames(values: y, sequences: output), saved)
  }

  /// The output, where it is read soon and nothing else is asked of it: it is not computed yet.
  func rows(_ batch: CharacterBatch, _ pass: Pass) -> (RowSource, PackedSequences, Saved) {
    let (output, saved) = read(batch, pass)
    let rows = RowSource.convolved(
      pass.value(weight), units: saved.units, taps: geometry.width, bias: pass.value(bias))
    return (rows, output, saved)
  }

  /// What the rows of the output read.
  private func read(_ batch: CharacterBatch, _ pass: Pass) -> (PackedSequences, Saved) {
    let output = geometry.output(of: batch.sequences, workspace: pass.workspace)
    let units = geometry.windows(input: batch.sequences, output: output, workspace: pass.workspace)
    let rows = pass.workspace.indices(count: pass.path == nil ? 0 : units.count)
    for index in 0..<rows.count { rows.host[index] = units.host[index] }
    for index in 0..<units.count {
      let row = units.host[index]
      let character = row < 0 ? -1 : batch.characters.host[Int(row)]
      units.host[index] = character > 0 ? character : -1
    }
    return (output, Saved(units: units, rows: rows))
  }

  /// Inverts the gather: adds each row of dy to the weights that its window read.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    if let path = pass.path {
      path.keepGradient(dy, of: weight, pass)
      return takeGradient(dy, saved, path, pass)
    }
    pass.device.addColumnSums(dy, to: pass.gradient(bias))
    let dweight = pass.gradient(weight)
    let dtable = pass.tensor(rows: dweight.rows, columns: dweight.columns)
    pass.device.scatterGradient(dy, units: saved.units, taps: geometry.width, into: dtable)
    pass.device.add(dtable, to: dweight)
  }
}
