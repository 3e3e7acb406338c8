public import CharCNNNetworks

extension TextRegressor: FeatureExtractor {
  private var wholeTextFeatures: WholeTextFeatures {
    WholeTextFeatures(
      architecture: architecture, network: network,
      reader: FeatureReader(
        encoder: encoder, length: network.length, store: store, device: device, workspaces: workspaces))
  }

  /// Numbers of a vector; see ``FeatureExtractor``.
  public func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    try wholeTextFeatures.dimension(options)
  }

  /// The vectors of some texts; see ``FeatureExtractor``. A text's own vector is what the score is computed from.
  ///
  /// They are the network's own: the n-grams beside it have no part in them.
  public func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    try wholeTextFeatures.features(of: texts, options)
  }
}
