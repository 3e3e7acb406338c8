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
  ///   - reading: How the texts are read.
  func source(_ path: String, reading: DataArguments) throws -> EmbeddedTextSource {
    try source(path, vectors: vectors, reading: reading)
  }

  /// Opens texts that choose the best model, and their vectors.
  ///
  /// - Parameters:
  ///   - path: The texts.
  ///   - vectors: The file of their vectors; nil where they stand beside the texts.
  ///   - reading: How the texts are read.
  func validation(_ path: String, vectors: String?, reading: DataArguments) throws -> EmbeddedTextSource {
    do throws(DataError) { return try source(path, vectors: vectors, reading: reading) } catch {
      guard vectors == nil, error.kind == .missingColumn else { throw error }
      throw ValidationError(
        "--validation needs the vectors of its texts: --validation-vectors, or a field of JSON lines")
    }
  }

  private func source(
    _ path: String, vectors: String?, reading: DataArguments
  ) throws(DataError) -> EmbeddedTextSource {
    try EmbeddedTextSource(
      path: path,
      options: EmbeddedTextSource.Options(
        vectors: vectors, field: vectorField, data: reading.options(needsLabels: false)))
  }
}
#endif
