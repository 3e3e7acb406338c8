package import CharCNNNetworks

/// What each layer's learning rate is multiplied with: none for layers that stay as they are, less for those nearer to the
/// characters, and none yet for those that are released later (Howard & Ruder 2018, "ULMFiT").
///
/// A layer is what has one ``Parameter/Part``; the end of the network and its tables are one layer too, the last.
struct LayerRates {
  private let depths: [Parameter.Part: Int]
  private let layers: Int
  private let settings: TrainingSettings

  init(_ layout: ParameterLayout, settings: TrainingSettings) {
    let parts = layout.layers
    depths = Dictionary(parts.enumerated().map { ($1, $0) }) { first, _ in first }
    layers = parts.count
    self.settings = settings
  }

  /// Whether rates change in the course of a run.
  var isGradual: Bool { settings.unfreezing != nil }

  /// The factor of a parameter in an epoch, from 1.
  func factor(of parameter: Parameter, epoch: Int) -> Float {
    guard let depth = depths[parameter.part] else { return 1 }
    if depth < settings.frozenLayers ?? 0 { return 0 }
    let below = layers - depth
    if let unfreezing = settings.unfreezing, (epoch - 1) / unfreezing < below { return 0 }
    guard let decay = settings.layerDecay else { return 1 }
    return (0..<below).reduce(1) { factor, _ in factor * decay }
  }
}

extension ParameterLayout {
  /// The layers below the end of the network, from the characters up.
  fileprivate var layers: [Parameter.Part] {
    var layers: [Parameter.Part] = []
    for parameter in trained where !parameter.part.isOfTask && layers.last != parameter.part {
      layers.append(parameter.part)
    }
    return layers
  }
}

extension TrainingSettings {
  /// Settings of what is not a table: how its weights learn.
  private static let ofDenseWeights = ["optimizer", "rate", "weightDecay", "averaging"]

  /// One line each, where settings change nothing: every layer but the end of the network stays as it is, or only a table learns.
  package func warnings(for layout: ParameterLayout) -> [String] {
    if layout.trained.isEmpty, !layout.tables.isEmpty {
      let usual = TrainingSettings()
      let idle = Self.ofDenseWeights.filter { name in
        name == "rate" ? rate != nil && rate != usual.rate : value(of: name) != usual.value(of: name)
      }
      return idle.isEmpty
        ? []
        : [
          "\(idle.joined(separator: ", ")): without effect, since only a table of n-grams learns, whose settings are `ngramRate` and `ngramDecay`"
        ]
    }
    let layers = layout.layers.count
    guard let frozenLayers, frozenLayers >= layers else { return [] }
    return [
      "all \(layers) layers stay as they are (frozenLayers=\(frozenLayers)): only the end of the network and its tables learn"
    ]
  }
}
