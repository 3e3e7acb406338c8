public import CharCNNNetworks

extension CharacterLanguageModel: FeatureExtractor {
  /// Numbers of a vector; see ``FeatureExtractor``.
  public func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    try featureLayer(options).channels
  }

  /// The vectors of some texts; see ``FeatureExtractor``. A text's own vector is made of the rows of its characters, as a
  /// word's is: nothing in the network stands for a whole text.
  ///
  /// The rows of a causal model know the characters up to their own, those of a masked model the characters on both sides.
  /// A word or character beyond the `maximumLength` of the text settings gets zeros.
  public func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    let reader = FeatureReader(encoder: encoder, store: store, device: device, workspaces: workspaces)
    return try reader.features(of: texts, layer: featureLayer(options), options) { _ = network.rows(of: $0, $1) }
  }

  private func featureLayer(_ options: FeatureOptions) throws(ConfigurationError) -> RowLayer {
    try RowLayer.chosen(by: options, of: network.configuration.rowLayers)
  }
}
