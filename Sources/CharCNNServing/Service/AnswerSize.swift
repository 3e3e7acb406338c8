internal import CharCNN

// A short request may ask for a huge answer: thousands of texts, and all labels of each.
extension ServedModel {
  /// Labels that answer a question, or tags in all its sequences; long ones count for each 64 bytes.
  func parts(of question: Question) -> Int {
    switch kind {
    case .tagger:
      min(max(question.top, 1), SequenceTagger.mostSequences) * question.text.unicodeScalars.count * labelParts(1)
    case .classifier, .regressor, .matcher: labelParts(max(question.top, 1))
    case .language, .embedder: 1
    }
  }

  /// Parts of so many different labels at most.
  func labelParts(_ count: Int) -> Int { max(partsOfLabels[min(count, partsOfLabels.count - 1)], 1) }

  /// For each number of labels the parts of as many of the longest ones.
  static func partsOfLabels(_ labels: [String]) -> [Int] {
    var sums = [0]
    for parts in labels.map({ ModelService.parts(ofBytes: $0.utf8.count) }).sorted(by: >) {
      sums.append(sums[sums.count - 1] + parts)
    }
    return sums
  }

  /// Characters in all explanations of a question: a tagger explains each token by the whole sentence.
  func explainedParts(of question: Question) -> Int {
    guard case .tagger(let tagger) = kind else {
      return question.text.unicodeScalars.count + (question.second?.unicodeScalars.count ?? 0)
    }
    return tagger.sentences(of: question.text).reduce(0) { sum, sentence in
      sum + sentence.tokens.count * sentence.tokens.reduce(0) { $0 + $1.text.unicodeScalars.count }
    }
  }
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
    // Counted only where characters are what is answered: that goes through every text.
    func characters() -> Int {
      questions.reduce(0) { $0 + $1.text.unicodeScalars.count + ($1.second?.unicodeScalars.count ?? 0) }
    }
    func explained() -> Int { questions.reduce(0) { $0 + loaded.model.explainedParts(of: $1) } }
    switch operation {
    case .predict:
      let labels =
        if let names = settings.labels {
          texts * names.map { Self.parts(ofBytes: $0.utf8.count) }.sorted(by: >).prefix(settings.top ?? 1).reduce(0, +)
        } else {
          self.questions(of: request, loaded).reduce(0) { $0 + loaded.model.parts(of: $1) }
        }
      return labels + (settings.explains ? explained() : 0)
    case .explain:
      return explained()
        + texts * (settings.labels?.map { Self.parts(ofBytes: $0.utf8.count) }.max() ?? loaded.model.labelParts(1))
    case .detect:
      return settings.spans
        ? characters() * loaded.model.labelParts(1) : texts * loaded.model.labelParts(settings.top ?? 1)
    case .embed: return vectorParts(texts, of: loaded)
    case .generate: return texts * max(settings.length, 1)
    case .nearest:
      return max(
        texts * (loaded.index?.parts(ofNearest: settings.top ?? Self.usualNeighbors) ?? 0),
        vectorParts(texts, of: loaded))
    }
  }

  /// Parts of a tensor of the Open Inference Protocol.
  func parts(ofOutput name: String, _ questions: [Question], of loaded: LoadedModel) -> Int {
    switch name {
    case "vector": vectorParts(questions.count, of: loaded)
    case "probabilities": questions.count * max(loaded.model.labels.count, 1)
    case "tags": questions.reduce(0) { $0 + loaded.model.parts(of: $1) }
    case "label": questions.count * loaded.model.labelParts(1)
    case "labels": questions.count * loaded.model.labelParts(loaded.model.labels.count)
    default: questions.count
    }
  }

  /// Bytes of a label, or of a text of an index, that count as one part of an answer.
  private static let bytesOfPart = 64

  /// Parts of what is written into an answer as it was given.
  static func parts(ofBytes count: Int) -> Int { max((count + bytesOfPart - 1) / bytesOfPart, 1) }

  /// Parts of some vectors.
  func vectorParts(_ count: Int, of loaded: LoadedModel) -> Int {
    count * max((loaded.model.vectorizer?.dimension ?? 0) / Self.numbersOfPart, 1)
  }

  /// Refuses what would have a huge answer.
  func checkAnswer(_ parts: Int) throws(RequestProblem) {
    if parts > limits.answerParts {
      throw RequestProblem(
        .tooLarge,
        "the answer may have more than \(limits.answerParts) labels, tags, characters or numbers in fours; a label or a text of an index counts for each 64 bytes; ask for fewer or shorter texts at once, or for fewer labels (all of them count where there is a threshold)"
      )
    }
  }

  /// Long answers that are made at once, in the parts of the largest.
  private static let longAtOnce = 8

  /// Does what ends in an answer of some parts. A long one is not written on the thread of the connection, which has other clients too, and where many are
  /// made already it has to wait for another time: each of them takes memory.
  ///
  /// - Throws: ``RequestProblem`` of that kind.
  func apart<Result: Sendable>(
    _ parts: Int, _ body: @Sendable () async throws -> Result
  ) async throws -> Result {
    if parts <= Self.quickParts { return try await body() }
    let most = Self.longAtOnce * limits.answerParts
    let isFree = longParts.withLock { sum in
      if sum + parts > most { return false }
      sum += parts
      return true
    }
    guard isFree else {
      throw RequestProblem(.overloaded, "too many long answers are made; try again in a moment")
    }
    defer { longParts.withLock { $0 -= parts } }
    return try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
  }
}
