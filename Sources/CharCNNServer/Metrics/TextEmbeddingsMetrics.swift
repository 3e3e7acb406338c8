#if Server
internal import CharCNNServing
internal import CoreMetrics

/// The metrics of text-embeddings-inference, under its names. What it counts in tokens is characters here.
struct TextEmbeddingsMetrics: Sendable {
  private let single: Counter
  private let batch: Counter
  private let successSingle: Counter
  private let successBatch: Counter
  private let failures: [String: Counter]
  private let predictions: Counter
  private let predicted: Counter
  private let embeddings: Counter
  private let embedded: Counter
  private let duration: CoreMetrics.Timer
  private let tokenization: CoreMetrics.Timer
  private let queueDuration: CoreMetrics.Timer
  private let inference: CoreMetrics.Timer
  private let length: Recorder
  private let batchSize: Recorder
  private let batchTokens: Recorder
  private let queueSize: Meter

  init(_ factory: any MetricsFactory) {
    func counter(_ name: String, _ dimensions: [(String, String)] = []) -> Counter {
      Counter(label: name, dimensions: dimensions, factory: factory)
    }
    func timer(_ name: String) -> CoreMetrics.Timer {
      CoreMetrics.Timer(label: name, dimensions: [], factory: factory)
    }
    func recorder(_ name: String) -> Recorder {
      Recorder(label: name, dimensions: [], aggregate: true, factory: factory)
    }
    single = counter("te_request_count", [("method", "single")])
    batch = counter("te_request_count", [("method", "batch")])
    successSingle = counter("te_request_success", [("method", "single")])
    successBatch = counter("te_request_success", [("method", "batch")])
    failures = Dictionary(
      uniqueKeysWithValues: ["overloaded", "validation", "inference", "batch_size", "model_type"].map {
        ($0, counter("te_request_failure", [("err", $0)]))
      })
    predictions = counter("te_predict_count")
    predicted = counter("te_predict_success")
    embeddings = counter("te_embed_count")
    embedded = counter("te_embed_success")
    duration = timer("te_request_duration")
    tokenization = timer("te_request_tokenization_duration")
    queueDuration = timer("te_request_queue_duration")
    inference = timer("te_request_inference_duration")
    length = recorder("te_request_input_length")
    batchSize = recorder("te_batch_next_size")
    batchTokens = recorder("te_batch_next_tokens")
    queueSize = Meter(label: "te_queue_size", dimensions: [], factory: factory)
  }

  func answered(status: Int, took: Duration, facts: ServiceAnswer.Facts?) {
    guard let facts else {
      guard status >= 400 else { return }
      // What was refused may not even be JSON; only of what is too large it is known that it was much.
      (status == 413 ? batch : single).increment()
      let error =
        switch status {
        case 429, 503: "overloaded"
        case 413: "batch_size"
        case 424: "model_type"
        case 400..<500: "validation"
        default: "inference"
        }
      failures[error]?.increment()
      return
    }
    (facts.isBatch ? batch : single).increment()
    (facts.isBatch ? successBatch : successSingle).increment()
    if facts.operation == .embed {
      embeddings.increment(by: facts.texts)
      embedded.increment(by: facts.texts)
    } else {
      predictions.increment(by: facts.texts)
      predicted.increment(by: facts.texts)
    }
    duration.recordNanoseconds(took.nanoseconds)
    tokenization.recordNanoseconds(0)
    queueDuration.recordNanoseconds(facts.waited.nanoseconds)
    inference.recordNanoseconds((took - facts.waited).nanoseconds)
    length.record(facts.characters)
  }

  func batch(texts: Int, bytes: Int) {
    batchSize.record(texts)
    batchTokens.record(bytes)
  }

  func queue(_ texts: Int) { queueSize.set(texts) }
}
#endif
