// Answers requests as a server does: one model for all of them, a thousand at the same time.
import CharCNN

/// The shape of a handler in Hummingbird or any other server: a request comes, a response goes.
struct LanguageHandler: Sendable {
  struct Response: Codable, Sendable {
    let language: String?
    let hypotheses: [Hypothesis]
  }

  /// A protocol, so that a test of the handler needs no model.
  let classifier: any TextClassifying

  func handle(_ text: String) async throws -> Response {
    try Task.checkCancellation()
    // A prediction takes about a millisecond, which is short enough for the threads on which tasks run.
    let hypotheses = classifier.predictions(for: [text], maximumCount: 3)[0]
    return Response(language: classifier.predictedLabel(for: text), hypotheses: hypotheses)
  }
}

/// Stands in for a model.
struct AlwaysEnglish: TextClassifying {
  let labels = ["en"]
  func predictions(for texts: [String], maximumCount: Int) -> [[Hypothesis]] {
    texts.map { _ in [Hypothesis(label: "en", probability: 1)] }
  }
}

@main
struct RequestHandler {
  static func main() async throws {
    let sentences = [
      ("en", "the house is old and the garden is large"), ("de", "das Haus ist alt und der Garten ist groß"),
      ("fr", "la maison est vieille et le jardin est grand"),
    ]
    let examples = (1...80).flatMap { number in sentences.map { LabeledText("\($0.1), \(number)", label: $0.0) } }
    var options = ClassificationOptions()
    options.training.epochs = 4
    let (classifier, _) = try await TextClassifier.train(on: Examples(examples), options: options)

    let handler = LanguageHandler(classifier: classifier)
    let right = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<1_000 {
        let (language, text) = sentences[number % sentences.count]
        group.addTask { try await handler.handle("\(text), request \(number)").language == language }
      }
      var right = 0
      for try await isRight in group where isRight { right += 1 }
      return right
    }
    print("\(right) of 1000 concurrent requests were answered rightly")
    guard right == 1_000 else { fatalError("a request had a wrong answer") }

    let stubbed = try await LanguageHandler(classifier: AlwaysEnglish()).handle("anything")
    print("the stand-in says \(stubbed.language ?? "nothing")")
  }
}
