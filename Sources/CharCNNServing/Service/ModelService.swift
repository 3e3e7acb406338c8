internal import CharCNN
internal import CharCNNCompute
internal import CharCNNFiles
internal import Dispatch

/// Answers requests about models, whatever carries them.
package final class ModelService: Sendable {
  /// The models.
  package let registry: ModelRegistry
  /// What a client may ask for.
  package let limits: ServiceLimits
  /// Where work is done that is no batch: explanations, and texts that go on.
  private let queue = DispatchQueue(label: "explanations", qos: .userInitiated, attributes: .concurrent)

  /// A service.
  package init(_ registry: ModelRegistry, limits: ServiceLimits = .init()) {
    (self.registry, self.limits) = (registry, limits)
  }

  /// The model of a name.
  ///
  /// - Throws: ``RequestProblem`` where there is none, or where it is not ready.
  package func model(_ name: String?, version: String? = nil) throws(RequestProblem) -> LoadedModel {
    if let model = registry.model(name, version: version) { return model }
    guard let name = name ?? registry.firstName, registry.knows(name, version: version) else {
      throw RequestProblem(
        .unknown, "there is no model \(name.map { "\"\($0)\"" } ?? "")\(version.map { " of version \"\($0)\"" } ?? "")")
    }
    throw RequestProblem(.unavailable, "the model \"\(name)\" is not ready")
  }

  /// The answers to some questions.
  ///
  /// - Throws: ``RequestProblem`` where they are too long, or too much waits; `CancellationError`.
  package func answers(to questions: [Question], of model: LoadedModel) async throws -> [ModelAnswer] {
    try limits.check(questions)
    return try await waiting { try await model.answers(to: questions) }
  }

  /// The vectors of some texts.
  ///
  /// - Throws: As ``answers(to:of:)``.
  package func vectors(of texts: [String], of model: LoadedModel) async throws -> [[Float]] {
    try limits.check(texts.map { Question($0) })
    return try await waiting { try await model.vectors(of: texts).answers }
  }

  func waiting<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch BatcherRefusal.overloaded {
      throw RequestProblem(.overloaded, "too many texts wait for an answer; try again in a moment")
    }
  }

  /// Puts a model into service as it is on disk now, on a thread of its own: it reads files and computes.
  ///
  /// - Returns: What became of each version; none where no such model is known.
  package func load(_ name: String) async throws -> [ModelRegistry.Event] {
    let registry = registry
    return try await apart { _ in registry.load(name) }
  }

  // MARK: The Open Inference Protocol

  /// The answer to a request of the Open Inference Protocol.
  ///
  /// - Returns: JSON.
  /// - Throws: ``RequestProblem`` that says what is wrong; `CancellationError`.
  package func infer(_ body: [UInt8], of loaded: LoadedModel) async throws -> String {
    if body.count > limits.bodyBytes {
      throw RequestProblem(.tooLarge, "the request has more than \(limits.bodyBytes) bytes")
    }
    let model = loaded.model
    var request = try OpenInference.request(body, takesPairs: model.takesPairs)
    let known = OpenInference.outputs(of: model)
    let names = request.outputs ?? known.filter(\.isUsual).map(\.name)
    if let wrong = names.first(where: { name in !known.contains { $0.name == name } }) {
      throw RequestProblem(
        .malformed, "the model has no output \"\(wrong)\"; there are \(known.map(\.name).joined(separator: ", "))")
    }
    if names.contains("probabilities") {
      for place in request.questions.indices { request.questions[place].top = max(model.labels.count, 2) }
    }
    let answers = names.allSatisfy { $0 == "vector" } ? [] : try await answers(to: request.questions, of: loaded)
    let vectors = names.contains("vector") ? try await vectors(of: request.questions.map(\.text), of: loaded) : []
    let tensors = OpenInference.tensors(names, request.questions, answers, vectors: vectors, of: model)
    return OpenInference.response(tensors, id: request.id, of: loaded)
  }

  // MARK: The plain API

  /// The answer to a request of the plain API.
  ///
  /// - Parameters:
  ///   - body: JSON.
  ///   - query: Settings of the address.
  ///   - operation: What is asked of the model; nil for what it was trained for.
  ///   - model: The model.
  /// - Returns: JSON.
  /// - Throws: ``RequestProblem`` that says what is wrong; `CancellationError`.
  package func answer(
    _ body: [UInt8], query: [(name: String, value: String)] = [], operation: ServedModel.Operation? = nil,
    of model: LoadedModel
  ) async throws -> String {
    if body.count > limits.bodyBytes {
      throw RequestProblem(.tooLarge, "the request has more than \(limits.bodyBytes) bytes")
    }
    return try await answer(
      try RequestJSON.value(body), settings: try Self.settings(query), operation: operation, of: model)
  }

  /// The settings that stand in an address.
  private static func settings(_ query: [(name: String, value: String)]) throws(RequestProblem) -> PlainRequest.Settings
  {
    var settings = PlainRequest.Settings()
    for (name, value) in query { try settings.take(query: name, value) }
    return settings
  }

  private func answer(
    _ value: JSONValue, settings: PlainRequest.Settings, operation: ServedModel.Operation?, of loaded: LoadedModel
  ) async throws -> String {
    let model = loaded.model
    let usual: ServedModel.Operation =
      model.task == .language ? (model.operations.contains(.generate) ? .generate : .embed) : .predict
    let operation = operation ?? usual
    guard model.operations.contains(operation) else {
      throw RequestProblem(
        .unsuitable, "the model \"\(loaded.name)\" is one of \(model.task.rawValue) and cannot \(operation.rawValue)")
    }
    let request = try PlainRequest(
      value, takesPairs: model.takesPairs && operation != .embed, settings: settings)
    // Before anything is computed.
    try limits.check(
      request.questions, explains: operation == .explain || operation == .predict && request.settings.explains)
    let answers: [String] =
      switch operation {
      case .predict: try await predicted(request, of: loaded)
      case .explain: try await explained(request, of: loaded)
      case .embed: try await vectors(of: request.questions.map(\.text), of: loaded).map(AnswerJSON.vector)
      case .detect: try await detected(request, of: loaded)
      case .generate: try await generated(request, of: loaded)
      }
    return request.isList ? "[\(answers.joined(separator: ","))]" : answers[0]
  }

  private func predicted(_ request: PlainRequest, of loaded: LoadedModel) async throws -> [String] {
    var questions = request.questions
    var isSeveral = false
    if case .classifier(let classifier) = loaded.model.kind, classifier.allowsSeveralLabels { isSeveral = true }
    // All labels that are likely enough are wanted, however many these are.
    if request.settings.threshold != nil, isSeveral {
      for place in questions.indices { questions[place].top = max(loaded.model.labels.count, 2) }
    }
    let answers = try await answers(to: questions, of: loaded)
    let explanations =
      request.settings.explains ? try await explanations(request, of: loaded) : nil
    return answers.enumerated().map { place, answer in
      let json = AnswerJSON.text(answer.obeying(request.settings), to: request.questions[place])
      guard let explanations else { return json }
      let all = explanations[place].map { AnswerJSON.explanation($0, of: request.questions[place]) }
      let isOne = loaded.model.task != .tagging
      return json.dropLast() + ",\"explanation\":" + (isOne ? all[0] : "[\(all.joined(separator: ","))]") + "}"
    }
  }

  private func explained(_ request: PlainRequest, of loaded: LoadedModel) async throws -> [String] {
    zip(request.questions, try await explanations(request, of: loaded)).map { question, explanations in
      let all = explanations.map { AnswerJSON.explanation($0, of: question) }
      return loaded.model.task == .tagging ? "[\(all.joined(separator: ","))]" : all[0]
    }
  }

  /// Why each question has its answer: one explanation, of a tagger one for each token that has one.
  private func explanations(
    _ request: PlainRequest, of loaded: LoadedModel
  ) async throws -> [[TextClassifier.Explanation]] {
    let (kind, label) = (loaded.model.kind, request.settings.label)
    return try await apart { check in
      try request.questions.map { question in
        try check()
        do {
          switch kind {
          case .classifier(let classifier): return [try classifier.explanation(of: question.text, for: label)]
          case .regressor(let regressor): return [try regressor.explanation(of: question.text)]
          case .tagger(let tagger): return try tagger.explanations(of: question.text, for: label)
          case .matcher(let matcher):
            return [try matcher.explanation(of: question.text, question.second ?? "", for: label)]
          case .language: return []
          }
        } catch let error as ConfigurationError {
          throw RequestProblem(.unsuitable, "\(error)")
        }
      }
    }
  }

  private func detected(_ request: PlainRequest, of loaded: LoadedModel) async throws -> [String] {
    guard case .classifier(let classifier) = loaded.model.kind else { return [] }
    let detector = LanguageDetector(classifier)
    let settings = request.settings
    return try await apart { check in
      if settings.spans {
        return try request.questions.map { question in
          try check()
          return AnswerJSON.spans(detector.spans(in: question.text), of: question.text)
        }
      }
      return detector.detections(for: request.questions.map(\.text), maximumCount: settings.top).map(
        AnswerJSON.language)
    }
  }

  private func generated(_ request: PlainRequest, of loaded: LoadedModel) async throws -> [String] {
    guard case .language(let model) = loaded.model.kind else { return [] }
    var options = CharacterLanguageModel.SamplingOptions()
    options.temperature = request.settings.temperature
    options.seed = request.settings.seed
    let (length, chosen) = (request.settings.length, options)
    return try await apart { check in
      try request.questions.map { question in
        let text = try model.text(continuing: question.text, length: length, options: chosen) {
          (try? check()) == nil
        }
        try check()
        return "{\"text\":\(JSONText.quoted(text))}"
      }
    }
  }

  /// Does work on a thread of its own.
  ///
  /// - Parameter body: Receives a check that throws where the client is gone.
  private func apart<Result: Sendable>(
    _ body: @escaping @Sendable (_ check: () throws -> Void) throws -> Result
  ) async throws -> Result {
    let isAbandoned = Guarded(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiter in
        queue.async {
          waiter.resume(
            with: Swift.Result {
              try body { if isAbandoned.withLock({ $0 }) { throw CancellationError() } }
            })
        }
      }
    } onCancel: {
      isAbandoned.withLock { $0 = true }
    }
  }
}

extension ModelAnswer {
  /// The same with a threshold that a client asks for.
  fileprivate func obeying(_ settings: PlainRequest.Settings) -> ModelAnswer {
    guard let threshold = settings.threshold else { return self }
    switch self {
    case .label(let answer):
      guard let first = answer.hypotheses.first else { return self }
      return .label(
        TextClassifier.Answer(
          label: first.probability >= threshold ? first.label : nil, hypotheses: answer.hypotheses,
          certainty: answer.certainty))
    case .labels(_, let likeliest):
      let labels = likeliest.filter { $0.probability >= threshold }
      return .labels(labels, likeliest: settings.top > 1 ? Array(likeliest.prefix(settings.top)) : labels)
    case .score, .tags, .match: return self
    }
  }
}
