import CharCNN
import Testing

/// The Swift code of the article on several labels.
@Suite struct SeveralLabelsExampleTests {
  @Test func `the example of several labels works`() throws {
    let texts = [
      LabeledText("The app crashes and the parcel is late.", labels: ["app", "delivery"]),
      LabeledText("I was charged twice.", labels: ["payment"]),
      LabeledText("Hello.", labels: []),
    ]
    var options = ClassificationOptions()
    options.labels = .several

    try options.use(model: "ngrams")
    options.threads = 1
    let many = Examples((0..<40).flatMap { _ in texts })
    let (classifier, _) = try TextClassifier.train(on: many, options: options)
    let labels = classifier.assignedLabels(for: texts.map(\.text)).map { $0.map(\.label).sorted() }
    #expect(labels == [["app", "delivery"], ["payment"], []])
    #expect(classifier.thresholds?.count == 3)
  }
}
