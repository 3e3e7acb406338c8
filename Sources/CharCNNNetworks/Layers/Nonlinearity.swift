public import CharCNNCompute

/// What follows a convolution: a gate that multiplies one half of the channels with a function of the other, or an
/// activation function.
public enum Nonlinearity: String, SettingValue, CaseIterable {
  /// Gated linear unit, a σ(b): half as many channels (Dauphin 2017; first half of the tutorial's eq. 3).
  case glu
  /// Both a σ(b) and a (1 - σ(b)): as many channels (the tutorial's eq. 3 in full).
  case complementary
  /// max(0, x).
  case relu
  /// x Φ(x).
  case gelu

  /// Channels that remain of `filters`.
  public func outputs(filters: Int) -> Int { self == .glu ? filters / 2 : filters }

  /// Whether the channels are halves [a | b].
  public var isGate: Bool { self == .glu || self == .complementary }

  /// What the device calls it.
  var function: RowFunction {
    switch self {
    case .glu, .complementary: .gate(complementary: self == .complementary)
    case .relu: .activation(.relu)
    case .gelu: .activation(.gelu)
    }
  }

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let x: Tensor
  }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Tensor, into y: Tensor, _ pass: Pass) -> Saved {
    switch self {
    case .glu, .complementary: pass.device.gate(x, complementary: self == .complementary, into: y)
    case .relu: pass.device.activate(x, .relu, into: y)
    case .gelu: pass.device.activate(x, .gelu, into: y)
    }
    pass.record(.nonlinearity(self), y, reading: [x])
    return Saved(x: x)
  }

  /// As ``forward(_:into:_:)``, with an output that is written no earlier than the walk is done.
  func forward(_ x: Tensor, into y: Tensor, in walk: inout RowWalk, _ pass: Pass) -> Saved {
    walk.append(.function(function, x, into: y), pass)
    pass.record(.nonlinearity(self), y, reading: [x])
    return Saved(x: x)
  }

  /// As ``backward(_:_:_:)``, with a gradient that is written no earlier than the walk is done.
  func backward(_ dy: Tensor, _ saved: Saved, in walk: inout RowWalk, _ pass: Pass) -> Tensor {
    let dx = pass.tensor(rows: saved.x.rows, columns: saved.x.columns)
    walk.append(.functionGradient(function, saved.x, dy: dy, into: dx), pass)
    return dx
  }

  /// Inverts the gate or activation.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    let dx = pass.tensor(rows: saved.x.rows, columns: saved.x.columns)
    switch self {
    case .glu, .complementary:
      pass.device.gateGradient(saved.x, complementary: self == .complementary, dy: dy, into: dx)
    case .relu: pass.device.activateGradient(saved.x, .relu, dy: dy, into: dx)
    case .gelu: pass.device.activateGradient(saved.x, .gelu, dy: dy, into: dx)
    }
    return dx
  }
}
