/// The numbers of one update by stochastic gradient descent with momentum (Polyak 1964, in PyTorch's form without
/// dampening): v = momentum v + g, p -= rate v.
public struct SGDStep: Sendable {
  /// Learning rate.
  public var rate: Float
  /// Part of the velocity that is kept.
  public var momentum: Float
  /// Multiplies the parameters; added to the gradient.
  public var weightDecay: Float
  /// Factor on the gradient, from clipping.
  public var gradientScale: Float

  /// One update's numbers.
  public init(rate: Float, momentum: Float, weightDecay: Float, gradientScale: Float) {
    self.rate = rate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.gradientScale = gradientScale
  }
}

/// The numbers of one Adadelta update (Zeiler 2012, "ADADELTA: an adaptive learning rate method").
public struct AdadeltaStep: Sendable {
  /// Factor on the step; 1 in the paper.
  public var rate: Float
  /// Decay of both running means of squares.
  public var rho: Float
  /// Added to both means under the root.
  public var epsilon: Float
  /// Multiplies the parameters; added to the gradient.
  public var weightDecay: Float
  /// Factor on the gradient, from clipping.
  public var gradientScale: Float

  /// One update's numbers.
  public init(rate: Float, rho: Float, epsilon: Float, weightDecay: Float, gradientScale: Float) {
    self.rate = rate
    self.rho = rho
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.gradientScale = gradientScale
  }
}

/// Which vectors of a matrix are meant.
public enum MatrixVectors: Sendable {
  /// One vector a row.
  case rows
  /// One vector a column.
  case columns
}
