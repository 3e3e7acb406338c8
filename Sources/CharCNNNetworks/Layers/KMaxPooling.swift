public import CharCNNCompute

/// K-max pooling (Kalchbrenner, Grefenstette, Blunsom 2014, "A Convolutional Neural Network for Modelling Sentences"):
/// the k largest values of each channel of a text, in the order in which they stood. A text with fewer rows than k is
/// filled up with zeros.
public struct KMaxPooling: Sendable {
  /// How many values of a text are kept.
  public enum Count: Sendable, Hashable {
    /// So many of every text.
    case fixed(Int)
    /// Half of the text's rows, rounded up.
    case half
  }

  let count: Count

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let input: PackedSequences
    let output: PackedSequences
    let winners: IndexTensor
  }

  /// Lays out its parameters.
  public init(_ count: Count) { self.count = count }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Frames, _ pass: Pass) -> (Frames, Saved) {
    let texts = x.sequences.count
    let output: PackedSequences
    switch count {
    case .fixed(let k):
      output = PackedSequences(lengths: repeatElement(k, count: texts), count: texts, workspace: pass.workspace)
    case .half:
      let lengths = (0..<texts).lazy.map { (x.sequences.rows(of: $0).count + 1) / 2 }
      output = PackedSequences(lengths: lengths, count: texts, workspace: pass.workspace)
    }
    let y = pass.tensor(rows: output.rows, columns: x.values.columns)
    let winners = pass.workspace.indices(count: y.count)
    pass.device.keepLargest(
      x.values, x.sequences, kept: output, winners: winners, into: y, workspace: pass.workspace)
    pass.record(.kMaxPooling, y, reading: [x.values])
    return (Frames(values: y, sequences: output), Saved(input: x.sequences, output: output, winners: winners))
  }

  /// Gives each gradient to the row whose value was kept.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    let dx = pass.tensor(rows: saved.input.rows, columns: dy.columns)
    pass.device.keepLargestGradient(dy, saved.input, kept: saved.output, winners: saved.winners, into: dx)
    return dx
  }
}
