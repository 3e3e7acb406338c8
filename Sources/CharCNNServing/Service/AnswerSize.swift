internal import CharCNN

// A short request may ask for a huge answer: thousands of texts, and all labels of each.
extension ServedModel {
  /// Labels that answer a question, or tags in all its sequences.
  func parts(of question: Question) -> Int {
    switch kind {
    case .tagger: max(question.top, 1) * question.text.unicodeScalars.count
    case .classifier, .regressor, .matcher: min(max(question.top, 1), max(labelCount, 1))
    case .language, .embedder: 1
    }
  }

  private var labelCount: Int {
    switch kind {
    case .classifier(let classifier): classifier.labels.count
    case .regressor(let regressor): regressor.grades?.count ?? 1
    case .matcher(let matcher): matcher.labels.count
    case .tagger, .language, .embedder: 1
    }
  }

  /// What it costs to answer a question: reading its texts, and the labels that are wanted beyond the usual one.
  func cost(of question: Question) -> Int {
    question.top <= 1
      ? question.cost
      : question.cost + Self.partCost * (parts(of: question) - parts(of: Question(question.text)))
  }

  /// What a label more costs, in bytes that are read.
  private static let partCost = 4
}

extension ModelService {
  /// Numbers of a vector that count as one part of an answer.
  private static let numbersOfPart = 4

  /// Parts of an answer from which on it is written where it holds up nobody else.
  private static let quickParts = 4_096

  /// Parts that the answer to a request of the plain API has at most.
  func parts(of request: PlainRequest, _ operation: ServedModel.Operation, of loaded: LoadedModel) -> Int {
    let (questions, settings) = (request.questions, request.settings)
    let texts = max(questions.count, 1)
    // Not counted where nobody needs it: most requests are answered in less time than it takes to look at a long text.
    func characters() -> Int {
      questions.reduce(0) { $0 + $1.text.unicodeScalars.count + ($1.second?.unicodeScalars.count ?? 0) }
    }
    switch operation {
    case .predict:
      let labels =
        if let names = settings.labels {
          texts * min(settings.top ?? 1, names.count)
        } else {
          self.questions(of: request, loaded).reduce(0) { $0 + loaded.model.parts(of: $1) }
        }
      return labels + (settings.explains ? characters() : 0)
    case .explain: return characters()
    case .detect: return settings.spans ? characters() : texts * min(settings.top ?? 1, loaded.model.labels.count)
    case .embed: return vectorParts(texts, of: loaded)
    case .generate: return texts * max(settings.length, 1)
    case .nearest: return max(texts * (settings.top ?? Self.usualNeighbors), vectorParts(texts, of: loaded))
    }
  }

  /// Parts of some vectors.
  func vectorParts(_ count: Int, of loaded: LoadedModel) -> Int {
    count * max((loaded.model.vectorizer?.dimension ?? 0) / Self.numbersOfPart, 1)
  }

  /// Refuses what would have a huge answer.
  func checkAnswer(_ parts: Int) throws(RequestProblem) {
    if parts > limits.answerParts {
      throw RequestProblem(
        .tooLarge,
        "the answer would have some \(parts) labels, tags or numbers, and \(limits.answerParts) are the most; ask for fewer texts at once, or a smaller top"
      )
    }
  }

  /// Does what ends in an answer of some parts. A long one is not written on the thread of the connection, which has other clients too.
  func apart<Result: Sendable>(
    _ parts: Int, _ body: @Sendable () async throws -> Result
  ) async throws -> Result {
    if parts <= Self.quickParts { return try await body() }
    return try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
  }
}
