import CharCNNCompute
import CharCNNNetworks

/// What the n-grams of a text say, and how it is mixed with what the network says.
package struct NgramVotes: Sendable {
  /// An n-gram of the text that the model knows.
  package struct Ngram: Sendable {
    /// What it is, in visible characters, with `^` and `$` for the marks before and behind the text; n-grams that share a row of a table
    /// stand beside each other.
    package let text: String
    /// What it is made of.
    package let kind: SettingWords
    /// For each time that it occurs, the ranges of characters that it is made of.
    package let places: [[Range<Int>]]
    /// What it adds to the score of each class, times what the n-grams count.
    package let scores: [Double]
  }

  /// What a part says.
  package struct Part: Sendable {
    /// Its score of each class.
    package let scores: [Double]
    /// What they are multiplied with.
    package let weight: Double
  }

  /// The n-grams, in no order.
  package let ngrams: [Ngram]
  /// What is added for each class without any n-gram, times what the n-grams count.
  package let bias: [Double]
  /// What the vector of a base adds for each class, times what the n-grams count; nil where there is none.
  package var vector: [Double]?
  /// All n-grams together.
  package let part: Part
  /// The network; nil where there is none, or where it is not asked.
  package let network: Part?

  /// The scores of all classes, both parts together.
  package var sums: [Double] {
    part.scores.indices.map { label in
      part.weight * part.scores[label] + (network.map { $0.weight * $0.scores[label] } ?? 0)
    }
  }

  /// How far an n-gram speaks for a class: more than for the mean class, where a text has one of them.
  package static func effect(_ scores: [Double], for label: Int, hasSeveral: Bool) -> Double {
    scores[label] - (hasSeveral ? 0 : scores.reduce(0, +) / Double(max(scores.count, 1)))
  }
}

extension TextClassifier {
  /// What the n-grams say of a text; nil for a model without n-grams.
  ///
  /// - Parameters:
  ///   - characters: As much of the text as any part reads.
  ///   - units: The same to look at.
  ///   - batch: What the network reads of it.
  ///   - isAlone: Whether the n-grams answer without the network.
  func ngramVotes(
    _ characters: [Int32], units: [String], batch: CharacterBatch, isAlone: Bool, workspace: Workspace
  ) -> NgramVotes? {
    let pass = Pass.prediction(device: device, workspace: workspace, store: store)
    guard let mixture = network.mixture else { return nil }
    let weights = device.read(store.tensor(mixture)).map { Double($0) }
    let weight = isAlone ? cascade?.weight ?? 1 : weights[weights.count - 1]
    let scores = network.partScores(of: batch, pass)
    func part(_ number: Int, _ weight: Double) -> NgramVotes.Part {
      NgramVotes.Part(scores: device.read(scores[number]).map { Double($0) }, weight: weight)
    }
    let own = part(scores.count - 1, weight)
    let deep = scores.count > 1 && !isAlone ? part(0, weights[0]) : nil
    func scaled(_ values: [Double]) -> [Double] { values.map { $0 * weight } }
    if let linear, let scorer = network.ngramScorer {
      var reader = linear.makeReader()
      let read = Array(characters.prefix(scorer.length))
      let shares = read.withUnsafeBufferPointer { linear.shares(of: $0, reader: &reader) }
      let ngrams = shares.entries.map { entry in
        NgramVotes.Ngram(
          text: Self.name(entry, units), kind: entry.kind.words, places: entry.places,
          scores: scaled(linear.weights(ofRow: entry.row).map { $0 * entry.value }))
      }
      let vector = linear.vectors.flatMap {
        VectorPath($0, classes: linear.classes, text: read, device: device).map { scaled($0.scores(at: [1])) }
      }
      var bias = scaled(own.scores)
      for scores in ngrams.map(\.scores) + (vector.map { [$0] } ?? []) {
        for (label, score) in scores.enumerated() { bias[label] -= score }
      }
      return NgramVotes(ngrams: ngrams, bias: bias, vector: vector, part: own, network: deep)
    }
    guard let table = TableVotes(of: batch, configuration: ngrams, network: network, pass) else { return nil }
    let kind = SettingWords("characters", "字符")
    let named = table.entries.map { entry in
      NgramVotes.Ngram(
        text: Self.name(entry.places, units), kind: kind,
        places: entry.places.map { place in [place.clamped(to: 0..<units.count)].filter { !$0.isEmpty } },
        scores: scaled(entry.scores))
    }
    return NgramVotes(ngrams: named, bias: scaled(table.bias), part: own, network: deep)
  }

  /// An n-gram as a reader knows it.
  private static func name(_ entry: NgramShares.Entry, _ units: [String]) -> String {
    let place = entry.places.first ?? []
    return (entry.marks.start ? "^" : "")
      + place.map { units[$0].joined() }.joined(
        separator: entry.kind == .characters ? "" : entry.kind == .pair ? " … " : " ")
      + (entry.marks.end ? "$" : "")
  }

  /// The n-grams of a row of a table, each once.
  private static func name(_ places: [Range<Int>], _ units: [String]) -> String {
    var names: [String] = []
    for place in places {
      let name =
        (place.lowerBound < 0 ? "^" : "") + units[place.clamped(to: 0..<units.count)].joined()
        + (place.upperBound > units.count ? "$" : "")
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: " | ")
  }
}

extension NgramKind {
  /// What an n-gram is made of.
  fileprivate var words: SettingWords {
    switch self {
    case .characters: SettingWords("characters", "字符")
    case .words: SettingWords("words", "词")
    case .pair: SettingWords("pair of words", "一对词")
    }
  }
}
