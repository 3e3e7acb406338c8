import CharCNN
import Foundation
import TestSupport
import Testing

struct ReviewHandler: Sendable {
  struct TooLarge: Error {}

  let classifier: any TextClassifying

  func answer(_ texts: [String]) async throws -> [Hypothesis] {
    guard texts.count <= 1_000, texts.allSatisfy({ $0.utf8.count <= 20_000 }) else { throw TooLarge() }
    var answers: [Hypothesis] = []
    for start in stride(from: 0, to: texts.count, by: 64) {
      try Task.checkCancellation()
      let piece = Array(texts[start..<min(start + 64, texts.count)])
      answers += classifier.predictions(for: piece, maximumCount: 1).map { $0[0] }
      await Task.yield()
    }
    return answers
  }
}

struct AlwaysGood: TextClassifying {
  let labels = ["bad", "good"]
  func predictions(for texts: [String], maximumCount: Int) -> [[Hypothesis]] {
    texts.map { _ in [Hypothesis(label: "good", probability: 1)] }
  }
}

/// The Swift code of the articles on servers and errors.
@Suite struct ServingExampleTests {
  @Test func `the handler answers as the model does`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      defer { withExtendedLifetime(folder) {} }
      try ArticleFolder.writeModel(to: "reviews.charcnn")

      let classifier = try TextClassifier(contentsOf: "reviews.charcnn", threads: 1)

      let texts = (1...150).map { "a dull film \($0)" }
      let answers = try await ReviewHandler(classifier: classifier).answer(texts)
      try #require(answers == classifier.predictions(for: texts).map { $0[0] })
    }
  }

  @Test func `the handler refuses what is too large`() async {
    await #expect(throws: ReviewHandler.TooLarge.self) {
      try await ReviewHandler(classifier: AlwaysGood()).answer(Array(repeating: "", count: 1_001))
    }
  }

  @Test func `the handler works with a stand-in`() async throws {
    let stubbed = ReviewHandler(classifier: AlwaysGood())
    let answers = try await stubbed.answer(["A film to remember."])

    #expect(answers == [Hypothesis(label: "good", probability: 1)])
  }

  @Test func `the example of errors says what is wrong`() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      let folder = try ArticleFolder.makeCurrent()
      try folder.write("text,label\na film,good\na dull film,\n", to: "reviews.csv")

      do {
        let reviews = try Examples<LabeledText>(contentsOf: "reviews.csv")
        let (classifier, _) = try TextClassifier.train(on: reviews)
        try classifier.write(to: "reviews.charcnn")
      } catch let error as StorageError where error.kind == .exists {
        print("There is a model already: \(error.path)")
      } catch let error as any CharCNNError {
        print(error.localizedDescription)
        print(error.problem, error.place ?? "", error.advice ?? "")
      } catch is CancellationError {
        print("Nobody waits any more.")
      }
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(output.contains("reviews.csv:3: the record has no label"))
  }
}
