public import CharCNNCompute
public import CharCNNNetworks

/// AdamW (Loshchilov & Hutter 2019): Adam (Kingma & Ba 2015) with weight decay apart from the gradient. Decay applies to
/// the parameters that ask for it.
public final class AdamW: Optimizer {
  private let moment1: DeviceMemory
  private let moment2: DeviceMemory
  public var ranges: UpdateRanges
  private let settings: TrainingSettings
  public var updates = 0

  /// An optimizer with zero moments.
  public init(layout: ParameterLayout, settings: TrainingSettings) {
    self.settings = settings
    moment1 = DeviceMemory(count: layout.trainedCount)
    moment2 = DeviceMemory(count: layout.trainedCount)
    ranges = UpdateRanges(layout: layout) { _ in true }
  }

  public var state: [(name: String, memory: DeviceMemory)] { [("moment1", moment1), ("moment2", moment2)] }

  public func update(
    _ store: ParameterStore, gradients: DeviceMemory, rate: Float, gradientScale: Float, device: any Device
  ) {
    updates += 1
    for element in ranges {
      let range = element.range
      let step = AdamWStep(
        beta1: settings.beta1, beta2: settings.beta2, epsilon: 1e-8, rate: rate,
        weightDecay: element.decays ? settings.weightDecay : 0, gradientScale: gradientScale, number: updates)
      device.adamW(
        step, parameters: store.values.row(range), gradients: gradients.row(range), moment1: moment1.row(range),
        moment2: moment2.row(range))
    }
  }
}
