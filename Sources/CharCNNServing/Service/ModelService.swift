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
  /// Receives what was answered, of the requests that ask for labels, scores or tags.
  private let counted: @Sendable (LoadedModel, [ModelAnswer]) -> Void
  /// Receives what became of models that clients loaded and unloaded.
  let told: @Sendable (ModelRegistry.Event) -> Void
  /// Requests that are worked on apart, which is what takes long.
  private let apart = Guarded(0)
  /// Parts of the long answers that are made now.
  let longParts = Guarded(0)
  /// Where work is done that is no batch: explanations, and texts that go on.
  private let queue = DispatchQueue(label: "explanations", qos: .userInitiated, attributes: .concurrent)

  /// A service.
  ///
  /// - Parameters:
  ///   - registry: The models.
  ///   - limits: What a client may ask for.
  ///   - counted: Receives what was answered, of the requests that ask for labels, scores or tags.
  ///   - told: Receives what became of models that clients loaded and unloaded.
  package init(
    _ registry: ModelRegistry, limits: ServiceLimits = .init(),
    counted: @escaping @Sendable (LoadedModel, [ModelAnswer]) -> Void = { _, _ in },
    told: @escaping @Sendable (ModelRegistry.Event) -> Void = { _ in }
  ) {
    (self.registry, self.limits, self.counted, self.told) = (registry, limits, counted, told)
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
    try await answered(questions, of: model).answers
  }

  /// The same with how long they waited.
  ///
  /// - Parameter settings: How each is answered; nil for as the model has it.
  func answered(
    _ questions: [Question], of model: LoadedModel, obeying settings: [PlainRequest.Settings]? = nil
  ) async throws -> Batcher<Question, ModelAnswer>.Answered {
    try limits.check(questions)
    var answered = try await waiting { try await model.answered(questions) }
    if let settings {
      // What is counted is what is given.
      answered.answers = zip(answered.answers, settings).map { $0.obeying($1) }
    }
    counted(model, answered.answers)
    return answered
  }

  /// The vectors of some texts.
  ///
  /// - Throws: As ``answers(to:of:)``.
  package func vectors(of texts: [String], of model: LoadedModel) async throws -> [[Float]] {
    try await vectors(texts, of: model).answers
  }

  /// The same with how long they waited.
  func vectors(_ texts: [String], of model: LoadedModel) async throws -> Batcher<String, [Float]>.Answered {
    try limits.check(texts.map { Question($0) })
    return try await waiting { try await model.vectors(of: texts) }
  }

  func checkSize(_ body: [UInt8]) throws(RequestProblem) {
    if body.count > limits.bodyBytes {
      throw RequestProblem(.tooLarge, "the request has more than \(limits.bodyBytes) bytes")
    }
  }

  private func waiting<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch BatcherRefusal.overloaded {
      throw RequestProblem(.overloaded, "too many texts wait for an answer; try again in a moment")
    }
  }

  // MARK: The plain API

  /// The answer to a request of the plain API.
  ///
  /// - Parameters:
  ///   - body: JSON.
  ///   - query: Settings of the address.
  ///   - operation: What is asked of the model; nil for what it was trained for.
  ///   - model: The model.
  /// - Throws: ``RequestProblem`` that says what is wrong; `CancellationError`.
  package func answer(
    _ body: [UInt8], query: [(name: String, value: String)] = [], operation: ServedModel.Operation? = nil,
    of model: LoadedModel
  ) async throws -> ServiceAnswer {
    let started = ContinuousClock.now
    try checkSize(body)
    let settings = try Self.settings(query)
    let operation = try self.operation(operation, of: model)
    try settings.check(for: operation, of: model)
    let request = try request(try RequestJSON.value(body), settings: settings, operation, of: model)
    return try await answer(request, operation, of: model, started: started)
  }

  /// The settings that stand in an address.
  static func settings(_ query: [(name: String, value: String)]) throws(RequestProblem) -> PlainRequest.Settings {
    var settings = PlainRequest.Settings()
    var names: Set<String> = []
    for (name, value) in query {
      try settings.take(query: name, value)
      if !names.insert(name).inserted { throw RequestProblem(.unsuitable, "\"\(name)\" stands twice in the address") }
    }
    return settings
  }

  /// What is asked of a model where nothing is said: what it was trained for.
  ///
  /// - Throws: ``RequestProblem`` for what the model cannot do.
  func operation(
    _ operation: ServedModel.Operation?, of loaded: LoadedModel
  ) throws(RequestProblem) -> ServedModel.Operation {
    let model = loaded.model
    let operation = operation ?? loaded.usualOperation
    guard loaded.operations.union(model.operationsByNames).contains(operation) else {
      throw RequestProblem(
        .unsuitable, "the model \"\(loaded.name)\" is one of \(model.task.rawValue) and cannot \(operation.rawValue)")
    }
    return operation
  }

  /// The request that a value is, of a body or a line, checked before anything is computed.
  func request(
    _ value: JSONValue, settings: PlainRequest.Settings, _ operation: ServedModel.Operation, of loaded: LoadedModel
  ) throws(RequestProblem) -> PlainRequest {
    let request = try PlainRequest(
      value, takesPairs: loaded.model.takesPairs && operation != .embed && operation != .nearest, settings: settings)
    try request.settings.check(for: operation, of: loaded)
    try checkNames(request.settings, operation, of: loaded)
    if let label = request.settings.label, !(request.settings.labels ?? loaded.model.labels).contains(label) {
      throw RequestProblem(.unsuitable, "the model \"\(loaded.name)\" has no label \"\(label)\"")
    }
    if request.settings.label != nil, operation == .predict, !request.settings.explains {
      throw RequestProblem(
        .unsuitable, "\"label\" is the label that is explained; give \"explain\" too, or ask for explain")
    }
    try limits.check(
      request.questions, explains: operation == .explain || operation == .predict && request.settings.explains)
    try checkAnswer(parts(of: request, operation, of: loaded))
    return request
  }

  /// The answer to a request.
  func answer(
    _ request: PlainRequest, _ operation: ServedModel.Operation, of loaded: LoadedModel,
    started: ContinuousClock.Instant
  ) async throws -> ServiceAnswer {
    try await apart(parts(of: request, operation, of: loaded)) {
      try await answerHere(request, operation, of: loaded, started: started)
    }
  }

  private func answerHere(
    _ request: PlainRequest, _ operation: ServedModel.Operation, of loaded: LoadedModel,
    started: ContinuousClock.Instant
  ) async throws -> ServiceAnswer {
    var waited = Duration.zero
    let answers: [String]
    switch operation {
    case .predict: (answers, waited) = try await predicted(request, of: loaded)
    case .explain: answers = try await explained(request, of: loaded)
    case .embed:
      let vectors = try await vectors(request.questions.map(\.text), of: loaded)
      (answers, waited) = (vectors.answers.map(AnswerJSON.vector), vectors.waited)
    case .detect: answers = try await detected(request, of: loaded)
    case .generate: answers = try await generated(request, of: loaded)
    case .nearest: (answers, waited) = try await nearest(request, of: loaded)
    }
    return ServiceAnswer(
      json: request.isList ? "[\(answers.joined(separator: ","))]" : answers[0],
      facts: .init(operation, of: loaded, request.questions, isBatch: request.isList, waited: waited),
      total: ContinuousClock.now - started)
  }

  /// The answers to some requests that are predicted together.
  func predicted(_ requests: [PlainRequest], of loaded: LoadedModel) async throws -> [String] {
    if !loaded.model.operationsByNames.isEmpty {
      var answers: [String] = []
      for request in requests {
        let own = try await predicted(request, of: loaded).answers
        answers.append(request.isList ? "[\(own.joined(separator: ","))]" : own[0])
      }
      return answers
    }
    let answered = try await answered(
      requests.flatMap { questions(of: $0, loaded) }, of: loaded,
      obeying: requests.flatMap { request in request.questions.map { _ in request.settings } })
    var answers = answered.answers[...]
    return requests.map { request in
      let own = zip(request.questions, answers).map { AnswerJSON.text($1, to: $0) }
      answers = answers.dropFirst(request.questions.count)
      return request.isList ? "[\(own.joined(separator: ","))]" : own[0]
    }
  }

  /// The questions of a request, each with as many labels as it takes to answer it.
  func questions(of request: PlainRequest, _ loaded: LoadedModel) -> [Question] {
    guard request.settings.threshold != nil, case .classifier(let classifier) = loaded.model.kind,
      classifier.allowsSeveralLabels
    else { return request.questions }
    // All labels that are likely enough are wanted, however many these are.
    return request.questions.map { question in
      var question = question
      question.top = max(loaded.model.labels.count, 2)
      return question
    }
  }

  private func predicted(
    _ request: PlainRequest, of loaded: LoadedModel
  ) async throws -> (answers: [String], waited: Duration) {
    let answered =
      request.settings.labels == nil
      ? try await self.answered(
        questions(of: request, loaded), of: loaded, obeying: request.questions.map { _ in request.settings })
      : .init(
        answers: try await answersByNames(to: request, of: loaded).map { $0.obeying(request.settings) }, waited: .zero)
    let explanations =
      request.settings.explains ? try await explanations(request, of: loaded) : nil
    let answers = answered.answers.enumerated().map { place, answer in
      let json = AnswerJSON.text(answer, to: request.questions[place])
      guard let explanations else { return json }
      let all = explanations[place].map { AnswerJSON.explanation($0, of: request.questions[place]) }
      let isOne = loaded.model.task != .tagging
      return json.dropLast() + ",\"explanation\":" + (isOne ? all[0] : "[\(all.joined(separator: ","))]") + "}"
    }
    return (answers, answered.waited)
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
    return try await limited { check in
      let named = try Self.classifier(of: request, kind)
      return try request.questions.map { question in
        try check()
        do {
          switch kind {
          case .embedder:
            return try named.map { [try $0.explanation(of: question.text, for: label)] } ?? []
          case .classifier(let classifier): return [try classifier.explanation(of: question.text, for: label)]
          case .regressor(let regressor): return [try regressor.explanation(of: question.text)]
          case .tagger(let tagger):
            // Each token takes as long as a text elsewhere.
            let all = try tagger.explanations(of: question.text, for: label) { (try? check()) == nil }
            try check()
            return all
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
    return try await limited { check in
      if settings.spans {
        return try request.questions.map { question in
          try check()
          return AnswerJSON.spans(
            detector.spans(in: question.text), of: question.text, threshold: settings.threshold)
        }
      }
      var answers: [String] = []
      for first in stride(from: 0, to: request.questions.count, by: Self.together) {
        try check()
        let block = request.questions[first..<min(first + Self.together, request.questions.count)]
        answers += detector.detections(for: block.map(\.text), maximumCount: settings.top ?? 1).map {
          AnswerJSON.language($0, threshold: settings.threshold)
        }
      }
      return answers
    }
  }

  private func nearest(
    _ request: PlainRequest, of loaded: LoadedModel
  ) async throws -> (answers: [String], waited: Duration) {
    let vectors = try await vectors(request.questions.map(\.text), of: loaded)
    let count = request.settings.top ?? Self.usualNeighbors
    return (
      try await limited { _ in try loaded.index?.neighbors(of: vectors.answers, count: count) ?? [] }, vectors.waited
    )
  }

  /// Neighbours of a text where no number is asked for.
  static let usualNeighbors = 10

  private func generated(_ request: PlainRequest, of loaded: LoadedModel) async throws -> [String] {
    guard case .language(let model) = loaded.model.kind else { return [] }
    var options = CharacterLanguageModel.SamplingOptions()
    options.temperature = request.settings.temperature
    options.seed = request.settings.seed
    let (length, chosen) = (request.settings.length, options)
    return try await limited { check in
      try request.questions.map { question in
        let text = try model.text(continuing: question.text, length: length, options: chosen) {
          (try? check()) == nil
        }
        try check()
        return "{\"text\":\(JSONText.quoted(text))}"
      }
    }
  }

  /// Does what takes long on a thread of its own, unless so much is done already that it would take much longer.
  func limited<Result: Sendable>(
    _ body: @escaping @Sendable (_ check: () throws -> Void) throws -> Result
  ) async throws -> Result {
    let isFree = apart.withLock { count in
      if count >= limits.longRequests { return false }
      count += 1
      return true
    }
    guard isFree else {
      throw RequestProblem(.overloaded, "too many requests that take long are worked on; try again in a moment")
    }
    defer { apart.withLock { $0 -= 1 } }
    return try await onThread(body)
  }

  /// Does work on a thread of its own.
  ///
  /// - Parameter body: Receives a check that throws where the client is gone.
  private func onThread<Result: Sendable>(
    _ body: @escaping @Sendable (_ check: () throws -> Void) throws -> Result
  ) async throws -> Result {
    let isAbandoned = Guarded(false)
    // Handed over under a lock, which the thread sanitizer knows, unlike what resumes a task.
    let result = Guarded(Swift.Result<Result, any Error>?.none)
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        queue.async {
          let outcome = Swift.Result {
            try body { if isAbandoned.withLock({ $0 }) { throw CancellationError() } }
          }
          result.withLock { $0 = outcome }
          waiter.resume()
        }
      }
    } onCancel: {
      isAbandoned.withLock { $0 = true }
    }
    guard let outcome = result.withLock({ $0 }) else { throw CancellationError() }
    return try outcome.get()
  }
}
