public import CharCNNNetworks

extension TextClassifier {
  /// How a model's weights are stored and multiplied, beside plain floats.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Quantization: String, Codable, Sendable, CaseIterable {
    /// Matrices in 8-bit integers: weights with a scale for each output, embeddings with one for each character, n-gram
    /// tables with one for about 64 elements. Activations become 7-bit integers by the range that they have in their text.
    case int8
  }

  /// How the weights are stored; nil for floats.
  public var quantization: Quantization? { store.isQuantized ? .int8 : nil }

  /// The same classifier in 8-bit integers: about a quarter of the size, and faster.
  ///
  /// Nothing has to be calibrated: each text's activations are scaled by their own range while it is predicted, so the
  /// answer depends on no other texts. The result predicts, is measured and is written like any classifier, and cannot be
  /// trained or quantized again; keep the original.
  ///
  /// - Throws: ``ConfigurationError`` where the classifier is quantized already, or of n-grams alone that were solved, which are in 8 bits.
  public func quantized() throws(ConfigurationError) -> TextClassifier {
    if isSolvedAlone {
      throw ConfigurationError(
        setting: "the model",
        problem: "is in 8-bit integers already: it is of n-grams alone that were solved, whose weights always are",
        advice: "use it as it is")
    }
    if quantization != nil {
      throw ConfigurationError(
        setting: "the model", problem: "is quantized already", advice: "quantize the one that it was made from")
    }
    return TextClassifier(
      architecture: architecture, ngrams: ngrams, linear: linear, network: network,
      store: store.quantized(device: device),
      encoder: encoder, labels: labelSet, device: device, record: record,
      columns: columns, detection: detection, cascade: cascade, several: several, rejection: rejection)
  }
}
