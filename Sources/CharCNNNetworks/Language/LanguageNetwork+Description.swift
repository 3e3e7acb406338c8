extension LanguageNetwork {
  /// One entry a layer, in order, for tables.
  public var layers: [LayerDescription] {
    // Up to the pooling of the text a classifier of the same settings has the same layers.
    var result = (try? GatedNetwork(configuration).layers) ?? []
    if let end = result.firstIndex(where: { $0.name == "global" }) { result.removeSubrange(end...) }
    let channels = encoder.channels
    let (alphabet, dimension) = (configuration.alphabetSize, configuration.embedding)
    result.append(
      .row(
        "output.normalization", "layer normalization", rows: "L", channels: channels, operations: 8 * channels,
        parameters))
    result.append(
      .row(
        "output.projection", "fully connected", rows: "L", channels: dimension, operations: 2 * channels * dimension,
        parameters))
    result.append(
      LayerDescription(
        name: "output", kind: "products with the embeddings", rows: "L", channels: alphabet, parameters: alphabet,
        operations: 2 * Double(alphabet * dimension), isPerText: false))
    return result
  }
}
