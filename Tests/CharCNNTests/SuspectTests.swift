import CharCNN
import Foundation
import TestSupport
import Testing

/// Labels that are probably wrong.
struct SuspectTests {
  /// Texts of some classes, each with words of its own among common ones; every `every`th has the label of the next class.
  private static func texts(
    _ count: Int, classes: Int, every: Int, first: Int = 0
  ) -> (texts: [LabeledText], wrong: Set<Int>) {
    var wrong: Set<Int> = []
    // Which words go together must not tell which labels are wrong.
    var state: UInt64 = 1
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 40)
    }
    let texts = (0..<count).map { number in
      let label = number % classes
      let words = (0..<4).map { _ in "word\(label)\(["a", "b", "c", "d", "e"][next() % 5])" }
      if number % every == every - 1 { wrong.insert(number + 1) }
      let given = number % every == every - 1 ? (label + 1) % classes : label
      return LabeledText("the \(words.joined(separator: " of ")) is \(first + number)", label: "label \(given)")
    }
    return (texts, wrong)
  }

  @Test(arguments: [2, 3, 12]) func `wrong labels come first, with the right ones`(classes: Int) throws {
    let (texts, wrong) = Self.texts(1_200, classes: classes, every: 40)
    let found = try TextClassifier.labelSuspects(in: Examples(texts))
    // A class of few texts leaves some doubt.
    let hits = Set(found.suspects.prefix(wrong.count).map(\.place.row)).intersection(wrong).count
    #expect(10 * hits >= 8 * wrong.count, "\(hits)")
    #expect(found.judged == 1_200 && found.left == 0 && found.alone == 0)
    #expect(abs(found.estimate - wrong.count) <= 6, "\(found.estimate)")
    for suspect in found.suspects.prefix(wrong.count) {
      #expect(suspect.suggested == "label \((suspect.place.row - 1) % classes)" && suspect.label != suspect.suggested)
      #expect(suspect.probability > suspect.labelProbability && suspect.place.label == suspect.label)
    }
  }

  @Test func `threads change nothing, more can be asked for, and no text is judged by its copy`() throws {
    var (texts, wrong) = Self.texts(900, classes: 3, every: 45)
    // A wrong label that is repeated with its text is still wrong.
    let row = try #require(wrong.first)
    texts += [texts[row - 1], LabeledText(texts[row - 1].text.uppercased(), label: texts[row - 1].label)]
    var options = TextClassifier.SuspectOptions()
    options.threads = 1
    options.most = 60
    let one = try TextClassifier.labelSuspects(in: Examples(texts), options: options)
    options.threads = 3
    let three = try TextClassifier.labelSuspects(in: Examples(texts), options: options)
    #expect(one.suspects == three.suspects && one.suspects.count <= 60)
    let first = Set(one.suspects.prefix(wrong.count + 2).map(\.place.row))
    #expect(first == wrong.union([901, 902]))
    options.most = 0
    #expect(try TextClassifier.labelSuspects(in: Examples(texts), options: options).suspects.isEmpty)
  }

  @Test func `labels of one text, few texts, one label and no label are no reason to fail`() throws {
    var (texts, _) = Self.texts(300, classes: 3, every: 50)
    texts += [LabeledText("quite alone", label: "rare"), LabeledText("no label", label: nil)]
    let found = try TextClassifier.labelSuspects(in: Examples(texts))
    #expect(found.alone == 1 && found.judged == 300 && !found.suspects.isEmpty)
    #expect(found.suspects.allSatisfy { $0.label != "rare" })
    for few in [[], Array(texts.prefix(3)), texts.map { LabeledText($0.text, label: "x") }] {
      let none = try TextClassifier.labelSuspects(in: Examples(few))
      #expect(none.suspects.isEmpty && none.judged == 0 && none.finding == nil)
    }
    var options = TextClassifier.SuspectOptions()
    options.folds = 1
    #expect(throws: ConfigurationError.self) {
      try TextClassifier.labelSuspects(in: Examples(texts), options: options)
    }
    options.folds = 5
    options.mostTexts = 120
    let sampled = try TextClassifier.labelSuspects(in: Examples(texts), options: options)
    #expect(sampled.judged + sampled.alone == 120 && sampled.left == 181)
  }

  @Test func `a training tells the gravest of what it is given, and learns the same`() throws {
    let (clean, _) = Self.texts(200, classes: 2, every: 1_000)
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = 1
    let doubled = clean + [LabeledText(clean[0].text, label: "label 1"), clean[1], clean[3], clean[5]]
    let held =
      [LabeledText(clean[8].text + "!", label: clean[8].label)]
      + Self.texts(40, classes: 2, every: 99, first: 5_000).texts
    let training = Examples(doubled + [LabeledText("more words", label: "Label 1")])
    var said: [String] = []
    let (model, _) = try TextClassifier.train(
      on: training, validation: Examples(held), options: options,
      progress: { if case .prepared(let data) = $0 { said = data.warnings } })
    said.removeAll { $0.contains("no example for validation") }
    #expect(said.count == 3, "\(said)")
    #expect(said[0].hasPrefix("1 of 41 validation texts stands among those to learn from"))
    #expect(said[1].hasPrefix("1 text stands under two labels or more") && said[1].contains("texts 1 and 201"))
    #expect(said[2].contains("differ only in case") && said[2].contains("`LabeledText.Audit` tells"))
    let again = try TextClassifier.train(on: training, validation: Examples(held), options: options).model
    #expect(try model.data() == again.data())
  }

  @Test func `a model is compared with the labels`() throws {
    let (texts, wrong) = Self.texts(400, classes: 2, every: 40)
    let (clean, _) = Self.texts(400, classes: 2, every: 1_000)
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    let (model, _) = try TextClassifier.train(on: Examples(clean), options: options)
    let audit = try LabeledText.Audit(
      of: Examples(texts + [LabeledText("word0a 漢", label: "unheard"), LabeledText("word1b", label: nil)]))
    let found = try model.disagreements(with: audit)
    #expect(Set(found.suspects.map(\.place.row)) == wrong)
    #expect(found.accuracy.map { abs($0 - 0.975) < 1e-9 } == true)
    #expect(Set(found.findings.map(\.kind)) == [.unknownLabels, .unknownCharacters, .disagreements])
  }
}
