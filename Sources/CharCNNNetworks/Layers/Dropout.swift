public import CharCNNCompute

/// Inverted dropout (Srivastava 2014, "Dropout"): in training each element is zeroed with the given rate and the others
/// are scaled up. The random stream is a function of the step and the layer, so the backward pass draws it again.
public struct Dropout: Sendable {
  let rate: Float
  private let stream: Int

  /// Lays out its parameters.
  public init(rate: Float, builder: inout ParameterBuilder) {
    self.rate = rate
    stream = builder.nextStream()
  }

  /// x itself in prediction or with rate 0.
  public func forward(_ x: Tensor, _ pass: Pass) -> Tensor { apply(x, pass) }

  /// The same elements are dropped from the gradient.
  public func backward(_ dy: Tensor, _ pass: Pass) -> Tensor { apply(dy, pass) }

  private func apply(_ x: Tensor, _ pass: Pass) -> Tensor {
    var walk = RowWalk(capacity: 1, pass)
    let y = apply(x, in: &walk, pass)
    walk.run(pass)
    return y
  }

  /// Forward and backward, with an output that is written no earlier than the walk is done.
  func apply(_ x: Tensor, in walk: inout RowWalk, _ pass: Pass) -> Tensor {
    guard rate > 0, let randomness = pass.randomness else { return x }
    let y = pass.tensor(rows: x.rows, columns: x.columns)
    walk.append(.dropout(x, rate: rate, key: randomness.key(.dropout, index: stream), into: y), pass)
    return y
  }
}
