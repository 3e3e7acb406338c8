import CharCNNCompute
import CharCNNNetworks
import CharCNNText

/// Vectors of a file that the character embedding starts from.
struct StartingEmbeddings {
  private let vectors: CharacterVectors
  private let path: String
  private let isFrozen: Bool

  /// Reads the file that the options name and checks that it fits their network; nil where they name none.
  ///
  /// - Throws: `DataError` for a faulty file; ``ConfigurationError`` where the network has no embedding of that dimension.
  init?(_ options: ClassificationOptions) throws {
    guard let path = options.embeddings else {
      if options.embeddingsFrozen {
        throw ConfigurationError(
          setting: "embeddingsFrozen", problem: "needs vectors to start from",
          advice: "name a .vec file (embeddings)")
      }
      guard !options.architecture.configuration.requiresVectors else {
        throw ConfigurationError(
          setting: "embeddings", problem: "are needed by this variant of \(options.architecture.name)",
          advice: "name a .vec file"
        )
      }
      return nil
    }
    if let kim = options.architecture.configuration as? KimConfiguration {
      try Self.check(kim.variant, frozen: options.embeddingsFrozen)
    }
    var trial = options.architecture
    trial.setSizes(alphabetSize: max(trial.configuration.alphabetSize, 2), classes: max(trial.configuration.classes, 2))
    let tables = try trial.makeNetwork().parameters.characterEmbeddings
    guard let dimension = tables.first?.shape[1] else {
      throw ConfigurationError(
        setting: "embeddings", problem: "cannot be used: the network \(options.architecture.name) has no embedding")
    }
    vectors = try CharacterVectors(path: path)
    guard vectors.dimension == dimension else {
      throw ConfigurationError(
        setting: "embedding",
        problem: "is \(dimension), and the vectors of \(path) have \(vectors.dimension) numbers; both must agree "
          + "(`embedding=\(vectors.dimension)`)")
    }
    self.path = path
    isFrozen = options.embeddingsFrozen
  }

  /// A variant of Kim's network says itself what becomes of the vectors.
  private static func check(_ variant: KimVariant, frozen: Bool) throws(ConfigurationError) {
    switch variant {
    case .rand:
      throw ConfigurationError(
        setting: "variant",
        problem: "is rand, which starts at random",
        advice: "with vectors it is static, non-static or multichannel")
    case .nonStatic where frozen, .multichannel where frozen:
      throw ConfigurationError(
        setting: "embeddingsFrozen",
        problem: "contradicts the variant \(variant), which trains vectors", advice: "static does not")
    case .static, .nonStatic, .multichannel: break
    }
  }

  /// Writes the vectors of the alphabet's characters into every embedding of the store.
  ///
  /// - Returns: One line each: what the user should know.
  func load(into store: ParameterStore, alphabet: Alphabet, device: any Device) -> [String] {
    let found = alphabet.units.count { vectors[$0] != nil }
    for table in store.layout.characterEmbeddings {
      var values = store.read(table, device: device)
      func set(_ row: Int, _ vector: some Collection<Float>) {
        values.replaceSubrange(row * vectors.dimension..<(row + 1) * vectors.dimension, with: vector)
      }
      if let unknown = vectors.unknown { set(Int(Alphabet.unknown), unknown) }
      for (number, unit) in alphabet.units.enumerated() {
        if let vector = vectors[unit] { set(number + 1, vector) }
      }
      store.write(values, to: table, device: device)
    }
    if found == alphabet.units.count { return [] }
    let stays = isFrozen || store.layout.characterEmbeddings.allSatisfy { $0.role == .state }
    let fate = stays ? "stay random, because the embedding is frozen" : "start at random"
    return ["\(path) has vectors of \(found) of the \(alphabet.units.count) characters; the others \(fate)"]
  }
}

extension ParameterLayout {
  /// Names of the tables of character embeddings.
  var embeddingNames: Set<String> { Set(characterEmbeddings.map(\.name)) }

  /// The tables [alphabet, dimension] of character embeddings, trained ones first.
  var characterEmbeddings: [Parameter] {
    (trained + state).filter { $0.part == .embedding && $0.shape.count == 2 }
  }
}
