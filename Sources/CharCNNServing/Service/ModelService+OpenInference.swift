internal import CharCNN

/// The Open Inference Protocol.
extension ModelService {
  /// The answer to a request of the Open Inference Protocol.
  ///
  /// - Parameters:
  ///   - body: The request.
  ///   - jsonCount: Bytes of it that are JSON; nil for all.
  ///   - loaded: Whom it asks.
  /// - Throws: ``RequestProblem`` that says what is wrong; `CancellationError`.
  package func infer(_ body: [UInt8], jsonCount: Int? = nil, of loaded: LoadedModel) async throws -> ServiceAnswer {
    let started = ContinuousClock.now
    try checkSize(body)
    let model = loaded.model
    var request = try OpenInference.request(body, jsonCount: jsonCount, takesPairs: model.takesPairs)
    let known = OpenInference.outputs(of: model)
    let names = request.outputs ?? known.filter(\.isUsual).map(\.name)
    if let wrong = names.first(where: { name in !known.contains { $0.name == name } }) {
      throw RequestProblem(
        .malformed, "the model has no output \"\(wrong)\"; there are \(known.map(\.name).joined(separator: ", "))")
    }
    if names.contains("probabilities") {
      for place in request.questions.indices { request.questions[place].top = max(model.labels.count, 2) }
    }
    let isEmbedding = names.allSatisfy { $0 == "vector" }
    let parts = names.reduce(0) { $0 + self.parts(ofOutput: $1, request.questions, of: loaded) }
    try checkAnswer(parts)
    let asked = request
    return try await apart(parts) {
      var (answers, vectors, waited): ([ModelAnswer], [[Float]], Duration) = ([], [], .zero)
      if !isEmbedding {
        let answered = try await answered(asked.questions, of: loaded)
        (answers, waited) = (answered.answers, answered.waited)
      }
      if names.contains("vector") {
        let answered = try await self.vectors(asked.questions.map(\.text), of: loaded)
        vectors = answered.answers
        waited += answered.waited
      }
      let tensors = OpenInference.tensors(names, asked.questions, answers, vectors: vectors, of: model)
      return ServiceAnswer(
        json: OpenInference.response(tensors, id: asked.id, of: loaded),
        facts: .init(
          isEmbedding ? .embed : .predict, of: loaded, asked.questions, isBatch: asked.questions.count != 1,
          waited: waited), total: ContinuousClock.now - started)
    }
  }
}
