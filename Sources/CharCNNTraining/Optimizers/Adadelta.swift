public import CharCNNCompute
public import CharCNNNetworks

/// Adadelta (Zeiler 2012), which needs no learning rate: a rate of 1 is the paper's. Weight decay is added to the gradient
/// of the parameters that ask for it.
public final class Adadelta: Optimizer {
  private let squares: DeviceMemory
  private let deltas: DeviceMemory
  public var ranges: UpdateRanges
  private let settings: TrainingSettings
  public var updates = 0

  /// The paper's constant under the roots.
  private static let epsilon: Float = 1e-6

  /// An optimizer with zero means.
  public init(layout: ParameterLayout, settings: TrainingSettings) {
    self.settings = settings
    squares = DeviceMemory(count: layout.trainedCount)
    deltas = DeviceMemory(count: layout.trainedCount)
    ranges = UpdateRanges(layout: layout) { _ in true }
  }

  public var state: [(name: String, memory: DeviceMemory)] { [("squares", squares), ("deltas", deltas)] }

  public func update(
    _ store: ParameterStore, gradients: DeviceMemory, rate: Float, gradientScale: Float, device: any Device
  ) {
    updates += 1
    for element in ranges {
      let range = element.range
      let step = AdadeltaStep(
        rate: rate, rho: settings.rho, epsilon: Self.epsilon,
        weightDecay: element.decays ? settings.weightDecay : 0,
        gradientScale: gradientScale)
      device.adadelta(
        step, parameters: store.values.row(range), gradients: gradients.row(range), squares: squares.row(range),
        deltas: deltas.row(range))
    }
  }
}
