extension FeatureWriter {
  /// A form in which features are written.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Format: String, Sendable, CaseIterable {
    /// The tensors `vectors` [vectors, dimension] (F32), `texts` [texts + 1] (I64: where each text's vectors begin) and, for
    /// words and characters, `ranges` and `utf8Ranges` [vectors, 2] (I64: their places in the text, by Unicode scalars and by
    /// bytes).
    case safetensors
    /// The vectors as a NumPy array [vectors, dimension].
    case npy
    /// A JSON object for each text, with its vectors and their ranges.
    case jsonLines = "jsonl"

    /// The format that a file's name ends with; nil for any other ending.
    public init?(path: String) {
      guard let dot = path.lastIndex(of: "."), let format = Self(rawValue: path[path.index(after: dot)...].lowercased())
      else { return nil }
      self = format
    }
  }
}
