import CharCNN
import Testing

/// The Swift code of the article on scores.
@Suite struct ScoresExampleTests {
  @Test func `the example of scores works`() throws {
    let reviews = [LabeledText("A film to remember.", label: "5"), LabeledText("Never again.", label: "1.5")]
    var options = TextRegressor.Options()
    options.scale.lowest = 1
    options.scale.highest = 5
    let examples = Examples(reviews)

    try options.use(model: "ngrams")
    options.threads = 1
    #expect(examples.name == "the given texts")
    let many = Examples((0..<40).flatMap { _ in reviews })
    let (regressor, _) = try TextRegressor.train(on: many, options: options)
    #expect(regressor.range == 1...5)
    #expect(abs(regressor.score(for: "A film to remember.") - 5) < 0.3)
    #expect(abs(regressor.score(for: "Never again.") - 1.5) < 0.3)
  }
}
