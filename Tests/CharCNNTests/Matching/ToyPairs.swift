import CharCNNToolkit

/// Small made-up pairs whose labels a small network learns in a few epochs.
enum ToyPairs {
  private static let things = ["cat", "tree", "river", "house", "stone", "lamp"]
  private static let verbs = ["sees", "finds", "holds"]

  /// Pairs with the label 1 where both texts speak of the same thing.
  static func labels(_ count: Int, seed: UInt64 = 1) -> [TextPair] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { number in
      let thing = stream.below(things.count)
      let other = number % 2 == 0 ? thing : (thing + 1 + stream.below(things.count - 1)) % things.count
      let (first, second) = (verbs[stream.below(verbs.count)], verbs[stream.below(verbs.count)])
      return TextPair(
        "she \(first) the \(things[thing])", "he \(second) a \(things[other])", label: number % 2 == 0 ? "1" : "0")
    }
  }

  /// Pairs whose score from 1 to 5 is the share of common words.
  static func scores(_ count: Int, seed: UInt64 = 1) -> [TextPair] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in
      let words = (0..<4).map { _ in things[stream.below(things.count)] }
      let kept = stream.below(5)
      let others = words.enumerated().map { $0 < kept ? $1 : verbs[stream.below(verbs.count)] }
      return TextPair(words.joined(separator: " "), others.joined(separator: " "), label: "\(1 + kept)")
    }
  }

  /// Pairs for an objective.
  static func pairs(_ objective: MatchingObjective, _ count: Int, seed: UInt64 = 1) -> Examples<TextPair> {
    Examples(objective == .regression ? scores(count, seed: seed) : labels(count, seed: seed), name: "toys")
  }

  /// A small network and a short run.
  static func options(_ objective: MatchingObjective, _ assignments: [String] = []) throws -> MatchingOptions {
    var options = MatchingOptions(objective)
    options.threads = 1
    let small = [
      "filters=16", "embedding=8", "blocks=2", "ngramBits=8", "ngramWidth=8", "hidden=16", "epochs=2", "batchTexts=8",
      "minimumCount=1", "rate=0.01", "dropout=0.1", "blockDropout=0", "characterDropout=0", "ngramDropout=0.1",
    ]
    for assignment in small + assignments { try options.set(assignment) }
    return options
  }
}
