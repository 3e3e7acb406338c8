public import CharCNNCompute

/// Which normalization follows a convolution.
public enum NormalizationKind: String, SettingValue, CaseIterable {
  case none
  /// Over the channels of each row (Ba 2016).
  case layer
  /// Over the rows of the batch (Ioffe & Szegedy 2015), with running statistics for prediction.
  case batch
}

/// Layer or batch normalization with trained scale and shift.
enum Normalization: Sendable {
  case layer(LayerNormalization)
  case batch(BatchNormalization)

  enum Saved {
    case layer(LayerNormalization.Saved)
    case batch(BatchNormalization.Saved)
  }

  init?(_ kind: NormalizationKind, channels: Int, builder: inout ParameterBuilder) {
    switch kind {
    case .none: return nil
    case .layer: self = .layer(LayerNormalization(channels: channels, builder: &builder))
    case .batch: self = .batch(BatchNormalization(channels: channels, builder: &builder))
    }
  }

  /// The output, and what the backward pass needs.
  func forward(_ x: Tensor, _ pass: Pass) -> (Tensor, Saved) {
    var walk = RowWalk(capacity: 1, pass)
    defer { walk.run(pass) }
    return forward(x, in: &walk, pass)
  }

  /// The output, which may be written no earlier than the walk is done.
  func forward(_ x: Tensor, in walk: inout RowWalk, _ pass: Pass) -> (Tensor, Saved) {
    switch self {
    case .layer(let layer):
      let (y, saved) = layer.forward(x, in: &walk, pass)
      return (y, .layer(saved))
    case .batch(let layer):
      let (y, saved) = layer.forward(x, pass)
      return (y, .batch(saved))
    }
  }

  /// What it does to a row in prediction.
  func rows(_ pass: Pass) -> RowNormalization {
    switch self {
    case .layer(let layer):
      return .layer(gamma: pass.value(layer.gamma), beta: pass.value(layer.beta), epsilon: LayerNormalization.epsilon)
    case .batch(let layer):
      return .batch(
        mean: pass.value(layer.runningMean), reciprocalDeviation: layer.runningReciprocalDeviation(pass),
        gamma: pass.value(layer.gamma), beta: pass.value(layer.beta))
    }
  }

  /// Inverts the normalization at the end of a walk, which is done then.
  func backward(_ dy: Tensor, _ saved: Saved, in walk: inout RowWalk, _ pass: Pass) -> Tensor {
    switch (self, saved) {
    case (.layer(let layer), .layer(let saved)): return layer.backward(dy, saved, in: &walk, pass)
    case (.batch(let layer), .batch(let saved)):
      walk.run(pass)
      return layer.backward(dy, saved, pass)
    default: preconditionFailure("saved state of another layer")
    }
  }
}

/// Layer normalization (Ba, Kiros, Hinton 2016, "Layer Normalization"), epsilon 1e-5 as in PyTorch.
public struct LayerNormalization: Sendable {
  static let epsilon: Float = 1e-5
  let gamma: Parameter
  let beta: Parameter

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let x: Tensor
    let statistics: Tensor
  }

  /// Lays out its parameters.
  public init(channels: Int, builder: inout ParameterBuilder) {
    gamma = builder.add("weight", shape: [channels], initialization: .ones, decays: false)
    beta = builder.add("bias", shape: [channels], initialization: .zeros, decays: false)
  }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Tensor, _ pass: Pass) -> (Tensor, Saved) {
    var walk = RowWalk(capacity: 1, pass)
    defer { walk.run(pass) }
    return forward(x, in: &walk, pass)
  }

  /// Inverts the normalization of each row.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    var walk = RowWalk(capacity: 1, pass)
    return backward(dy, saved, in: &walk, pass)
  }

  /// As ``forward(_:_:)``, with an output that is written no earlier than the walk is done.
  func forward(_ x: Tensor, in walk: inout RowWalk, _ pass: Pass) -> (Tensor, Saved) {
    let y = pass.tensor(rows: x.rows, columns: x.columns)
    let statistics = pass.tensor(rows: x.rows, columns: 2)
    walk.append(
      .layerNormalize(
        x, gamma: pass.value(gamma), beta: pass.value(beta), epsilon: Self.epsilon, statistics: statistics, into: y),
      pass)
    pass.record(.normalization(.layer), y, of: gamma, reading: [x])
    return (y, Saved(x: x, statistics: statistics))
  }

  /// As ``backward(_:_:_:)``, at the end of a walk, which is done then.
  func backward(_ dy: Tensor, _ saved: Saved, in walk: inout RowWalk, _ pass: Pass) -> Tensor {
    let dx = pass.tensor(rows: dy.rows, columns: dy.columns)
    walk.append(
      .layerNormalizeGradient(
        saved.x, gamma: pass.value(gamma), statistics: saved.statistics, dy: dy, into: dx), pass)
    walk.run(pass)
    // Sums over all rows, once all rows are there.
    pass.device.addLayerNormalizeGradients(
      saved.x, statistics: saved.statistics, dy: dy, addGamma: pass.gradientOrScratch(gamma),
      addBeta: pass.gradientOrScratch(beta))
    return dx
  }
}

/// Batch normalization (Ioffe & Szegedy 2015, "Batch Normalization"), epsilon 1e-5 and momentum 0.1 as in PyTorch: the
/// running variance is the unbiased one. Only real rows count, since packed sequences have no padding.
public struct BatchNormalization: Sendable {
  static let epsilon: Float = 1e-5
  static let momentum: Float = 0.1
  let gamma: Parameter
  let beta: Parameter
  let runningMean: Parameter
  let runningVariance: Parameter

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let x: Tensor
    let mean: Tensor
    let reciprocalDeviation: Tensor
  }

  /// Lays out its parameters.
  public init(channels: Int, builder: inout ParameterBuilder) {
    gamma = builder.add("weight", shape: [channels], initialization: .ones, decays: false)
    beta = builder.add("bias", shape: [channels], initialization: .zeros, decays: false)
    runningMean = builder.addState("running_mean", shape: [channels], initialization: .zeros)
    runningVariance = builder.addState("running_var", shape: [channels], initialization: .ones)
  }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Tensor, _ pass: Pass) -> (Tensor, Saved) {
    let device = pass.device
    let reciprocalDeviation: Tensor
    let mean: Tensor
    if pass.isTraining {
      reciprocalDeviation = pass.tensor(rows: 1, columns: x.columns)
      mean = pass.tensor(rows: 1, columns: x.columns)
      let variance = pass.tensor(rows: 1, columns: x.columns)
      device.columnMoments(x, mean: mean, variance: variance)
      device.reciprocalRoot(variance, epsilon: Self.epsilon, into: reciprocalDeviation)
      let unbiased = Float(x.rows) / Float(max(x.rows - 1, 1))
      device.blend(mean, alpha: Self.momentum, beta: 1 - Self.momentum, into: pass.value(runningMean))
      device.blend(
        variance, alpha: Self.momentum * unbiased, beta: 1 - Self.momentum, into: pass.value(runningVariance))
    } else {
      mean = pass.value(runningMean)
      reciprocalDeviation = runningReciprocalDeviation(pass)
    }
    let y = pass.tensor(rows: x.rows, columns: x.columns)
    device.batchNormalize(
      x, mean: mean, reciprocalDeviation: reciprocalDeviation, gamma: pass.value(gamma), beta: pass.value(beta), into: y
    )
    pass.record(.normalization(.batch), y, of: gamma, reading: [x])
    return (y, Saved(x: x, mean: mean, reciprocalDeviation: reciprocalDeviation))
  }

  /// One over the running deviation, which prediction divides by.
  func runningReciprocalDeviation(_ pass: Pass) -> Tensor {
    let variance = pass.value(runningVariance)
    let reciprocalDeviation = pass.tensor(rows: 1, columns: variance.count)
    pass.device.reciprocalRoot(variance, epsilon: Self.epsilon, into: reciprocalDeviation)
    return reciprocalDeviation
  }

  /// Inverts the normalization, in training through the batch's own mean and variance. In prediction these are constants, and
  /// the gradient is the normalization of dy without its shifts.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    let dx = pass.tensor(rows: dy.rows, columns: dy.columns)
    guard pass.isTraining else {
      let zeros = pass.tensor(rows: 1, columns: dy.columns)
      pass.device.fill(zeros, with: 0)
      pass.device.batchNormalize(
        dy, mean: zeros, reciprocalDeviation: saved.reciprocalDeviation, gamma: pass.value(gamma), beta: zeros, into: dx
      )
      return dx
    }
    pass.device.batchNormalizeGradient(
      saved.x, mean: saved.mean, reciprocalDeviation: saved.reciprocalDeviation, gamma: pass.value(gamma), dy: dy,
      into: dx, addGamma: pass.gradient(gamma), addBeta: pass.gradient(beta), workspace: pass.workspace)
    return dx
  }
}
