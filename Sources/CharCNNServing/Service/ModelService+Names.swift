internal import CharCNN
internal import CharCNNFiles

// Labels that a base of vectors knows by their names, which come with a request.
extension ModelService {
  /// Checks that labels come where they are needed, and nowhere else.
  func checkNames(
    _ settings: PlainRequest.Settings, _ operation: ServedModel.Operation, of loaded: LoadedModel
  ) throws(RequestProblem) {
    let isNeeded = loaded.model.operationsByNames.contains(operation)
    if isNeeded, settings.labels == nil {
      throw RequestProblem(
        .unsuitable,
        "the model \"\(loaded.name)\" is a base of vectors: give the labels to choose from, as a list \"labels\"")
    }
    if !isNeeded, settings.labels != nil || settings.template != nil {
      throw RequestProblem(
        .unsuitable, "\"labels\" and \"template\" are for predict and explain of a base of vectors")
    }
  }

  /// The answers of a base to the questions of a request with labels.
  func answersByNames(to request: PlainRequest, of loaded: LoadedModel) async throws -> [ModelAnswer] {
    try await onThread { check in
      guard let classifier = try Self.classifier(of: request, loaded.model.kind) else { return [] }
      try check()
      return ServedModel.answers(to: request.questions, by: classifier)
    }
  }

  /// The classifier that a base makes of the labels of a request; nil for a model that has labels of its own.
  ///
  /// - Throws: ``RequestProblem`` for labels that cannot be told apart.
  static func classifier(of request: PlainRequest, _ kind: ServedModel.Kind) throws(RequestProblem) -> TextClassifier? {
    guard case .embedder(let base) = kind, let labels = request.settings.labels else { return nil }
    do throws(ConfigurationError) {
      return try base.classifier(labels: labels, template: request.settings.template ?? "{}")
    } catch {
      throw RequestProblem(.unsuitable, "\(error)")
    }
  }
}
