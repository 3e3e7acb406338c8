import CharCNNToolkit

/// Made-up texts whose scores can be read off their words.
enum ToyScores {
  private static let others = ["table", "window", "river", "paper", "yellow", "garden", "seven", "often"]

  /// Texts in which a word occurs 0 to 4 times, which is their grade, among others.
  static func graded(_ count: Int, seed: UInt64 = 1) -> [(text: String, grade: Int)] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in
      let grade = stream.below(5)
      var words = (0..<4 + stream.below(4)).map { _ in others[stream.below(others.count)] }
      for _ in 0..<grade { words.insert("splendid", at: stream.below(words.count + 1)) }
      return (words.joined(separator: " "), grade)
    }
  }

  /// The texts with the number as their score, scaled and moved.
  static func texts(
    _ count: Int, seed: UInt64 = 1, factor: Double = 0.37, offset: Double = -1.5
  ) -> Examples<LabeledText> {
    Examples(
      graded(count, seed: seed).map { LabeledText($0.text, label: "\(offset + factor * Double($0.grade))") },
      name: "toys")
  }

  /// The texts with the number as their grade, from 1.
  static func grades(_ count: Int, seed: UInt64 = 1) -> Examples<LabeledText> {
    Examples(graded(count, seed: seed).map { LabeledText($0.text, label: "\($0.grade + 1)") }, name: "toys")
  }

  /// A small network and a short run.
  static func options(_ assignments: [String] = [], model: String? = nil) throws -> TextRegressor.Options {
    var options = TextRegressor.Options()
    if let model { try options.use(model: model) }
    options.threads = 1
    let network =
      model == "ngrams" ? [] : ["filters=16", "embedding=8", "blocks=2", "epochs=3", "batchTexts=32", "rate=0.01"]
    for assignment in network + ["minimumCount=1"] + assignments { try options.set(assignment) }
    return options
  }
}
