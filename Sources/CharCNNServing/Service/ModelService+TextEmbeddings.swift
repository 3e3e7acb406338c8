internal import CharCNN
internal import CharCNNFiles

/// The API of text-embeddings-inference.
extension ModelService {
  /// Refuses texts of which the model would read the beginning alone.
  private func checkLengths(_ questions: [Question], _ model: ServedModel) throws(RequestProblem) {
    for question in questions where model.cuts(question.text) || question.second.map(model.cuts) == true {
      throw RequestProblem(
        .tooLarge, "inputs has a text that is longer than what the model reads, and truncate is false")
    }
  }

  /// The answer to `/predict`.
  func predict(_ body: [UInt8], of loaded: LoadedModel) async throws -> ServiceAnswer {
    let started = ContinuousClock.now
    try checkSize(body)
    let model = loaded.model
    guard model.operations.contains(.predict), model.task != .tagging else {
      throw RequestProblem(
        .wrongModel, "the model \"\(loaded.name)\" is one of \(model.task.rawValue) and has no labels for a text")
    }
    var request = try TextEmbeddingsInference.prediction(body, takesPairs: model.takesPairs)
    for place in request.questions.indices { request.questions[place].top = max(model.labels.count, 2) }
    try limits.check(request.questions)
    if request.refusesLong { try checkLengths(request.questions, model) }
    let (questions, isRaw) = (request.questions, request.isRaw)
    let parts = questions.reduce(0) { $0 + model.parts(of: $1) }
    try checkAnswer(parts)
    let (lists, waited) = try await apart(parts) {
      let answered = try await answered(questions, of: loaded)
      let lists = answered.answers.map { answer in
        TextEmbeddingsInference.scores(
          answer.scored, isRaw: isRaw && answer.hasProbabilities, areIndependent: answer.hasSeveral)
      }
      return (lists, answered.waited)
    }
    return ServiceAnswer(
      json: request.isBatch ? "[\(lists.joined(separator: ","))]" : lists[0],
      facts: .init(.predict, of: loaded, questions, isBatch: request.isBatch, waited: waited),
      total: ContinuousClock.now - started)
  }

  /// The answer to `/embed`.
  func embed(_ body: [UInt8], of loaded: LoadedModel) async throws -> ServiceAnswer {
    let started = ContinuousClock.now
    try checkSize(body)
    let request = try TextEmbeddingsInference.embedding(body)
    let questions = request.texts.map { Question($0) }
    let (refusesLong, isNormalized) = (request.refusesLong, request.isNormalized)
    let (lists, waited) = try await apart(vectorParts(questions.count, of: loaded)) {
      let answered = try await vectors(questions, refusesLong: refusesLong, of: loaded)
      let lists = answered.answers.map {
        AnswerJSON.numbers(isNormalized ? TextEmbeddingsInference.normalized($0) : $0)
      }
      return (lists, answered.waited)
    }
    return ServiceAnswer(
      json: "[\(lists.joined(separator: ","))]",
      facts: .init(.embed, of: loaded, questions, isBatch: questions.count != 1, waited: waited),
      total: ContinuousClock.now - started)
  }

  /// The answer to `/similarity`.
  func similarity(_ body: [UInt8], of loaded: LoadedModel) async throws -> ServiceAnswer {
    let started = ContinuousClock.now
    try checkSize(body)
    let (source, sentences, refusesLong) = try TextEmbeddingsInference.similarity(body)
    let questions = ([source] + sentences).map { Question($0) }
    let (cosines, waited) = try await apart(vectorParts(questions.count, of: loaded)) {
      let answered = try await vectors(questions, refusesLong: refusesLong, of: loaded)
      let unit = answered.answers.map(TextEmbeddingsInference.normalized)
      return (
        unit.dropFirst().map { AnswerJSON.number(TextEmbeddingsInference.cosine(unit[0], $0)) }, answered.waited
      )
    }
    return ServiceAnswer(
      json: "[\(cosines.joined(separator: ","))]",
      facts: .init(.embed, of: loaded, questions, isBatch: true, waited: waited),
      total: ContinuousClock.now - started)
  }

  private func vectors(
    _ questions: [Question], refusesLong: Bool, of loaded: LoadedModel
  ) async throws -> Batcher<String, [Float]>.Answered {
    guard loaded.operations.contains(.embed) else {
      throw RequestProblem(.wrongModel, "the model \"\(loaded.name)\" makes no vectors of texts")
    }
    try limits.check(questions)
    try checkAnswer(vectorParts(questions.count, of: loaded))
    if refusesLong { try checkLengths(questions, loaded.model) }
    return try await vectors(questions.map(\.text), of: loaded)
  }

  /// The answer to `/info`.
  func information(_ loaded: LoadedModel) -> String {
    let model = loaded.model
    // The shortest text is four bytes of a body.
    let partsOfText = max(model.parts(of: Question("", top: max(model.labels.count, 2))), vectorParts(1, of: loaded), 1)
    let mostTexts = max(min(limits.bodyBytes / 4, limits.answerParts / partsOfText), 1)
    let type: String
    if model.operations.contains(.predict), model.task != .tagging {
      let labels = model.labels.enumerated()
      let names = labels.map { "\"\($0)\":\(JSONText.quoted($1))" }.joined(separator: ",")
      let numbers = labels.map { "\(JSONText.quoted($1)):\($0)" }.joined(separator: ",")
      type = "{\"classifier\":{\"id2label\":{\(names)},\"label2id\":{\(numbers)}}}"
    } else {
      // Clients know but a few words here, and this is the nearest to what a network of characters does.
      type = "{\"embedding\":{\"pooling\":\"mean\"}}"
    }
    return
      "{\"model_id\":\(JSONText.quoted(loaded.name)),\"model_sha\":\"\(loaded.digest)\",\"model_dtype\":\"float32\",\"served_model_name\":\(JSONText.quoted(loaded.name)),\"model_type\":\(type),\"max_concurrent_requests\":\(limits.connections),\"max_input_length\":\(limits.textBytes),\"max_batch_tokens\":\(loaded.batchCost),\"max_batch_requests\":null,\"max_client_batch_size\":\(mostTexts),\"auto_truncate\":true,\"tokenization_workers\":1,\"version\":\"\(ProgramVersion.current)\",\"sha\":null,\"docker_label\":null}"
  }
}

extension ModelAnswer {
  /// Labels with what they count: probabilities, or a score under the name of what has it.
  fileprivate var scored: [Hypothesis] {
    switch self {
    case .label(let answer): answer.hypotheses
    case .labels(_, let likeliest): likeliest
    case .score(let prediction): prediction.hypotheses ?? [Hypothesis(label: "score", probability: prediction.score)]
    case .match(let match):
      match.hypotheses.isEmpty
        ? [Hypothesis(label: match.label ?? "score", probability: match.score)] : match.hypotheses
    case .tags: []
    }
  }

  fileprivate var hasProbabilities: Bool {
    switch self {
    case .label, .labels: true
    case .score(let prediction): prediction.hypotheses != nil
    case .match(let match): !match.hypotheses.isEmpty
    case .tags: false
    }
  }

  fileprivate var hasSeveral: Bool { if case .labels = self { true } else { false } }
}
