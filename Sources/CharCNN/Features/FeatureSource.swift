/// Where in a network the vectors of an option come from.
enum FeatureSource {
  /// The input of the layer that gives the scores: a row a text.
  case head
  /// A layer with rows along the text.
  case rows(RowLayer)

  /// The name that the trace keeps.
  var name: String {
    switch self {
    case .head: "output.input"
    case .rows(let layer): layer.name
    }
  }

  /// What an architecture has for the options.
  init(_ options: FeatureOptions, _ architecture: Architecture) throws(ConfigurationError) {
    if options.level == .text, options.layer == nil {
      self = .head
      return
    }
    let layers = architecture.rowLayers
    guard let last = layers.indices.last else {
      throw ConfigurationError(
        setting: options.layer == nil ? "level \(options.level.rawValue)" : "layer",
        problem: "needs a gated network; \(architecture.name) gives a vector for whole texts only")
    }
    let layer = options.layer ?? last
    guard layers.indices.contains(layer) else {
      throw ConfigurationError(
        setting: "layer", problem: "must be 0 (the embedding) to \(last) (the last block), not \(layer)")
    }
    self = .rows(layers[layer])
  }
}
