import CharCNNNetworks

/// The vectors of a model that judges whole texts by one network: what its scores are computed from, or rows of a layer.
struct WholeTextFeatures {
  let architecture: Architecture
  let network: any TextNetwork
  let reader: FeatureReader

  /// Numbers of a vector.
  func dimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    switch try source(options) {
    case .rows(let layer): return layer.channels
    case .whole:
      guard let weight = network.parameters.all.first(where: { $0.name == "output.weight" }) else {
        throw ConfigurationError(setting: "the model", problem: "has no layer that gives the scores")
      }
      return weight.shape[1]
    }
  }

  /// The vectors of some texts.
  func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    func forward(_ batch: CharacterBatch, _ pass: Pass) { _ = network.probabilities(batch, pass) }
    switch try source(options) {
    case .rows(let layer): return try reader.features(of: texts, layer: layer, options, forward: forward)
    case .whole:
      return try reader.features(of: texts, row: "output.input", dimension: dimension(options), forward: forward)
    }
  }

  private func source(_ options: FeatureOptions) throws(ConfigurationError) -> FeatureSource {
    guard architecture.hasNetwork else {
      throw ConfigurationError(
        setting: "the model", problem: "is of n-grams alone, which make no vectors",
        advice: "give a model with a network")
    }
    return try FeatureSource(options, layers: architecture.rowLayers, model: architecture.name)
  }
}
