import CharCNNNetworks
import CharCNNStorage

/// `ngrams.safetensors`: the n-grams of a language model as they were counted. Level k holds the sequences of k characters in
/// their order: `levels.K.characters` (the last of each), `levels.K.counts`, and, before the last level, `levels.K.firstChild`
/// (where the longer ones begin in the next level, and where they end). All are I32.
enum StoredNgrams {
  static let fileName = "ngrams.safetensors"

  private static func name(_ depth: Int, _ part: String) -> String { "levels.\(depth + 1).\(part)" }

  /// The file's bytes.
  static func encode(_ ngrams: CharacterNgrams) throws(StorageError) -> [UInt8] {
    var file = SafetensorsWriter(metadata: ["format": "pt"])
    for (depth, level) in ngrams.levels.enumerated() {
      try file.add(name(depth, "characters"), shape: [level.characters.count], level.characters)
      try file.add(name(depth, "counts"), shape: [level.counts.count], level.counts)
      if depth < ngrams.order - 1 {
        try file.add(name(depth, "firstChild"), shape: [level.firstChild.count], level.firstChild)
      }
    }
    return file.bytes()
  }

  /// Reads and checks everything: names, types, and that the levels are a tree over the alphabet.
  ///
  /// - Throws: `StorageError`.
  static func decode(_ file: SafetensorsFile, order: Int, alphabetSize: Int) throws(StorageError) -> CharacterNgrams {
    try file.expectOnly(
      (0..<order).flatMap { depth in
        (["characters", "counts"] + (depth < order - 1 ? ["firstChild"] : [])).map { name(depth, $0) }
      })
    var levels: [CharacterNgrams.Level] = []
    for depth in 0..<order {
      levels.append(
        CharacterNgrams.Level(
          characters: try file.int32s(name(depth, "characters")),
          firstChild: depth < order - 1 ? try file.int32s(name(depth, "firstChild")) : [],
          counts: try file.int32s(name(depth, "counts"))))
    }
    do throws(ConfigurationError) {
      return try CharacterNgrams(alphabetSize: alphabetSize, levels: levels)
    } catch {
      throw StorageError(
        .corrupted, path: file.path, problem: "the \(error.description)",
        advice: "train the model anew, or copy it again")
    }
  }
}
