public import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
public import CharCNNText

extension TextClassifier {
  /// The character embedding as vectors; nil for a network without one. Of several tables it is the trained one.
  public var embeddings: CharacterVectors? {
    // The rows of a table have its number of columns, of which there is one at least.
    network.parameters.characterEmbeddings.first.flatMap { try? vectors(of: $0) }
  }

  private func vectors(of table: Parameter) throws(ValueError) -> CharacterVectors {
    let dimension = table.shape[1]
    let values = store.read(table, device: device)
    func row(_ number: Int) -> ArraySlice<Float> { values[number * dimension..<(number + 1) * dimension] }
    var vectors = try CharacterVectors(dimension: dimension)
    try vectors.setUnknown(row(Int(Alphabet.unknown)))
    // Units of an alphabet are distinct, so every one is added.
    for (number, unit) in alphabet.units.enumerated() { _ = try vectors.add(unit, row(number + 1)) }
    return vectors
  }

  /// Writes the character embedding as a `.vec` file, the text format of word2vec and fastText.
  ///
  /// - Parameters:
  ///   - location: The file, a path or a URL.
  ///   - overwrite: Replaces a file that is there.
  /// - Throws: ``ConfigurationError`` where the network has no embedding; `StorageError` when the file cannot be written.
  public func writeEmbeddings(to location: some FileLocation, overwrite: Bool = false) throws {
    guard let embeddings else {
      throw ConfigurationError(setting: "embeddings", problem: "cannot be written: \(architecture.name) has none")
    }
    try AtomicFile.write(Array(embeddings.fileText().utf8), to: location.filePath, overwrite: overwrite)
  }
}
