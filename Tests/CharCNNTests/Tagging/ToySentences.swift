import CharCNNToolkit

/// Small made-up sentences whose tags a small network learns in a few epochs.
enum ToySentences {
  private static let words: [(tag: String, words: [String])] = [
    ("DET", ["the", "a", "this"]), ("ADJ", ["red", "small", "old", "quick"]),
    ("NOUN", ["cat", "tree", "river", "house", "stone"]), ("VERB", ["sees", "finds", "holds"]),
  ]
  private static let names = ["张三", "李四海", "王五"]
  private static let verbs = ["去", "看见", "说"]

  /// Words with parts of speech.
  static func words(_ count: Int, seed: UInt64 = 1) -> [TaggedSentence] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in
      let order = stream.below(2) == 0 ? [0, 2, 3, 0, 1, 2] : [0, 1, 2, 3]
      let chosen = order.map { ($0, words[$0].words[stream.below(words[$0].words.count)]) }
      return TaggedSentence(words: chosen.map(\.1), tags: chosen.map { words[$0.0].tag })
    }
  }

  /// Characters with the names of people in the given scheme.
  static func characters(_ count: Int, scheme: TagScheme = .bmes, seed: UInt64 = 1) -> [TaggedSentence] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in
      let name = names[stream.below(names.count)]
      let other = names[stream.below(names.count)]
      let verb = verbs[stream.below(verbs.count)]
      let text = Array(name + verb + other).map(String.init)
      let spans = [
        TagSpan(type: "PER", tokens: 0..<name.count),
        TagSpan(type: "PER", tokens: name.count + verb.count..<text.count),
      ]
      return TaggedSentence(words: text, tags: scheme.tags(of: spans, count: text.count))
    }
  }

  /// A small network and a short run.
  static func options(_ unit: TaggingUnit, _ assignments: [String] = []) throws -> TaggingOptions {
    var options = TaggingOptions(unit)
    options.threads = 1
    var small = [
      "filters=16", "embedding=8", "blocks=2", "dilations=1,2", "ngramBits=8", "epochs=2", "batchCharacters=60",
      "minimumCount=1", "rate=0.01", "dropout=0.1", "blockDropout=0.1", "inputDropout=0.1", "characterDropout=0",
      "ngramDropout=0.2",
    ]
    if unit == .word { small += ["characterFilters=4", "ngramWidth=8"] }
    for assignment in small + assignments { try options.set(assignment) }
    return options
  }
}
