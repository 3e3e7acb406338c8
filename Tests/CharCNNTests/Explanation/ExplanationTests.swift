import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// What each character adds to the score of a label.
@Suite struct ExplanationTests {
  private static func trained(_ assignments: String..., threads: Int = 1) throws -> TextClassifier {
    var options = try ToyTexts.options("epochs=6", "rate=0.01")
    options.threads = threads
    for assignment in assignments { try options.set(assignment) }
    return try TextClassifier.train(on: Examples(ToyTexts.texts(90)), options: options).model
  }

  private static func ngrams(_ assignments: String..., labels: Int = 3) throws -> TextClassifier {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = 1
    for assignment in assignments { try options.set(assignment) }
    let texts = ToyTexts.texts(90).filter { labels == 3 || $0.label != "river" }
    return try TextClassifier.train(on: Examples(texts), options: options).model
  }

  private func sum(_ explanation: TextClassifier.Explanation) -> Double {
    explanation.contributions.reduce(0) { $0 + $1.value }
  }

  /// The log-odds of a label by what predictions say.
  private func logOdds(_ classifier: TextClassifier, _ text: String, _ label: String) -> Double {
    let probabilities = classifier.predictedLabelHypotheses(for: text, maximumCount: classifier.labels.count)
    let others = probabilities.filter { $0.key != label }.values.reduce(0, +)
    return log((probabilities[label] ?? 0) / others)
  }

  /// Checks that an explanation adds up, and that it is one of the answer.
  private func check(
    _ explanation: TextClassifier.Explanation, _ classifier: TextClassifier, _ text: String, tolerance: Double = 1e-3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let difference = explanation.total - explanation.baseline
    #expect(abs(sum(explanation) - difference) < 1e-9 * max(1, abs(difference)), sourceLocation: sourceLocation)
    #expect(explanation.isComplete, "\(text): \(explanation.gap) of \(difference)", sourceLocation: sourceLocation)
    let expected = logOdds(classifier, text, explanation.label)
    #expect(
      abs(explanation.total - expected) < tolerance * max(1, abs(expected)),
      "\(text): \(explanation.total), \(expected)",
      sourceLocation: sourceLocation)
  }

  @Test(
    arguments: [
      ("gated", []), ("gated-tutorial", []), ("gated-multikernel", []), ("kim", []), ("kim", ["length=40"]),
      ("zhang-small", ["maps=8", "hidden=8"]), ("zhang-small", ["maps=8", "hidden=8", "length=none", "reversed=true"]),
      ("vdcnn-9", ["length=64"]), ("vdcnn-9", ["maps=4,6,8,10", "length=none", "shortcut=true", "downsampling=kMax"]),
      (
        "gated",
        [
          "widths=2,3,5", "filters=24", "embedding=6", "blocks=2", "normalization=batch", "nonlinearity=complementary",
          "hidden=7", "globalPooling=maxAverage", "pooling=average", "stride=2",
        ]
      ),
      ("gated", ["normalization=none", "nonlinearity=gelu", "pooling=none", "dilations=1,2,4,8", "residual=false"]),
      ("gated", ["ngramTraining=steps", "ngramWidth=4"]),
    ] as [(String, [String])])
  func `every network's contributions add up to its score`(model: String, settings: [String]) throws {
    for text in ["a good one, really", "好看的电影😀!", "x"] {
      var options = ClassificationOptions()
      try options.use(model: model)
      options.threads = 2
      for setting in settings { try options.set(setting) }
      let classifier = try TextClassifier.untrained(for: text, options: options)
      for label in classifier.labels.prefix(2) {
        let explanation = try classifier.explanation(of: text, for: label)
        check(explanation, classifier, text)
        #expect(explanation.contributions.count == text.count && explanation.unreadCharacters == 0)
        #expect(explanation.contributions.contains { $0.value != 0 })
      }
    }
  }

  @Test(arguments: [2, 3]) func `n-grams alone are exact`(labels: Int) throws {
    let classifier = try Self.ngrams(labels: labels)
    for (text, label) in ToyTexts.texts(40, seed: 5) where classifier.labels.contains(label) {
      let explanation = try classifier.explanation(of: text, for: label)
      check(explanation, classifier, text, tolerance: 1e-4)
      #expect(abs(explanation.gap) < 1e-8 && explanation.part == .ngrams)
      // Without its characters a text has the score of the bias and of n-grams of marks.
      #expect(explanation.baseline != explanation.total)
    }
    // With one character of a kind that the model does not know there is nothing to add.
    let strange = try classifier.explanation(of: "語", for: "metal")
    #expect(strange.contributions.count == 1)
    check(strange, classifier, "語", tolerance: 1e-4)
  }

  @Test func `a linear score is what its n-grams say one by one`() throws {
    // Of two classes and single characters the difference of scores is a weighted sum: each letter's part can be had from texts.
    let classifier = try Self.ngrams("ngrams=1", "wordNgrams=none", "wordPairs=none", labels: 2)
    let text = "iron plum iron"
    let explanation = try classifier.explanation(of: text, for: "metal")
    var byLetter: [Character: [Double]] = [:]
    for part in explanation.contributions { byLetter[text[part.range].first ?? "?", default: []].append(part.value) }
    for (letter, values) in byLetter { #expect(Set(values).count == 1, "\(letter) adds the same wherever it stands") }
    let opposite = try classifier.explanation(of: text, for: "fruit")
    for (one, other) in zip(explanation.contributions, opposite.contributions) {
      #expect(abs(one.value + other.value) < 1e-12)
    }
  }

  @Test func `network and n-grams together add up, for every label, one text or many`() throws {
    let classifier = try Self.trained()
    #expect(classifier.ngrams.isEnabled)
    for (text, _) in ToyTexts.texts(30, seed: 4) {
      let answer = try #require(classifier.predictedLabel(for: text))
      #expect(try classifier.explanation(of: text) == classifier.explanation(of: text, for: answer))
      for label in classifier.labels { check(try classifier.explanation(of: text, for: label), classifier, text) }
    }
  }

  @Test func `a table that learns in steps adds up, alone and beside a network`() throws {
    let beside = try Self.trained("ngramTraining=steps", "ngramBits=10")
    let alone = try Self.ngrams("ngramTraining=steps", "ngramBits=10", "epochs=3")
    for classifier in [beside, alone, try beside.quantized()] {
      for (text, label) in ToyTexts.texts(12, seed: 4) {
        let explanation = try classifier.explanation(of: text, for: label)
        check(explanation, classifier, text, tolerance: classifier.quantization == nil ? 1e-3 : 0.1)
        #expect(explanation.part == (classifier === alone ? .ngrams : .both))
      }
    }
  }

  @Test func `the three strongest characters are the ones that the answer needs`() throws {
    // A word tells the class, and others stand around it in texts of all classes.
    func texts(_ count: Int, seed: UInt64) -> [(text: String, label: String)] {
      let others = ["with", "from", "under", "about", "every", "other"]
      var stream = RandomStream(key: Randomness(seed: seed).key(.test, index: 1))
      return ToyTexts.texts(count, seed: seed).map { text in
        let word = text.text.split(separator: " ")[0]
        let words = (0..<3).map { _ in others[stream.below(others.count)] }
        return ("\(words[0]) \(word) \(words[1]) \(words[2])", text.label)
      }
    }
    let options = try ToyTexts.options("epochs=6", "rate=0.01")
    let classifier = try TextClassifier.train(on: Examples(texts(150, seed: 1)), options: options).model
    var stream = RandomStream(key: Randomness(seed: 9).key(.test))
    var right = 0
    let measured = texts(60, seed: 8).map(\.text)
    for text in measured {
      let explanation = try classifier.explanation(of: text)
      // The log-odds tell apart what are probabilities of 1.
      func score(without removed: Set<Int>) throws -> Double {
        let kept = explanation.contributions.enumerated().filter { !removed.contains($0.offset) }
        let text = kept.map { String(text[$0.element.range]) }.joined()
        return try classifier.explanation(of: text, for: explanation.label).total
      }
      let values = explanation.contributions.map(\.value)
      let order = values.indices.sorted { values[$0] > values[$1] }
      var others = Array(order.dropFirst(3))
      let chosen = (0..<3).map { _ in others.remove(at: stream.below(others.count)) }
      if try score(without: Set(order.prefix(3))) < score(without: Set(chosen)) { right += 1 }
    }
    #expect(Double(right) >= 0.9 * Double(measured.count), "\(right) of \(measured.count)")
  }

  @Test func `a character taken out lowers the score by what occlusion says`() throws {
    let classifier = try Self.trained()
    let text = "apple plum"
    let explanation = try classifier.explanation(of: text, for: "fruit", method: .occlusion)
    #expect(explanation.method == .occlusion && !explanation.isComplete)
    for part in explanation.contributions {
      var shorter = text
      shorter.removeSubrange(part.range)
      let expected = logOdds(classifier, text, "fruit") - logOdds(classifier, shorter, "fruit")
      #expect(abs(part.value - expected) < 2e-3 * max(1, abs(expected)), "\(text[part.range])")
    }
    // Both ways find the same side.
    let gradients = try classifier.explanation(of: text, for: "fruit")
    let products = zip(gradients.contributions, explanation.contributions).reduce(0) { $0 + $1.0.value * $1.1.value }
    #expect(products > 0)
  }

  @Test func `contributions are places in the user's own string`() throws {
    let classifier = try Self.trained()
    let cases: [(text: String, parts: [String], unread: Int)] = [
      ("", [], 0), ("ａｐｐｌｅ", ["ａ", "ｐ", "ｐ", "ｌ", "ｅ"], 0), ("e\u{301}a", ["e\u{301}", "a"], 0),
      ("👩‍👩‍👧‍👦铁", ["👩‍👩‍👧‍👦", "铁"], 0), ("a\u{AD}b", ["a", "b"], 1), ("ﬁn\r\n", ["ﬁ", "n", "\r\n"], 0),
      ("각\u{1100}\u{1161}", ["각", "\u{1100}\u{1161}"], 0), ("\u{200B}", [], 1), ("🇩🇪a", ["🇩🇪", "a"], 0),
      ("e\u{200B}\u{301}x", ["e\u{200B}\u{301}", "x"], 0),
    ]
    for (text, parts, unread) in cases {
      let explanation = try classifier.explanation(of: text)
      #expect(
        explanation.contributions.map { String(text[$0.range]).unicodeScalars.map(\.value) }
          == parts.map { $0.unicodeScalars.map(\.value) })
      #expect(explanation.unreadCharacters == unread, "\(text)")
      if !parts.isEmpty { check(explanation, classifier, text) }
    }
  }

  @Test func `texts beyond a chunk, or beyond what is read, add up`() throws {
    let long = ToyTexts.texts(60, seed: 3).map(\.text).joined(separator: " ")
    let chunked = try Self.trained("chunkLength=16")
    check(try chunked.explanation(of: long), chunked, long)
    let cut = try Self.trained("maximumLength=20", "ngramLength=40")
    let explanation = try cut.explanation(of: long)
    check(explanation, cut, long)
    #expect(explanation.contributions.count == 40 && explanation.unreadCharacters == long.count - 40)
    // Many characters at once go in several batches.
    let whole = try Self.trained("maximumLength=2048")
    check(try whole.explanation(of: long), whole, long)
  }

  @Test func `the bits do not depend on the number of threads`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.charcnn")
    try Self.trained().write(to: path)
    let texts = ToyTexts.texts(6, seed: 3).map(\.text) + [String(repeating: "volga tin 铁 ", count: 60)]
    for method in TextClassifier.Explanation.Method.allCases {
      let found = try [1, 2, 5].map { threads in
        let classifier = try TextClassifier(contentsOf: path, threads: threads)
        return try texts.map { try classifier.explanation(of: $0, for: "river", method: method) }
      }
      #expect(found[0] == found[1] && found[0] == found[2])
    }
  }

  @Test func `a model in 8-bit integers is explained by its weights`() throws {
    let classifier = try Self.trained()
    let quantized = try classifier.quantized()
    for (text, label) in ToyTexts.texts(12, seed: 4) {
      let (one, other) = (
        try classifier.explanation(of: text, for: label), try quantized.explanation(of: text, for: label)
      )
      check(other, quantized, text, tolerance: 0.1)
      for (a, b) in zip(one.contributions, other.contributions) { #expect(abs(a.value - b.value) < 0.3) }
    }
  }

  @Test func `a cascade is explained by the part that answers`() throws {
    var options = ClassificationOptions()
    options.threads = 1
    options.cascade = true
    let small = ["filters=16", "embedding=8", "blocks=1", "epochs=8", "rate=0.02", "minimumCount=1"]
    for assignment in small + ["ngrams=1", "wordNgrams=none", "wordPairs=none"] { try options.set(assignment) }
    func texts(_ count: Int, _ seed: UInt64) -> [(text: String, label: String)] {
      ToyTexts.texts(count, seed: seed).enumerated().map { $0 % 7 == 3 ? ($1.text, "metal") : $1 }
    }
    let classifier = try TextClassifier.train(
      on: Examples(texts(300, 1)), validation: Examples(texts(400, 2)), options: options
    ).model
    #expect(classifier.cascade != nil)
    var parts: Set<TextClassifier.Explanation.Part> = []
    // Single letters leave the n-grams unsure.
    for text in texts(30, 3).map(\.text) + "abcdefghijklmnopqrstuvwxyz".map(String.init) {
      let explanation = try classifier.explanation(of: text)
      check(explanation, classifier, text)
      parts.insert(explanation.part)
      let occluded = try classifier.explanation(of: text, method: .occlusion)
      #expect(occluded.part == explanation.part && abs(occluded.total - explanation.total) < 1e-9)
    }
    #expect(parts == [.ngrams, .both])
  }

  @Test func `each of several labels is explained by itself`() throws {
    let texts =
      ToyTexts.texts(60).map { LabeledText($0.text, labels: [$0.label]) }
      + zip(ToyTexts.texts(30, seed: 2), ToyTexts.texts(30, seed: 3).reversed()).map {
        LabeledText("\($0.text) \($1.text)", labels: [$0.label, $1.label])
      }
    for model in ["gated", "ngrams"] {
      var options = model == "gated" ? try ToyTexts.options("epochs=6", "rate=0.01") : ClassificationOptions()
      if model == "ngrams" { try options.use(model: model) }
      options.labels = .several
      let classifier = try TextClassifier.train(on: Examples(texts), options: options).model
      #expect(classifier.allowsSeveralLabels)
      for text in ["iron plum", "danube tin", "grape"] {
        for hypothesis in classifier.predictions(for: [text], maximumCount: 3)[0] {
          let explanation = try classifier.explanation(of: text, for: hypothesis.label)
          #expect(abs(1 / (1 + exp(-explanation.total)) - hypothesis.probability) < 1e-3 && explanation.isComplete)
          #expect(abs(sum(explanation) - explanation.total + explanation.baseline) < 1e-9)
        }
      }
    }
  }

  @Test func `a label that is none is refused with those that are`() throws {
    let classifier = try Self.ngrams()
    let error = #expect(throws: ConfigurationError.self) { try classifier.explanation(of: "tin", for: "metl") }
    #expect(error?.description.contains("did you mean metal?") == true)
  }
}
