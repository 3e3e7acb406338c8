public import CharCNNNetworks

extension TextClassifier: FeatureExtractor {
  /// Numbers of a vector; see ``FeatureExtractor``.
  public func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    switch try featureSource(options) {
    case .rows(let layer): return layer.channels
    case .whole:
      guard let weight = network.parameters.all.first(where: { $0.name == "output.weight" }) else {
        throw ConfigurationError(setting: "the model", problem: "has no layer that gives the scores")
      }
      return weight.shape[1]
    }
  }

  /// The vectors of some texts; see ``FeatureExtractor``. A text's own vector is what the scores are computed from.
  ///
  /// They are the network's own: the n-grams beside it have no part in them. Where pooling or strides made one row of
  /// several characters, these share a vector. A word or character beyond the longest text that the model reads gets zeros.
  public func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    let reader = FeatureReader(
      encoder: encoder, length: network.length, store: store, device: device, workspaces: workspaces)
    func forward(_ batch: CharacterBatch, _ pass: Pass) { _ = network.probabilities(batch, pass) }
    switch try featureSource(options) {
    case .rows(let layer): return try reader.features(of: texts, layer: layer, options, forward: forward)
    case .whole:
      return try reader.features(
        of: texts, row: "output.input", dimension: featureDimension(options), forward: forward)
    }
  }

  private func featureSource(_ options: FeatureOptions) throws(ConfigurationError) -> FeatureSource {
    guard architecture.hasNetwork else {
      throw ConfigurationError(
        setting: "the model", problem: "is of n-grams alone, which make no vectors",
        advice: "give a model with a network")
    }
    return try FeatureSource(options, layers: architecture.rowLayers, model: architecture.name)
  }
}
