package import CharCNNNetworks

/// What each layer's learning rate is multiplied with: none for layers that stay as they are, less for those nearer to the
/// characters, and none yet for those that are released later (Howard & Ruder 2018, "Universal Language Model Fine-tuning for
/// Text Classification").
///
/// A layer is what has a name of its own, or a name and a number: `embedding`, `blocks.0`. A word tagger's convolutions over
/// characters, which stand side by side, are one. The fully connected layers at the end, the conditional random field and the
/// n-grams are one layer too, the last.
struct LayerRates {
  private let depths: [String: Int]
  private let layers: Int
  private let frozenNames: Set<String>
  private let settings: TrainingSettings

  init(_ layout: ParameterLayout, settings: TrainingSettings, frozen: Set<String>) {
    let names = layout.layerNames
    depths = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    layers = names.count
    frozenNames = frozen
    self.settings = settings
  }

  /// Whether rates change in the course of a run.
  var isGradual: Bool { settings.unfreezing != nil }

  /// The factor of a parameter in an epoch, from 1.
  func factor(of parameter: Parameter, epoch: Int) -> Float {
    if frozenNames.contains(parameter.name) { return 0 }
    guard !parameter.isHead, let depth = depths[parameter.layerName] else { return 1 }
    if depth < settings.frozenLayers ?? 0 { return 0 }
    let below = layers - depth
    if let unfreezing = settings.unfreezing, (epoch - 1) / unfreezing < below { return 0 }
    guard let decay = settings.layerDecay else { return 1 }
    return (0..<below).reduce(1) { factor, _ in factor * decay }
  }
}

extension ParameterLayout {
  /// The layers below the end of the network, from the characters up.
  fileprivate var layerNames: [String] {
    var names: [String] = []
    for parameter in trained {
      let layer = parameter.layerName
      if !parameter.isHead, names.last != layer { names.append(layer) }
    }
    return names
  }
}

extension TrainingSettings {
  /// One line, where every layer but the end of the network stays as it is.
  package func warnings(for layout: ParameterLayout) -> [String] {
    let layers = layout.layerNames.count
    guard let frozenLayers, frozenLayers >= layers else { return [] }
    return [
      "all \(layers) layers stay as they are (frozenLayers=\(frozenLayers)): only the end of the network and n-grams learn"
    ]
  }
}

extension Parameter {
  /// Whether it belongs to the end of a network, which depends on what is learned: scores, and what leads to them.
  package var isHead: Bool {
    ["output", "crf", "hidden", "ngrams", "normalizations"].contains { name.hasPrefix($0 + ".") }
  }

  /// `blocks.0` of `blocks.0.convolutions.0.weight`, `embedding` of `embedding.weight`.
  fileprivate var layerName: String {
    let path = name.split(separator: ".")
    let isNumbered = path.count > 1 && Int(path[1]) != nil && path[0] != "characters"
    return path.prefix(isNumbered ? 2 : 1).joined(separator: ".")
  }
}
