#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNText

/// Where the vectors are that a teacher gives texts.
struct VectorArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The vectors of the texts, row for row: .npy or .safetensors. (default: a field of JSON lines)", valueName: "file"
    ))
  var vectors: String?

  @Option(
    help: ArgumentHelp(
      "JSON lines: the field of the vectors. (default: the one with a list of numbers)", valueName: "field"))
  var vectorField: String?

  /// Whether anything was said.
  var isGiven: Bool { vectors != nil || vectorField != nil }

  func validate() throws {
    if vectors != nil, vectorField != nil {
      throw ValidationError("vectors are in a file of --vectors or in a --vector-field beside the texts, not in both")
    }
  }

  /// Opens texts and their vectors.
  ///
  /// - Parameters:
  ///   - path: The texts.
  ///   - vectors: Their vectors; nil for ``vectors``.
  ///   - reading: How the texts are read.
  func source(_ path: String, vectors: String? = nil, reading: DataArguments) throws -> EmbeddedTextSource {
    try EmbeddedTextSource(
      path: path,
      options: EmbeddedTextSource.Options(
        vectors: vectors ?? self.vectors, field: vectorField, data: reading.options(needsLabels: false)))
  }
}
#endif
