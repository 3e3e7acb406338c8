// Whether a model has products of floats. Only those have a precision: n-grams are sums, and a quantized model multiplies bytes.

extension TextClassifier {
  /// Whether it multiplies floats: in its network, or in the layers of a base whose vectors it looks at.
  package var multipliesFloats: Bool { !store.isQuantized && (architecture.hasNetwork || linear?.vectors != nil) }
}

extension TextRegressor {
  /// Whether it multiplies floats: in its network, or in the layers of a base whose vectors it looks at.
  package var multipliesFloats: Bool { architecture.hasNetwork && !store.isQuantized || linear?.vectors != nil }
}

extension TextMatcher {
  /// Whether it multiplies floats.
  package var multipliesFloats: Bool { !store.isQuantized || network.vectors != nil }
}

extension SequenceTagger {
  /// Whether it multiplies floats.
  package var multipliesFloats: Bool { !store.isQuantized || network.vectors != nil }
}

extension CharacterLanguageModel {
  /// Whether it multiplies floats.
  package var multipliesFloats: Bool { !store.isQuantized }
}

extension TextEmbedder {
  /// Whether it multiplies floats, which such a model always does.
  package var multipliesFloats: Bool { true }
}
