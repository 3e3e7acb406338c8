import CharCNNNetworks

/// Where in a network the vectors of an option come from, where it makes a vector of a whole text by itself.
enum FeatureSource {
  /// What the answer is computed from: a row a text.
  case whole
  /// A layer with rows along the text.
  case rows(RowLayer)

  /// What a network has for the options.
  ///
  /// - Parameters:
  ///   - options: Which vectors.
  ///   - layers: Layers with rows along the text.
  ///   - model: The network's name.
  init(_ options: FeatureOptions, layers: [RowLayer], model: String) throws(ConfigurationError) {
    if options.level == .text, options.layer == nil {
      self = .whole
      return
    }
    if layers.isEmpty {
      throw ConfigurationError(
        setting: options.layer == nil ? "level \(options.level.rawValue)" : "layer",
        problem: "needs a gated network; \(model) gives a vector for whole texts only")
    }
    self = .rows(try RowLayer.chosen(by: options, of: layers))
  }
}

extension RowLayer {
  /// The layer that the options name, or the last one.
  static func chosen(by options: FeatureOptions, of layers: [RowLayer]) throws(ConfigurationError) -> RowLayer {
    let last = layers.count - 1
    let layer = options.layer ?? last
    guard layers.indices.contains(layer) else {
      throw ConfigurationError(
        setting: "layer", problem: "must be 0 (the embedding) to \(last) (the last block), not \(layer)")
    }
    return layers[layer]
  }
}
