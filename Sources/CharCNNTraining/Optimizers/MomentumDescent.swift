public import CharCNNCompute
public import CharCNNNetworks

/// Stochastic gradient descent with momentum (Polyak 1964), as PyTorch's SGD without dampening. Weight decay is added to
/// the gradient of the parameters that ask for it.
public final class MomentumDescent: Optimizer {
  private let velocity: DeviceMemory
  public var ranges: UpdateRanges
  private let settings: TrainingSettings
  public var updates = 0

  /// An optimizer at rest.
  public init(layout: ParameterLayout, settings: TrainingSettings) {
    self.settings = settings
    velocity = DeviceMemory(count: layout.trainedCount)
    ranges = UpdateRanges(layout: layout) { _ in true }
  }

  public var state: [(name: String, memory: DeviceMemory)] { [("velocity", velocity)] }

  public func update(
    _ store: ParameterStore, gradients: DeviceMemory, rate: Float, gradientScale: Float, device: any Device
  ) {
    updates += 1
    for element in ranges {
      let range = element.range
      let step = SGDStep(
        rate: rate, momentum: settings.momentum,
        weightDecay: element.decays ? settings.weightDecay : 0,
        gradientScale: gradientScale)
      device.descend(
        step, parameters: store.values.row(range), gradients: gradients.row(range), velocity: velocity.row(range))
    }
  }
}
