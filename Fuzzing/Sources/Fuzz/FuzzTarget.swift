/// One reader and what must hold of it for any bytes whatsoever.
struct FuzzTarget: Sendable {
  /// Its name on the command line.
  let name: String
  /// Inputs to start from: valid ones, so that mutations reach what stands behind the first checks.
  let seeds: @Sendable () throws -> [[UInt8]]
  /// Reads the bytes. An error that is thrown by the reader is right; a trap, a hang, or much memory is not.
  let run: @Sendable ([UInt8]) -> Void

  static let all = [
    safetensors, manifest, configuration, model, alphabet, labels, tables, jsonLines, fastText, encodings, folders,
    vectors,
    thesaurus, encoder, settings, taggedText, textPairs, plainText, checkpoint,
  ]

  init(
    _ name: String, seeds: @escaping @Sendable () throws -> [[UInt8]], run: @escaping @Sendable ([UInt8]) throws -> Void
  ) {
    self.name = name
    self.seeds = seeds
    self.run = { bytes in
      do { try run(bytes) } catch { check(!"\(error)".isEmpty, "an error without words") }
    }
  }
}

/// Stops the fuzzer with the input at hand where what must hold does not.
func check(_ condition: Bool, _ problem: @autoclosure () -> String) {
  if !condition { fatalError(problem()) }
}
