internal import CharCNN
internal import CharCNNFiles

/// The API of text-embeddings-inference.
extension ModelService {
  /// An answer, and what it took: what the headers of that API say.
  struct Computed {
    var json: String
    /// Unicode scalars of all texts.
    var characters: Int
    /// How long they waited for a batch.
    var waited: Duration
    /// How long all of it took.
    var total: Duration

    /// The headers; whole milliseconds. Characters are what a model of characters has in the place of tokens.
    var headers: [String: String] {
      func milliseconds(_ duration: Duration) -> String { "\(Int(duration / .milliseconds(1)))" }
      return [
        "x-compute-type": "cpu", "x-compute-time": milliseconds(total), "x-total-time": milliseconds(total),
        "x-compute-characters": "\(characters)", "x-compute-tokens": "\(characters)", "x-tokenization-time": "0",
        "x-queue-time": milliseconds(waited), "x-inference-time": milliseconds(total - waited),
      ]
    }
  }

  private func checkSize(_ body: [UInt8]) throws(RequestProblem) {
    if body.count > limits.bodyBytes {
      throw RequestProblem(.tooLarge, "the request has more than \(limits.bodyBytes) bytes")
    }
  }

  /// Refuses texts of which the model would read the beginning alone.
  private func checkLengths(_ questions: [Question], _ model: ServedModel) throws(RequestProblem) {
    for question in questions where model.cuts(question.text) || question.second.map(model.cuts) == true {
      throw RequestProblem(
        .unsuitable, "inputs has a text that is longer than what the model reads, and truncate is false")
    }
  }

  /// The answer to `/predict`.
  func predict(_ body: [UInt8], of loaded: LoadedModel) async throws -> Computed {
    let started = ContinuousClock.now
    try checkSize(body)
    let model = loaded.model
    guard model.operations.contains(.predict), model.task != .tagging else {
      throw RequestProblem(
        .unsuitable, "the model \"\(loaded.name)\" is one of \(model.task.rawValue) and has no labels for a text")
    }
    var request = try TextEmbeddingsInference.prediction(body, takesPairs: model.takesPairs)
    for place in request.questions.indices { request.questions[place].top = max(model.labels.count, 2) }
    try limits.check(request.questions)
    if request.refusesLong { try checkLengths(request.questions, model) }
    let questions = request.questions
    let answered = try await waiting { try await loaded.answered(questions) }
    let lists = answered.answers.map { answer in
      TextEmbeddingsInference.scores(
        answer.scored, isRaw: request.isRaw && answer.hasProbabilities, areIndependent: answer.hasSeveral)
    }
    return Computed(
      json: request.isBatch ? "[\(lists.joined(separator: ","))]" : lists[0],
      characters: questions.reduce(0) { $0 + $1.text.unicodeScalars.count + ($1.second?.unicodeScalars.count ?? 0) },
      waited: answered.waited, total: ContinuousClock.now - started)
  }

  /// The answer to `/embed`.
  func embed(_ body: [UInt8], of loaded: LoadedModel) async throws -> Computed {
    let started = ContinuousClock.now
    try checkSize(body)
    let request = try TextEmbeddingsInference.embedding(body)
    let (vectors, waited) = try await vectors(request.texts, refusesLong: request.refusesLong, of: loaded)
    let lists = vectors.map {
      AnswerJSON.numbers(request.isNormalized ? TextEmbeddingsInference.normalized($0) : $0)
    }
    return Computed(
      json: "[\(lists.joined(separator: ","))]",
      characters: request.texts.reduce(0) { $0 + $1.unicodeScalars.count }, waited: waited,
      total: ContinuousClock.now - started)
  }

  /// The answer to `/similarity`.
  func similarity(_ body: [UInt8], of loaded: LoadedModel) async throws -> Computed {
    let started = ContinuousClock.now
    try checkSize(body)
    let (source, sentences) = try TextEmbeddingsInference.similarity(body)
    let (vectors, waited) = try await vectors([source] + sentences, refusesLong: false, of: loaded)
    let unit = vectors.map(TextEmbeddingsInference.normalized)
    let cosines = unit.dropFirst().map { AnswerJSON.number(TextEmbeddingsInference.cosine(unit[0], $0)) }
    return Computed(
      json: "[\(cosines.joined(separator: ","))]",
      characters: ([source] + sentences).reduce(0) { $0 + $1.unicodeScalars.count }, waited: waited,
      total: ContinuousClock.now - started)
  }

  private func vectors(
    _ texts: [String], refusesLong: Bool, of loaded: LoadedModel
  ) async throws -> (vectors: [[Float]], waited: Duration) {
    guard loaded.model.operations.contains(.embed) else {
      throw RequestProblem(.unsuitable, "the model \"\(loaded.name)\" makes no vectors of texts")
    }
    let questions = texts.map { Question($0) }
    try limits.check(questions)
    if refusesLong { try checkLengths(questions, loaded.model) }
    let answered = try await waiting { try await loaded.vectors(of: texts) }
    return (answered.answers, answered.waited)
  }

  /// The answer to `/info`.
  func information(_ loaded: LoadedModel) -> String {
    let model = loaded.model
    let type: String
    if model.operations.contains(.predict), model.task != .tagging {
      let labels = model.labels.enumerated()
      let names = labels.map { "\"\($0)\":\(JSONText.quoted($1))" }.joined(separator: ",")
      let numbers = labels.map { "\(JSONText.quoted($1)):\($0)" }.joined(separator: ",")
      type = "{\"classifier\":{\"id2label\":{\(names)},\"label2id\":{\(numbers)}}}"
    } else {
      type = "{\"embedding\":{\"pooling\":\"max\"}}"
    }
    return
      "{\"model_id\":\(JSONText.quoted(loaded.name)),\"model_sha\":\"\(loaded.digest)\",\"model_dtype\":\"float32\",\"served_model_name\":\(JSONText.quoted(loaded.name)),\"model_type\":\(type),\"max_concurrent_requests\":512,\"max_input_length\":\(limits.textBytes),\"max_batch_tokens\":\(LoadedModel.Options().batchCost),\"max_batch_requests\":null,\"max_client_batch_size\":\(limits.bodyBytes / 4),\"auto_truncate\":true,\"tokenization_workers\":1,\"version\":\"\(ProgramVersion.current)\",\"sha\":null,\"docker_label\":null}"
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
