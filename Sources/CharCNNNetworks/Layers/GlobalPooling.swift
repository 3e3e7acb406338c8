public import CharCNNCompute

/// How the rows of a whole text become one vector.
public enum GlobalPoolingKind: String, SettingValue, CaseIterable {
  /// The largest value of each channel: "max over time" (Collobert 2011).
  case max
  /// The mean of each channel.
  case average
  /// Both, one after the other: twice as many channels.
  case maxAverage

  /// Channels after pooling.
  public func outputs(channels: Int) -> Int { self == .maxAverage ? 2 * channels : channels }

  var parts: [Pooling] {
    switch self {
    case .max: [.max]
    case .average: [.mean]
    case .maxAverage: [.max, .mean]
    }
  }
}

/// Pools each text to one row.
public struct GlobalPooling: Sendable {
  let kind: GlobalPoolingKind
  private let parts: [Pooling]

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let sequences: PackedSequences
    let maximumWinners: IndexTensor
    let meanWinners: IndexTensor
  }

  /// Lays out its parameters.
  public init(_ kind: GlobalPoolingKind) {
    self.kind = kind
    parts = kind.parts
  }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Frames, _ pass: Pass) -> (Tensor, Saved) {
    let channels = x.values.columns
    let y = pass.tensor(rows: x.sequences.count, columns: kind.outputs(channels: channels))
    let winners = pass.workspace.indices(count: 2 * x.sequences.count * channels)
    let saved = Saved(
      sequences: x.sequences, maximumWinners: winners.prefix(winners.count / 2),
      meanWinners: winners.suffix(winners.count / 2))
    for (number, pooling) in parts.enumerated() {
      pass.device.poolSegments(
        x.values, x.sequences, by: pooling, winners: pooling == .max ? saved.maximumWinners : saved.meanWinners,
        into: y.columns(number * channels..<(number + 1) * channels))
    }
    pass.record(.globalPooling(kind), y, reading: [x.values])
    return (y, saved)
  }

  /// Gives each gradient to the winning row, or an equal share to all rows of the text.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    let channels = dy.columns / parts.count
    let dx = pass.tensor(rows: saved.sequences.rows, columns: channels)
    for (number, pooling) in parts.enumerated() {
      let part = number == 0 ? dx : pass.tensor(rows: dx.rows, columns: channels)
      pass.device.poolSegmentsGradient(
        dy.columns(number * channels..<(number + 1) * channels), saved.sequences, by: pooling,
        winners: pooling == .max ? saved.maximumWinners : saved.meanWinners, into: part)
      if number > 0 { pass.device.add(part, to: dx) }
    }
    return dx
  }
}
