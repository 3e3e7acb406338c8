internal import CharCNN
internal import CharCNNFiles

// Labels that a base of vectors knows by their names, which come with a request.
extension ModelService {
  /// Checks that labels come where they are needed.
  func checkNames(
    _ settings: PlainRequest.Settings, _ operation: ServedModel.Operation, of loaded: LoadedModel
  ) throws(RequestProblem) {
    if loaded.model.operationsByNames.contains(operation), settings.labels == nil {
      throw RequestProblem(
        .unsuitable,
        "the model \"\(loaded.name)\" is a base of vectors: give the labels to choose from, as a list \"labels\"")
    }
  }

  /// Texts that are answered together.
  static let together = 256

  /// The answers of a base to the questions of a request with labels. These are not counted one by one: they are the client's, who may think of any
  /// number of them.
  func answersByNames(to request: PlainRequest, of loaded: LoadedModel) async throws -> [ModelAnswer] {
    try await limited { check in
      guard let classifier = try Self.classifier(of: request, loaded.model.kind) else { return [ModelAnswer]() }
      var answers: [ModelAnswer] = []
      for first in stride(from: 0, to: request.questions.count, by: Self.together) {
        try check()
        let block = request.questions[first..<min(first + Self.together, request.questions.count)]
        answers += ServedModel.answers(to: Array(block), by: classifier)
      }
      return answers
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
