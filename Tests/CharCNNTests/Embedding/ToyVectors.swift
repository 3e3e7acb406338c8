import CharCNNToolkit

/// Made-up texts, and the vectors of a made-up teacher: each word points somewhere, and a text where its words do.
enum ToyVectors {
  static let dimension = 8
  private static let words = [
    "river", "lake", "water", "stone", "rock", "hill", "bread", "cheese", "apple", "train", "bus", "road", "song",
    "drum", "flute", "rain", "snow", "wind",
  ]

  /// Where a word points: those of a group of three near one another.
  private static func direction(_ word: Int) -> [Float] {
    func values(_ seed: UInt64) -> [Float] {
      var stream = RandomStream(key: Randomness(seed: seed).key(.test))
      return (0..<dimension).map { _ in Float(stream.below(2_001)) / 1_000 - 1 }
    }
    return zip(values(UInt64(100 + word / 3)), values(UInt64(200 + word))).map { $0 + 0.3 * $1 }
  }

  /// The words of texts.
  private static func drawn(_ count: Int, seed: UInt64) -> [[Int]] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in
      let group = stream.below(6)
      // Three words of a group, and one of any.
      return (0..<3).map { _ in 3 * group + stream.below(3) } + [stream.below(words.count)]
    }
  }

  /// Texts with vectors.
  ///
  /// - Parameter length: The length of all vectors; nil leaves them as they come.
  static func texts(_ count: Int, seed: UInt64 = 1, length: Float? = 1) -> [EmbeddedText] {
    drawn(count, seed: seed).map { drawn in
      var vector = [Float](repeating: 0, count: dimension)
      for word in drawn { for (place, value) in direction(word).enumerated() { vector[place] += value } }
      if let length {
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        vector = vector.map { $0 / norm * length }
      }
      return EmbeddedText(drawn.map { words[$0] }.joined(separator: " "), vector: vector)
    }
  }

  /// Words that point in about the same direction.
  static let groups = stride(from: 0, to: words.count, by: 3).map { Array(words[$0..<$0 + 3]) }

  /// Writes a base that knows all words.
  static func writeBase(to path: String) throws {
    try TextEmbedder.train(on: Examples(texts(900)), options: options(["hidden=none", "epochs=20"])).model.write(
      to: path)
  }

  /// A small network and a short run.
  static func options(_ assignments: [String] = []) throws -> TextEmbedder.Options {
    var options = TextEmbedder.Options()
    options.threads = 1
    for assignment in ["rank=8", "hidden=16", "epochs=6", "batchTexts=16", "rate=0.01", "ngramRate=0.03"] + assignments
    {
      try options.set(assignment)
    }
    return options
  }
}
