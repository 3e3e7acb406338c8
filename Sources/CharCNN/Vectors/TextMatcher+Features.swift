public import CharCNNNetworks

extension TextMatcher: FeatureExtractor {
  /// Numbers of a vector; see ``FeatureExtractor``.
  public func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    switch try featureSource(options) {
    case .whole: dimension
    case .rows(let layer): layer.channels
    }
  }

  /// The vectors of some texts; see ``FeatureExtractor``. A text's own vector is that of ``vectors(for:)``, whose cosine a
  /// contrastive matcher answers with; words and characters get rows of the tower's blocks, which no n-grams enter.
  public func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    switch try featureSource(options) {
    case .whole:
      let vectors = towerVectors(of: texts)
      return texts.enumerated().map { number, text in
        TextFeatures(
          ranges: [0..<text.utf8.count], dimension: dimension,
          values: Array(vectors[number * dimension..<(number + 1) * dimension]))
      }
    case .rows(let layer):
      let reader = FeatureReader(encoder: encoder, store: store, device: device, workspaces: workspaces)
      return try reader.features(of: texts, layer: layer, options) { _ = network.rows(of: $0, $1) }
    }
  }

  private func featureSource(_ options: FeatureOptions) throws(ConfigurationError) -> FeatureSource {
    try FeatureSource(options, layers: configuration.gated.rowLayers, model: "a matcher")
  }
}
