import CharCNN
import Foundation
import Testing

@Suite struct WalkthroughTests {
  private func untrained(_ text: String, _ model: String = "gated-tutorial", _ settings: String...) throws
    -> TextClassifier
  {
    var options = ClassificationOptions()
    try options.use(model: model)
    options.threads = 1
    for setting in settings { try options.set(setting) }
    return try TextClassifier.untrained(for: text, options: options)
  }

  private func step(_ name: String, of walkthrough: Walkthrough) throws -> Walkthrough.Step {
    try #require(walkthrough.steps.first { $0.name == name }, "\(name) is not among \(walkthrough.steps.map(\.name))")
  }

  @Test func `the tutorial's example has the tutorial's shapes`() throws {
    let text = "I love this movie!"
    let walkthrough = try untrained(text, "gated-tutorial", "foldsCase=false").walkthrough(of: text)
    let expected: [(String, [Int], Int?)] = [
      ("characters", [18], nil), ("indices", [200], nil), ("embedding", [200, 50], 1),
      ("blocks.0.convolutions.0", [200, 100], 2), ("blocks.0.gate", [200, 50], 3), ("blocks.0.residual", [200, 50], 6),
      ("blocks.0.pooling", [100, 50], 4), ("blocks.1.convolutions.0", [100, 100], 2), ("blocks.1.gate", [100, 50], 3),
      ("blocks.1.residual", [100, 50], 6), ("global_pooling", [1, 50], 4), ("output", [1, 2], 7),
      ("softmax", [1, 2], 8),
    ]
    #expect(walkthrough.steps.map(\.name) == expected.map(\.0))
    #expect(walkthrough.steps.map(\.shape) == expected.map(\.1))
    #expect(walkthrough.steps.map(\.equation) == expected.map(\.2))
    #expect(walkthrough.steps[0].rowLabels == "I␣love␣this␣movie!".map { String($0) })
    #expect(!walkthrough.isTrained)
    #expect(walkthrough.notes.contains { $0.contains("not trained") })
  }

  @Test func `each step follows from the one before`() throws {
    let text = "abba"
    let classifier = try untrained(text, "gated-tutorial", "length=none")
    let walkthrough = classifier.walkthrough(of: text)
    let embedding = try step("embedding", of: walkthrough)
    #expect(embedding.values.prefix(50) == embedding.values.suffix(50))
    #expect(embedding.values.prefix(50) != embedding.values[50..<100])
    let convolution = try step("blocks.0.convolutions.0", of: walkthrough)
    let gate = try step("blocks.0.gate", of: walkthrough)
    let residual = try step("blocks.0.residual", of: walkthrough)
    let pooled = try step("blocks.0.pooling", of: walkthrough)
    for row in 0..<4 {
      for channel in 0..<50 {
        let a = convolution.values[row * 100 + channel]
        let b = convolution.values[row * 100 + 50 + channel]
        let index = row * 50 + channel
        #expect(abs(gate.values[index] - a / (1 + exp(-b))) < 1e-5)
        #expect(abs(residual.values[index] - gate.values[index] - embedding.values[index]) < 1e-5)
      }
    }
    for channel in 0..<50 {
      #expect(pooled.values[channel] == max(residual.values[channel], residual.values[50 + channel]))
    }
    let scores = try step("output", of: walkthrough).values
    let sum = scores.reduce(0) { $0 + exp($1) }
    for (score, probability) in zip(scores, try step("softmax", of: walkthrough).values) {
      #expect(abs(exp(score) / sum - probability) < 1e-5)
    }
  }

  @Test(arguments: [
    "gated", "gated-tutorial", "gated-multikernel", "kim", "zhang-small", "vdcnn-9",
  ])
  func `the last step and the answer are the prediction`(model: String) throws {
    for text in ["", "a good one", "好看的电影😀"] {
      let classifier =
        model == "zhang-small" ? try untrained(text, model, "maps=8", "hidden=8") : try untrained(text, model)
      let walkthrough = classifier.walkthrough(of: text)
      #expect(walkthrough.predictions == classifier.predictions(for: [text], maximumCount: 9)[0])
      let last = try #require(walkthrough.steps.last)
      #expect(last.name == "softmax" && last.columnLabels == classifier.labels)
      #expect(Set(last.values.map(Double.init)) == Set(walkthrough.predictions.map(\.probability)))
      #expect(walkthrough.steps.allSatisfy { $0.name == "characters" || $0.values.count == $0.shape.reduce(1, *) })
      #expect(Set(walkthrough.steps.map(\.name)).count == walkthrough.steps.count, "names repeat")
    }
  }

  @Test func `all settings of the gated network are traced`() throws {
    let walkthrough = try untrained(
      "many kernels", "gated", "widths=2,3,5", "filters=24", "embedding=6", "blocks=2", "normalization=batch",
      "nonlinearity=complementary", "hidden=7", "globalPooling=maxAverage", "pooling=average", "stride=2",
      "ngramTraining=steps"
    ).walkthrough(of: "many kernels")
    for branch in 0..<3 {
      #expect(try step("blocks.0.convolutions.\(branch)", of: walkthrough).shape == [6, 8])
      #expect(try step("blocks.0.normalizations.\(branch)", of: walkthrough).shape == [6, 8])
    }
    #expect(try step("blocks.0.concatenation", of: walkthrough).shape == [6, 24])
    #expect(try step("blocks.0.projection", of: walkthrough).shape == [6, 24])
    #expect(try step("blocks.0.pooling", of: walkthrough).shape == [3, 24])
    #expect(try step("global_pooling", of: walkthrough).shape == [1, 48])
    #expect(try step("hidden.0.relu", of: walkthrough).shape == [1, 7])
    #expect(try step("ngrams", of: walkthrough).shape == [1, 2])
  }

  @Test func `a trained classifier shows its labels`() throws {
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    let walkthrough = classifier.walkthrough(of: "apple 好")
    #expect(walkthrough.isTrained && !walkthrough.notes.contains { $0.contains("not trained") })
    #expect(walkthrough.predictions == classifier.predictions(for: ["apple 好"], maximumCount: 3)[0])
    #expect(try step("output", of: walkthrough).columnLabels == classifier.labels)
    #expect(try step("indices", of: walkthrough).values.last == 0)
  }

  @Test func `columns are aligned under wide characters and nothing steers the terminal`() throws {
    let text = "好a\u{1B}😀\u{301}"
    let output = try untrained(text, "gated-tutorial", "normalization=none", "length=4").walkthrough(of: text)
      .plainText()
    #expect(!output.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    let lines = output.split(separator: "\n")
    let first = try #require(lines.firstIndex { $0.contains("1. the text's characters") })
    #expect(lines[(first + 1)...].contains { $0.contains("好  a  ␛  😀") })
  }

  @Test func `it survives JSON`() throws {
    let walkthrough = try untrained("ab", "gated-tutorial", "length=4").walkthrough(of: "ab")
    let data = try JSONEncoder().encode(walkthrough)
    #expect(try JSONDecoder().decode(Walkthrough.self, from: data) == walkthrough)
  }
}
