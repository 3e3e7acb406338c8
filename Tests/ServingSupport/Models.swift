package import CharCNNToolkit

/// Small models of every task, trained once for all tests.
package enum Models {
  private static let words = [["apple", "plum", "pear"], ["iron", "zinc", "tin"]]

  package static func text(_ number: Int) -> String {
    "\(words[number % 2][number / 2 % 3]) and \(words[number % 2][number / 6 % 3]) \(number % 17)"
  }

  package static let texts = (0..<300).map { LabeledText(text($0), label: ["fruit", "metal"][$0 % 2]) }

  private static func alone() throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = 1
    return options
  }

  package static let classifier = Result { try TextClassifier.train(on: Examples(texts), options: alone()).model }

  /// Its labels are other words for the same.
  package static let other = Result {
    try TextClassifier.train(
      on: Examples(texts.map { LabeledText($0.text, label: $0.label == "fruit" ? "soft" : "hard") }), options: alone()
    ).model
  }

  package static let several = Result {
    var options = try alone()
    options.labels = .several
    let both = texts + (0..<100).map { LabeledText(text($0) + " " + text($0 + 1), labels: ["fruit", "metal"]) }
    return try TextClassifier.train(on: Examples(both), options: options).model
  }

  package static let regressor = Result {
    var options = TextRegressor.Options()
    try options.use(model: "ngrams")
    let scored = (0..<300).map { LabeledText(text($0), label: "\(Double($0 % 2) + Double($0 % 6) / 10)") }
    return try TextRegressor.train(on: Examples(scored), options: options).model
  }

  package static let matcher = Result {
    var options = MatchingOptions()
    for setting in ["filters=8", "embedding=4", "blocks=1", "dilations=1", "epochs=1"] { try options.set(setting) }
    options.threads = 1
    let pairs = (0..<200).map { number in
      TextPair(text(number), text(number + number % 3), label: number % 3 == 1 ? "other" : "same")
    }
    return try TextMatcher.train(on: Examples(pairs), options: options).model
  }

  package static let tagger = Result {
    var options = TaggingOptions(.word)
    for setting in ["filters=8", "embedding=4", "blocks=1", "dilations=1", "epochs=1"] { try options.set(setting) }
    options.threads = 1
    let sentences = (0..<120).map { number in
      TaggedSentence(
        words: ["we", "sell", words[number % 2][number % 3], "here"],
        tags: ["O", "O", number % 2 == 0 ? "FRUIT" : "METAL", "O"])
    }
    return try SequenceTagger.train(on: Examples(sentences), options: options).model
  }

  package static let language = Result {
    var options = LanguageOptions()
    for setting in ["filters=8", "embedding=4", "blocks=1", "dilations=1", "epochs=1"] { try options.set(setting) }
    options.threads = 1
    return try CharacterLanguageModel.train(on: Examples((0..<200).map(text)), options: options).model
  }
}
