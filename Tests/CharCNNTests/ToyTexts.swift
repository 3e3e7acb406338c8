import CharCNNToolkit

/// Small made-up data that a small network learns in a few epochs.
enum ToyTexts {
  private static let words: [(label: String, words: [String])] = [
    ("fruit", ["apple", "plum", "pear", "cherry", "melon", "grape"]),
    ("metal", ["iron", "copper", "zinc", "nickel", "silver", "tin"]),
    ("river", ["danube", "volga", "elbe", "loire", "tiber", "rhine"]),
  ]

  /// `count` texts of two to four words of their class.
  static func texts(_ count: Int, seed: UInt64 = 1) -> [(text: String, label: String)] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { number in
      let (label, words) = words[number % words.count]
      let chosen = (0..<2 + stream.below(3)).map { _ in words[stream.below(words.count)] }
      return (chosen.joined(separator: " "), label)
    }
  }

  /// Texts to measure with that a model gets no better at: labels that it does not know, and a last one that is wrong.
  static func strangers() -> [(text: String, label: String)] {
    let texts = texts(12, seed: 2)
    return texts.dropLast().map { ($0.text, "unheard of") } + [(texts[0].text, "metal")]
  }

  /// A small network and a short run.
  static func options(_ assignments: String...) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    options.threads = 1
    let small = ["filters=16", "embedding=8", "blocks=2", "epochs=2", "batchTexts=16", "minimumCount=1"]
    for assignment in small + assignments { try options.set(assignment) }
    return options
  }
}

extension [String] {
  /// Warnings but for those of texts that occur twice: words are few in made-up texts.
  var withoutCopies: [String] {
    filter {
      !$0.contains("repeat an earlier one") && !$0.contains("repeats an earlier one")
        && !$0.contains("among those to learn from")
    }
  }
}
