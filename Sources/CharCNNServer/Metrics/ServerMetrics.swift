#if Server
internal import CharCNN
internal import CharCNNCompute
internal import CharCNNFiles
package import CharCNNServing
package import CoreMetrics

/// What a server counts: requests, texts, answers, batches, and what waits.
///
/// The names that begin with `te_` are those of text-embeddings-inference, so that its dashboards show this server too.
package final class ServerMetrics: Sendable {
  private struct RequestKey: Hashable {
    let api: String
    let operation: String
    let status: Int
  }

  private struct ModelKey: Hashable {
    let name: String
    let version: String
  }

  private struct RequestInstruments {
    let count: Counter
    let duration: CoreMetrics.Timer
  }

  private struct ModelInstruments {
    let texts: Counter
    let characters: Counter
    let unknowns: Counter
    let waiting: CoreMetrics.Timer
    var labels: [String: Counter] = [:]
  }

  private let factory: any MetricsFactory
  private let requests = Guarded([RequestKey: RequestInstruments]())
  private let models = Guarded([ModelKey: ModelInstruments]())
  private let batchTexts: Recorder
  private let batchBytes: Recorder
  private let common: TextEmbeddingsMetrics

  /// Labels of a model that are counted by themselves; the others are counted together, as `(others)`.
  private static let mostLabels = 1_000

  /// - Parameter factory: Where instruments are made.
  package init(_ factory: any MetricsFactory) {
    self.factory = factory
    batchTexts = Recorder(label: "charcnn_batch_texts", dimensions: [], aggregate: true, factory: factory)
    batchBytes = Recorder(label: "charcnn_batch_bytes", dimensions: [], aggregate: true, factory: factory)
    common = TextEmbeddingsMetrics(factory)
    Meter(label: "charcnn_build_info", dimensions: [("version", ProgramVersion.current)], factory: factory).set(1)
  }

  /// A request was answered.
  ///
  /// - Parameters:
  ///   - api: The protocol.
  ///   - operation: What was asked.
  ///   - status: Of the response.
  ///   - took: From the head of the request to the response.
  ///   - facts: What a model answered; nil where none did.
  package func answered(
    _ api: String, _ operation: String, status: Int, took: Duration, facts: ServiceAnswer.Facts?
  ) {
    let instruments = requests.withLock { requests in
      let key = RequestKey(api: api, operation: operation, status: status)
      if let known = requests[key] { return known }
      let names = [("api", api), ("operation", operation), ("status", "\(status)")]
      let made = RequestInstruments(
        count: Counter(label: "charcnn_requests_total", dimensions: names, factory: factory),
        duration: CoreMetrics.Timer(
          label: "charcnn_request_duration_seconds", dimensions: Array(names.dropLast()), factory: factory))
      requests[key] = made
      return made
    }
    instruments.count.increment()
    instruments.duration.recordNanoseconds(took.nanoseconds)
    common.answered(status: status, took: took, facts: facts)
    guard let facts else { return }
    let model = instrumentsOfModel(facts.model, facts.version)
    model.texts.increment(by: facts.texts)
    model.characters.increment(by: facts.characters)
    model.waiting.recordNanoseconds(facts.waited.nanoseconds)
  }

  /// Texts were answered with labels.
  package func counted(_ model: LoadedModel, _ answers: [ModelAnswer]) {
    var counts: [String: Int] = [:]
    var unknowns = 0
    for answer in answers {
      switch answer {
      case .label(let answer):
        if let label = answer.label { counts[label, default: 0] += 1 } else { unknowns += 1 }
      case .labels(let labels, _):
        for label in labels { counts[label.label, default: 0] += 1 }
        if labels.isEmpty { unknowns += 1 }
      case .score(let prediction):
        if let grade = prediction.grade { counts[Decimals.short(grade), default: 0] += 1 }
      case .match(let match): if let label = match.label { counts[label, default: 0] += 1 }
      case .tags(let sentences):
        for sentence in sentences { for span in sentence.spans { counts[span.type, default: 0] += 1 } }
      }
    }
    if unknowns > 0 { instrumentsOfModel(model.name, model.version).unknowns.increment(by: unknowns) }
    for (label, count) in counts { counter(of: label, model).increment(by: count) }
  }

  private func counter(of label: String, _ model: LoadedModel) -> Counter {
    _ = instrumentsOfModel(model.name, model.version)
    return models.withLock { models in
      let key = ModelKey(name: model.name, version: model.version)
      let isFull = (models[key]?.labels.count ?? 0) >= Self.mostLabels
      let label = isFull && models[key]?.labels[label] == nil ? "(others)" : label
      if let known = models[key]?.labels[label] { return known }
      let made = Counter(
        label: "charcnn_labels_total",
        dimensions: [("model", model.name), ("version", model.version), ("label", label)], factory: factory)
      models[key]?.labels[label] = made
      return made
    }
  }

  private func instrumentsOfModel(_ name: String, _ version: String) -> ModelInstruments {
    models.withLock { models in
      let key = ModelKey(name: name, version: version)
      if let known = models[key] { return known }
      let names = [("model", name), ("version", version)]
      let made = ModelInstruments(
        texts: Counter(label: "charcnn_texts_total", dimensions: names, factory: factory),
        characters: Counter(label: "charcnn_characters_total", dimensions: names, factory: factory),
        unknowns: Counter(label: "charcnn_unknown_total", dimensions: names, factory: factory),
        waiting: CoreMetrics.Timer(label: "charcnn_queue_duration_seconds", dimensions: names, factory: factory))
      models[key] = made
      return made
    }
  }

  /// A batch is about to be computed.
  package func batch(texts: Int, bytes: Int) {
    batchTexts.record(texts)
    batchBytes.record(bytes)
    common.batch(texts: texts, bytes: bytes)
  }

  /// A bundle was looked at.
  package func loaded(_ event: ModelRegistry.Event) {
    let (name, result): (String, String)
    switch event {
    case .loaded(let model, _, _): (name, result) = (model, "loaded")
    case .refused(let model, _, _): (name, result) = (model, "refused")
    case .missing(let model, _): (name, result) = (model, "missing")
    case .removed(let model, _), .forgotten(let model, _): (name, result) = (model, "removed")
    case .unloaded(let model, _): (name, result) = (model, "unloaded")
    case .skipped: return
    }
    Counter(
      label: "charcnn_model_loads_total", dimensions: [("model", name), ("result", result)], factory: factory
    ).increment()
  }

  /// What a connection refused before anybody saw it as a request. How long it took is nothing to compare with.
  package func refused(_ status: Int) {
    Counter(
      label: "charcnn_requests_total",
      dimensions: [("api", "other"), ("operation", "connection"), ("status", "\(status)")], factory: factory
    ).increment()
  }

  /// Shows which models are ready, and no more those that are gone.
  private func show(_ statuses: [ModelRegistry.Status]) {
    shown.withLock { shown in
      var rest = shown
      for status in statuses {
        let key = ModelKey(name: status.name, version: status.version)
        let names = [("model", key.name), ("version", key.version)]
        let meter =
          rest.removeValue(forKey: key) ?? Meter(label: "charcnn_model_ready", dimensions: names, factory: factory)
        meter.set(status.isReady ? 1 : 0)
        shown[key] = meter
      }
      for (key, meter) in rest {
        meter.destroy()
        shown[key] = nil
      }
    }
  }

  private let shown = Guarded([ModelKey: Meter]())

  /// Sets what is measured when somebody looks.
  package func look(at registry: ModelRegistry, connections: Int) {
    var (texts, bytes) = (0, 0)
    for status in registry.statuses {
      let model = registry.model(status.name, version: status.version)
      let waits: (questions: Int, cost: Int) = model?.waiting ?? (0, 0)
      texts += waits.questions
      bytes += waits.cost
    }
    show(registry.statuses)
    Meter(label: "charcnn_queue_texts", dimensions: [], factory: factory).set(texts)
    Meter(label: "charcnn_queue_bytes", dimensions: [], factory: factory).set(bytes)
    Meter(label: "charcnn_connections", dimensions: [], factory: factory).set(connections)
    common.queue(texts)
    for (name, value) in ProcessMeasures.now {
      if name.hasSuffix("_total") {
        processCounter.withLock { last in
          FloatingPointCounter(label: name, dimensions: [], factory: factory).increment(by: value - last)
          last = value
        }
      } else {
        Meter(label: name, dimensions: [], factory: factory).set(value)
      }
    }
  }

  /// Seconds of processor time that were counted so far.
  private let processCounter = Guarded(0.0)
}

extension Duration {
  /// Whole nanoseconds.
  var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
#endif
