internal import CharCNN

/// A setting of the plain API, as it is called in a body, an address and the description.
enum RequestSetting: String, CaseIterable, Sendable {
  case top, threshold, explain, label, labels, template, spans, length, temperature, seed

  /// Names with commas between them, for a sentence.
  static func list(_ settings: [RequestSetting]) -> String { settings.map(\.rawValue).joined(separator: ", ") }
}

extension ServedModel {
  /// The settings that change the answer to an operation. Others are refused, so that nobody believes in one that does nothing.
  ///
  /// Every prediction takes `top`, a most that a score alone never reaches: clients ask all models for it.
  func settings(of operation: Operation) -> [RequestSetting] {
    let isByNames = operationsByNames.contains(operation)
    // A score is explained as it is; labels of a base come with the request.
    let hasLabels = isByNames || task != .regression && !labels.isEmpty
    let names: [RequestSetting] = isByNames ? [.labels, .template] : []
    switch operation {
    case .predict:
      let isLikely = hasLabels && task != .tagging
      return names + [.top] + (isLikely ? [.threshold] : []) + [.explain] + (hasLabels ? [.label] : [])
    case .explain: return names + (hasLabels ? [.label] : [])
    case .detect: return [.top, .threshold, .spans]
    case .embed: return []
    case .generate: return [.length, .temperature, .seed]
    case .nearest: return [.top]
    }
  }
}

extension PlainRequest.Settings {
  /// Checks that each setting that was given changes something.
  ///
  /// - Throws: ``RequestProblem`` that names one that does nothing, and those there are.
  func check(for operation: ServedModel.Operation, of loaded: LoadedModel) throws(RequestProblem) {
    let known = loaded.model.settings(of: operation)
    guard let idle = given.first(where: { !known.contains($0) }) else { return }
    if idle == .labels || idle == .template {
      throw RequestProblem(
        .unsuitable, "\"labels\" and \"template\" are for predict and explain of a base of vectors")
    }
    let others = known.isEmpty ? "it takes no settings" : "it takes \(RequestSetting.list(known))"
    throw RequestProblem(
      .unsuitable,
      "\"\(idle.rawValue)\" changes nothing of \(operation.rawValue) of the model \"\(loaded.name)\"; \(others)")
  }
}
