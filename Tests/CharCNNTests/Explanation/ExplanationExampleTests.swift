import CharCNN
import Testing

/// The Swift code of the article on explanations.
@Suite struct ExplanationExampleTests {
  @Test func `the example of explanations works`() throws {
    let examples = [LabeledText("a fine film", label: "good"), LabeledText("a dull film", label: "bad")]
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    let classifier = try TextClassifier.train(on: Examples((0..<20).flatMap { _ in examples }), options: options).model
    let text = "a fine evening"
    let explanation = try classifier.explanation(of: text, for: "good")
    for contribution in explanation.contributions where contribution.value > 0.1 {
      print(text[contribution.range], contribution.value)
    }
    #expect(explanation.contributions.contains { $0.value > 0.1 })
  }
}
