import CharCNN
import TestSupport
import Testing

@Suite struct BundleTests {
  private func classifier() throws -> TextClassifier {
    try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
  }

  private let texts =
    ToyTexts.texts(40, seed: 9).map(\.text) + ["", "never seen: 你好", String(repeating: "x", count: 5_000)]

  @Test func `a model that was written and opened predicts the same`() throws {
    let folder = try TemporaryFolder()
    let classifier = try classifier()
    try classifier.write(to: folder.path("a.charcnn"))
    let opened = try TextClassifier(contentsOf: folder.path("a.charcnn"), threads: 3)
    #expect(opened.predictions(for: texts, maximumCount: 3) == classifier.predictions(for: texts, maximumCount: 3))
    #expect(opened.labels == classifier.labels && opened.alphabet == classifier.alphabet)
    #expect(opened.architecture == classifier.architecture && opened.record == classifier.record)
    #expect(throws: StorageError.self) { try classifier.write(to: folder.path("a.charcnn")) }
    try classifier.write(to: folder.path("a.charcnn"), overwrite: true)
  }

  @Test func `predictions of many tasks at once are those of one after another`() async throws {
    let classifier = try classifier()
    let texts = texts
    let expected = texts.map { classifier.predictions(for: [$0], maximumCount: 3)[0] }
    #expect(classifier.predictions(for: texts, maximumCount: 3) == expected)
    await withTaskGroup(of: (Int, [Hypothesis]).self) { group in
      for round in 0..<5 {
        for (number, text) in texts.enumerated() {
          group.addTask { (number, classifier.predictions(for: [text], maximumCount: 3 + round)[0]) }
        }
      }
      for await (number, hypotheses) in group { #expect(hypotheses == expected[number]) }
    }
  }

  @Test func `probabilities sum to one and come in falling order`() throws {
    let classifier = try classifier()
    for hypotheses in classifier.predictions(for: texts, maximumCount: 10) {
      #expect(hypotheses.count == 3)
      #expect(abs(hypotheses.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
      #expect(hypotheses.map(\.probability) == hypotheses.map(\.probability).sorted(by: >))
    }
    #expect(classifier.predictedLabel(for: "") == nil)
    #expect(classifier.predictedLabelHypotheses(for: "apple", maximumCount: 2).count == 2)
    #expect(classifier.predictions(for: []).isEmpty)
  }

  @Test func `evaluation counts the texts and calls unseen labels wrong`() throws {
    let folder = try TemporaryFolder()
    let classifier = try classifier()
    let rows = ToyTexts.texts(30, seed: 4).enumerated().map { number, example in
      "\(example.text),\(number < 6 ? "stone" : example.label)"
    }
    let path = try folder.write((["text,label"] + rows).joined(separator: "\n"), to: "test.csv")
    let report = try classifier.evaluate(on: Examples(contentsOf: path))
    #expect(report.examples == 30)
    #expect(report.accuracy <= 0.8)
  }
}
