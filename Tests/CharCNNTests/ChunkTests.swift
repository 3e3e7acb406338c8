import CharCNN
import Foundation
import TestSupport
import Testing

/// Long texts that are judged by their chunks.
@Suite struct ChunkTests {
  private func trained(_ assignments: String...) throws -> TextClassifier {
    var options = try ToyTexts.options("epochs=4", "rate=0.01")
    for assignment in assignments { try options.set(assignment) }
    let texts = ToyTexts.texts(60)
    return try TextClassifier.train(on: Examples(texts), validation: Examples(texts), options: options).model
  }

  /// Texts of one chunk, of exactly two, of several and of none.
  private let texts = ["apple", "plum iron zinc p", "danube volga elbe loire tiber rhine danube volga", ""]

  @Test func `the answer is the mean of the log-probabilities of the chunks`() throws {
    let classifier = try trained("chunkLength=8")
    let all = classifier.predictions(for: texts, maximumCount: 3)
    for (text, answer) in zip(texts, all) {
      let count = max((text.count + 7) / 8, 1)
      let characters = Array(text)
      let chunks = (0..<count).map { String(characters[$0 * text.count / count..<($0 + 1) * text.count / count]) }
      #expect(chunks.allSatisfy { $0.count <= 8 })
      let parts = chunks.map { classifier.predictedLabelHypotheses(for: $0, maximumCount: 3) }
      if text.isEmpty { continue }
      let scores = classifier.labels.map { label in
        exp(parts.reduce(0) { $0 + log($1[label] ?? 0) } / Double(count))
      }
      let total = scores.reduce(0, +)
      for (label, score) in zip(classifier.labels, scores) {
        let probability = answer.first { $0.label == label }?.probability ?? -1
        #expect(abs(probability - score / total) < 1e-5)
      }
    }
    for (number, text) in texts.enumerated() {
      #expect(classifier.predictions(for: [text], maximumCount: 3) == [all[number]])
    }
  }

  @Test func `evaluation judges texts, not chunks, and agrees with prediction`() throws {
    let classifier = try trained("chunkLength=8")
    let folder = try TemporaryFolder()
    let data = ToyTexts.texts(50, seed: 9)
    let rows = data.map { "\($0.text),\($0.label)\n" }.joined()
    let source = try Examples<LabeledText>(contentsOf: folder.write("text,label\n" + rows, to: "data.csv"))
    let report = try classifier.evaluate(on: source)
    let right = zip(data, classifier.predictions(for: data.map(\.text))).count { $0.label == $1.first?.label }
    #expect(report.examples == 50 && abs(report.accuracy - Double(right) / 50) < 1e-12)
  }

  @Test func `the length of chunks is stored with the model`() throws {
    let classifier = try trained("chunkLength=8")
    let folder = try TemporaryFolder()
    try classifier.write(to: folder.path("m.charcnn"))
    let opened = try TextClassifier(contentsOf: folder.path("m.charcnn"))
    #expect(opened.textSettings.chunkLength == 8)
    #expect(opened.predictions(for: texts, maximumCount: 3) == classifier.predictions(for: texts, maximumCount: 3))
  }

  @Test func `one chunk as long as the text changes nothing`() throws {
    let whole = try trained()
    let chunked = try trained("chunkLength=2000")
    for text in texts.dropLast() {
      let (a, b) = (whole, chunked)
      let (before, after) = (
        a.predictedLabelHypotheses(for: text, maximumCount: 3), b.predictedLabelHypotheses(for: text, maximumCount: 3)
      )
      // One rounding more.
      for (label, probability) in before { #expect(abs(probability - (after[label] ?? -1)) < 1e-6) }
    }
  }

  @Test func `a length that makes no chunk is refused`() throws {
    #expect(throws: ConfigurationError.self) { try trained("chunkLength=0") }
    var options = try ToyTexts.options("chunkLength=20")
    options.thesaurus = "none.dat"
    #expect(throws: ConfigurationError.self) {
      try TextClassifier.train(on: Examples(ToyTexts.texts(20)), options: options)
    }
  }
}
