public import CharCNNCompute
public import CharCNNNetworks

/// AdamW (Loshchilov & Hutter 2019): Adam (Kingma & Ba 2015) with weight decay apart from the gradient. Decay applies to
/// the parameters that ask for it.
public final class AdamW {
  private let moment1: DeviceMemory
  private let moment2: DeviceMemory
  /// Neighbouring parameters with the same decay, as ranges of the flat vector.
  private let ranges: [(range: Range<Int>, decays: Bool)]
  private let settings: TrainingSettings
  /// Updates so far.
  public private(set) var updates = 0

  /// An optimizer with zero moments.
  public init(layout: ParameterLayout, settings: TrainingSettings) {
    self.settings = settings
    moment1 = DeviceMemory(count: layout.trainedCount)
    moment2 = DeviceMemory(count: layout.trainedCount)
    var ranges: [(range: Range<Int>, decays: Bool)] = []
    for parameter in layout.trained {
      let range = parameter.offset..<parameter.offset + parameter.count
      if let last = ranges.last, last.decays == parameter.decays {
        ranges[ranges.count - 1].range = last.range.lowerBound..<range.upperBound
      } else {
        ranges.append((range, parameter.decays))
      }
    }
    self.ranges = ranges
  }

  /// Updates all trained values.
  ///
  /// - Parameters:
  ///   - store: The parameters.
  ///   - gradients: Laid out as the parameters are.
  ///   - rate: Learning rate.
  ///   - gradientScale: Factor on the gradients, from clipping.
  ///   - device: Does the arithmetic.
  public func update(
    _ store: ParameterStore, gradients: DeviceMemory, rate: Float, gradientScale: Float, device: any Device
  ) {
    updates += 1
    for (range, decays) in ranges {
      let step = AdamWStep(
        beta1: settings.beta1, beta2: settings.beta2, epsilon: 1e-8, rate: rate,
        weightDecay: decays ? settings.weightDecay : 0, gradientScale: gradientScale, number: updates)
      func window(_ memory: DeviceMemory) -> Tensor {
        memory.tensor(at: range.lowerBound, rows: 1, columns: range.count)
      }
      device.adamW(
        step, parameters: window(store.values), gradients: window(gradients), moment1: window(moment1),
        moment2: window(moment2))
    }
  }
}
